/** Which proxy a request goes through. */
import type { ProxyRoute } from '../../shared/protocol/session-options.ts';

const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

/** Returns the URL of the proxy for a request, or `null` if it is sent directly. */
export function getProxyUrl(route: ProxyRoute | null, url: URL): URL | null {
  if (route === null) return null;
  if (route.by === 'url') return new URL(route.url);
  if (isExcepted(route.except, url)) return null;
  const proxy = url.protocol === 'https:' ? route.https || route.http : route.http;
  return proxy === '' ? null : new URL(proxy);
}

/** Whether NO_PROXY names a host: by itself, by a domain that it is in, or with `*`. An entry may have a port. */
function isExcepted(noProxy: string, url: URL): boolean {
  const port = url.port || DEFAULT_PORTS[url.protocol];
  return noProxy.split(/[,\s]/).some((entry) => {
    if (entry === '*') return true;
    // An IPv6 address may be without brackets. Then it has no port.
    const host = /^[^[]*:.*:/.test(entry) ? `[${entry}]` : entry;
    const [, name = host, entryPort] = /^(.+):(\d+)$/.exec(host) ?? [];
    if (entryPort !== undefined && entryPort !== port) return false;
    const domain = name.replace(/^\*?\./, '').toLowerCase();
    return domain !== '' && (url.hostname === domain || url.hostname.endsWith(`.${domain}`));
  });
}
