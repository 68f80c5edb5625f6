/** Connects through a proxy, by CONNECT. */
import type { Socket } from 'node:net';
import type { Connect } from './connector.ts';

const MAX_HEAD_SIZE = 16 * 1024;
const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

/**
 * A connection could not be made because of the proxy.
 *
 * undici treats some errors of a connection as a reason to connect again at once: those with the codes `UND_ERR_SOCKET`,
 * `UND_ERR_INFO` and `ERR_TLS_CERT_ALTNAME_INVALID` (nodejs/undici#3897). This error never has one of them.
 */
export class ProxyError extends Error {
  readonly code: string | undefined;

  constructor(proxy: URL, message: string, code?: string, cause?: unknown) {
    super(`the proxy ${proxy.origin} ${message}`, cause === undefined ? undefined : { cause });
    this.code = code !== undefined && /^E[A-Z]+$/.test(code) ? code : undefined;
  }
}

/**
 * Connects to the proxy with `connect`, asks it for a tunnel to the target, and starts TLS in it for https.
 *
 * undici's `ProxyAgent` is not used: if a proxy closes the connection instead of responding, it tries again without end.
 */
export function createTunnelConnect(connect: Connect, proxy: URL): Connect {
  return (options, callback) => {
    // Ends the connection to the proxy, also while it is asked for the tunnel.
    let cancel = connect(toProxyOptions(proxy), (error, socket) => {
      if (!socket) {
        callback(new ProxyError(proxy, `cannot be reached: ${getMessage(error)}`, getCode(error), error), null);
        return;
      }
      requestTunnel(proxy, socket, getAuthority(options), (failure) => {
        if (failure) {
          socket.destroy();
          callback(failure, null);
        } else if (options.protocol === 'https:') {
          cancel = connect({ ...options, httpSocket: socket }, callback);
        } else callback(null, socket);
      });
    });
    return () => cancel();
  };
}

function toProxyOptions(proxy: URL): Parameters<Connect>[0] {
  const { host, protocol, port } = proxy;
  return { host, hostname: proxy.hostname.replace(/^\[|\]$/g, ''), protocol, port };
}

function getAuthority({ hostname, protocol, port }: Parameters<Connect>[0]): string {
  const name = hostname.includes(':') ? `[${hostname}]` : hostname;
  return `${name}:${port || DEFAULT_PORTS[protocol]}`;
}

/** Sends CONNECT and reads the head of the response. `done` is called once. */
function requestTunnel(proxy: URL, socket: Socket, authority: string, done: (failure?: ProxyError) => void): void {
  let head = '';
  const end = (failure?: ProxyError) => {
    socket.off('readable', read).off('end', onEnd).off('close', onEnd).off('error', onError);
    done(failure);
  };
  const onEnd = () =>
    end(new ProxyError(proxy, 'closed the connection instead of responding to CONNECT', 'ECONNRESET'));
  const onError = (error: Error) =>
    end(new ProxyError(proxy, `broke the connection: ${error.message}`, getCode(error), error));
  const read = () => {
    const bytes: Buffer | null = socket.read();
    if (bytes === null) return;
    head += bytes.toString('latin1');
    const length = head.indexOf('\r\n\r\n');
    if (length < 0) {
      if (head.length > MAX_HEAD_SIZE) end(new ProxyError(proxy, 'responded to CONNECT with too long a header'));
      return;
    }
    const [, status] = /^HTTP\/1\.[01] (\d{3})/.exec(head) ?? [];
    if (status === undefined) end(new ProxyError(proxy, 'did not respond to CONNECT with HTTP'));
    else if (!status.startsWith('2')) end(new ProxyError(proxy, `responded to CONNECT with status ${status}`));
    else if (head.length > length + 4) end(new ProxyError(proxy, 'sent data before the tunnel was used'));
    else end();
  };
  socket.on('readable', read).on('end', onEnd).on('close', onEnd).on('error', onError);
  socket.write(
    `CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\nProxy-Connection: keep-alive\r\n${getAuthorization(proxy)}\r\n`,
  );
}

function getAuthorization({ username, password }: URL): string {
  if (username === '' && password === '') return '';
  const credentials = `${decode(username)}:${decode(password)}`;
  return `Proxy-Authorization: Basic ${Buffer.from(credentials).toString('base64')}\r\n`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function getCode(error: Error): string | undefined {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : undefined;
}

function getMessage(error: Error): string {
  return error.message || getCode(error) || 'unknown error';
}
