/** Trust in the certificate of the server with TLS, as every contender gets it: from the environment, when its process starts. */
import { certificatePath } from '../test/emulator/tls.ts';

const path = certificatePath('localhost');

export const TRUST: Readonly<Record<string, string>> = { NODE_EXTRA_CA_CERTS: path, CURL_CA_BUNDLE: path };
