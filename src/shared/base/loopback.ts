/** Addresses of this machine. */

const LOOPBACK_IPV4 = /^127(?:\.\d{1,3}){3}$/;

/** Whether an IP address, without brackets, is a loopback address. */
export function isLoopbackAddress(address: string): boolean {
  return address === '::1' || LOOPBACK_IPV4.test(address);
}

/**
 * Whether a connection to the URL's host stays on the machine: `127.0.0.0/8`, `[::1]`, and the name `localhost`, for which
 * only loopback addresses are connected to. Names under it (`api.localhost`) may lead anywhere.
 */
export function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || isLoopbackAddress(hostname.replace(/^\[|\]$/g, ''));
}

/** Whether a secret may be sent to a URL, as `URL.href` writes it, because nobody on the way can read it. */
export function isConfidential(url: string): boolean {
  return url.startsWith('https:') || isLoopback(new URL(url));
}
