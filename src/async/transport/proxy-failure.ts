/** Names the proxy in failures that it caused. */
import { describeStatus } from '../../shared/base/status-text.ts';
import type { Failure } from '../../shared/protocol/messages.ts';
import type { ProxyRoute } from '../../shared/protocol/session-options.ts';

const TARGET_TLS_CODE = /CERT|TLS|SSL|ALTNAME|SELF_SIGNED|UNABLE_TO_/;
const TUNNEL_REFUSAL = /Proxy response \((\d+)\)/;

/**
 * Returns a failure to connect with the proxy named in its message. A certificate is the server's, which the proxy only
 * forwards.
 *
 * With `'env'`, NO_PROXY may have exempted the host. Then only a failure that mentions the proxy's address is the proxy's.
 */
export function nameProxy(failure: Failure, proxy: ProxyRoute | null, target: URL): Failure {
  const url = proxy && getProxyUrl(proxy, target);
  if (!proxy || !url || failure.kind !== 'connection' || TARGET_TLS_CODE.test(failure.code ?? '')) return failure;
  const [, status] = TUNNEL_REFUSAL.exec(failure.message) ?? [];
  const reason = status === undefined ? failure.message : describeStatus(Number(status));
  if (proxy.by === 'env' && status === undefined && !mentions(failure, url)) return failure;
  // Its origin alone: a proxy URL may contain a password.
  return { ...failure, message: `the proxy ${url.origin} refused or failed to connect: ${reason}` };
}

function getProxyUrl(proxy: ProxyRoute, target: URL): URL | undefined {
  const env = (route: ProxyRoute & { by: 'env' }) =>
    target.protocol === 'https:' ? route.https || route.http : route.http;
  const url = proxy.by === 'url' ? proxy.url : env(proxy);
  return URL.canParse(url) ? new URL(url) : undefined;
}

function mentions({ message, cause }: Failure, { hostname, port }: URL): boolean {
  const texts = [message, cause?.message ?? '', cause?.cause?.message ?? ''];
  return texts.some((text) => text.includes(hostname) || (port !== '' && text.includes(`:${port}`)));
}
