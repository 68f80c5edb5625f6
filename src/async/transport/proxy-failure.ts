/** Names the proxy in failures that it caused. */
import { describeStatus } from '../../shared/base/status-text.ts';
import type { Failure } from '../../shared/protocol/messages.ts';
import type { ProxyRoute } from '../../shared/protocol/session-options.ts';
import { getProxyUrl } from './proxy-route.ts';

// A certificate is the server's. The proxy only forwards it.
const CERTIFICATE_CODE = /CERT|TLS|SSL|ALTNAME|SELF_SIGNED|UNABLE_TO_/;
const TUNNEL_REFUSAL = /Proxy response \((\d+)\)/;

/** Returns a failure to connect with the proxy named in its message, if the request goes through one. */
export function nameProxy(failure: Failure, route: ProxyRoute | null, target: URL): Failure {
  const proxy = getProxyUrl(route, target);
  if (!proxy || failure.kind !== 'connection' || CERTIFICATE_CODE.test(failure.code ?? '')) return failure;
  const [, status] = TUNNEL_REFUSAL.exec(failure.message) ?? [];
  const reason = status === undefined ? failure.message : describeStatus(Number(status));
  // Its origin alone, because a proxy URL may contain a password.
  return { ...failure, message: `the proxy ${proxy.origin} refused or failed to connect: ${reason}` };
}
