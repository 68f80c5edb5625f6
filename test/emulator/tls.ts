import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

type CertificateName = 'wrong-name' | 'localhost';

/** Self-signed, made once for these tests, and worth nothing elsewhere. Valid for a hundred years. */
export function certificate(name: CertificateName): { readonly key: string; readonly cert: string } {
  return {
    key: readFileSync(fileURLToPath(new URL(`tls/${name}.key.pem`, import.meta.url)), 'utf8'),
    cert: readFileSync(certificatePath(name), 'utf8'),
  };
}

/** For a client that shall trust it, by `NODE_EXTRA_CA_CERTS` or as `ca`. */
export function certificatePath(name: CertificateName): string {
  return fileURLToPath(new URL(`tls/${name}.cert.pem`, import.meta.url));
}
