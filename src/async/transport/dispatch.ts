/** Sends one HTTP request with undici. */
import { isError } from '../../shared/base/kind.ts';
import { isLoopback } from '../../shared/base/loopback.ts';
import type { ApiRequest, Failure } from '../../shared/protocol/messages.ts';
import type { ProxyRoute, SessionOptions } from '../../shared/protocol/session-options.ts';
import { ACCEPT_ENCODING } from './decompress.ts';
import type { DispatcherLike } from './dispatcher-like.ts';
import { SETTLEMENT, type Settlement } from './pool.ts';
import { getProxyUrl } from './proxy-route.ts';
import { type RawResponse, ResponseCollector } from './response-collector.ts';
import type { Call, Sender } from './sender.ts';

type DispatchOptions = Pick<SessionOptions, 'userAgent' | 'proxy'>;

/**
 * The innermost sender: one HTTP request, its response as it was received.
 *
 * `getDispatcher` is called for each request, so that undici is loaded when the first one needs it.
 */
export function createDispatch(
  options: DispatchOptions,
  getDispatcher: () => DispatcherLike | Promise<DispatcherLike>,
): Sender<RawResponse> {
  return async (request, call) => {
    const failure = plainProxyFailure(options.proxy, request);
    if (failure) return failure;
    const target = getTarget(request);
    const dispatcher = await getDispatcher();
    const result = await new Promise<RawResponse | Failure>((resolve) => {
      const collector = new ResponseCollector((result) => {
        call.deadline.onEnd(undefined);
        resolve(result);
      }, call.onSent);
      call.deadline.onEnd((reason) => collector.end(reason));
      if (!call.deadline.failure) call.trace?.send(request.url);
      // A listener that throws ends the request.
      if (call.deadline.failure) return;
      try {
        dispatcher.dispatch(toDispatchOptions(options, request, target, call, collector), collector);
      } catch (error) {
        // An interceptor of undici 6 checks the methods of the handler.
        if (/^invalid on\w+ method$/.test((error as Error).message)) collector.onError();
        collector.onResponseError(null, isError(error) ? error : new Error(String(error)));
      }
    });
    if (result.type === 'response') call.trace?.receive(result);
    return result;
  };
}

function toDispatchOptions(
  options: DispatchOptions,
  request: ApiRequest,
  target: Target,
  call: Call,
  settlement: Settlement,
): object {
  const { body, deadline, onProgress } = call;
  const headers: Record<string, string> = {
    'user-agent': options.userAgent,
    accept: 'application/json, text/javascript, */*',
    'accept-encoding': ACCEPT_ENCODING,
  };
  if (body) {
    headers['content-type'] = body.contentType;
    headers['content-length'] = String(body.size);
  }
  // `target` is not spread: undici would read the options more slowly.
  return {
    origin: target.origin,
    path: target.path,
    method: request.method,
    headers,
    body: body?.read(() => deadline.start(), onProgress) ?? null,
    // The deadline does this, with the caller's timeout.
    headersTimeout: 0,
    bodyTimeout: 0,
    [SETTLEMENT]: settlement,
  };
}

/** Where a request is sent. */
interface Target {
  readonly origin: string;
  readonly path: string;
}

// The two parts of most URLs. Anything else, such as a fragment, is left to `URL`, which takes ten times as long.
const PLAIN_URL = /^(https?:\/\/[^/?#@]+)(\/[^#]*)$/;

/** Returns where a request is sent, with its secrets. */
function getTarget({ url: href, secrets }: ApiRequest): Target {
  const parameters = Object.entries(secrets);
  const plain = parameters.length === 0 ? PLAIN_URL.exec(href) : null;
  if (plain) {
    const [, origin = '', path = ''] = plain;
    return { origin, path };
  }
  const url = new URL(href);
  for (const [name, value] of parameters) url.searchParams.set(name, value);
  return { origin: url.origin, path: url.pathname + url.search };
}

/** Plain http to loopback cannot be read by others, unless it goes through a proxy on another machine. */
function plainProxyFailure(proxy: ProxyRoute | null, { url, secrets }: ApiRequest): Failure | undefined {
  if (url.startsWith('https:') || Object.keys(secrets).length === 0) return undefined;
  const proxyUrl = getProxyUrl(proxy, new URL(url));
  if (proxyUrl === null || isLoopback(proxyUrl)) return undefined;
  const message = 'proxy: a secret is not sent in plain text over a proxy on another machine; use https';
  return { type: 'failure', kind: 'misuse', message };
}
