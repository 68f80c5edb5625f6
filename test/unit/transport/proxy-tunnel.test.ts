import { once } from 'node:events';
import { connect as connectSocket, createServer, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Connect } from '../../../src/async/transport/connector.ts';
import { createTunnelConnect, ProxyError } from '../../../src/async/transport/proxy-tunnel.ts';

type Options = Parameters<Connect>[0];

const TARGET: Options = { host: 'api.example', hostname: 'api.example', protocol: 'http:', port: '' };
const OK = 'HTTP/1.1 200 Connection established\r\n\r\n';

/** What the connector was asked for. TLS is not started: the socket is passed back. */
const asked: Options[] = [];
const connect: Connect = (options, callback) => {
  asked.push(options);
  if (options.httpSocket) {
    callback(null, options.httpSocket as Socket);
    return () => {};
  }
  const socket = connectSocket(Number(options.port), options.hostname);
  const fail = (error: Error) => callback(error, null);
  socket.once('error', fail).once('connect', () => callback(null, socket.off('error', fail)));
  return () => void socket.destroy();
};

describe('a tunnel', () => {
  let respond: (socket: Socket) => void;
  let head: string;
  let port: number;
  const sockets = new Set<Socket>();

  beforeEach(async () => {
    asked.length = 0;
    head = '';
    respond = (socket) => socket.write(OK);
    const server = createServer((socket) => {
      sockets.add(socket);
      head = '';
      socket.on('error', () => {}).on('close', () => sockets.delete(socket));
      socket.on('data', (bytes) => {
        const before = head;
        head += bytes.toString('latin1');
        if (head.includes('\r\n\r\n') && !before.includes('\r\n\r\n')) respond(socket);
      });
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    port = (server.address() as { port: number }).port;
    onTestFinished(() => void server.close());
  });
  afterEach(() => {
    for (const socket of sockets) socket.destroy();
  });

  /** Opens a tunnel. Resolves to the socket, or to the error. */
  function open(options: Partial<Options> = {}, proxy = `http://127.0.0.1:${port}`): Promise<Socket | Error> {
    return new Promise((resolve) => {
      createTunnelConnect(connect, new URL(proxy))({ ...TARGET, ...options }, (error, socket) => {
        if (socket) onTestFinished(() => void socket.destroy());
        resolve(socket ?? (error as Error));
      });
    });
  }

  it.each<readonly [Partial<Options>, string]>([
    [{}, 'api.example:80'],
    [{ protocol: 'https:' }, 'api.example:443'],
    [{ host: 'api.example:8080', port: '8080' }, 'api.example:8080'],
    [{ hostname: '::1', host: '[::1]' }, '[::1]:80'],
    [{ hostname: '::1', host: '[::1]:8080', port: '8080' }, '[::1]:8080'],
  ])('is asked for with the host and the port: %o', async (options, authority) => {
    expect(await open(options)).not.toBeInstanceOf(Error);
    const lines = [`CONNECT ${authority} HTTP/1.1`, `Host: ${authority}`, 'Proxy-Connection: keep-alive', '', ''];
    expect(head.split('\r\n')).toEqual(lines);
  });

  it.each([
    ['me:p%40ss', 'me:p@ss'],
    ['me', 'me:'],
    [':word', ':word'],
    ['me:100%25%', 'me:100%25%'],
  ])('is asked for with the name and the password of the proxy: %s', async (given, credentials) => {
    await open({}, `http://${given}@127.0.0.1:${port}`);
    expect(head).toContain(`\r\nProxy-Authorization: Basic ${Buffer.from(credentials).toString('base64')}\r\n`);
  });

  it('carries TLS for https, and nothing more for http', async () => {
    await open();
    expect(asked).toHaveLength(1);
    const socket = await open({ protocol: 'https:' });
    expect(asked[2]).toMatchObject({ ...TARGET, protocol: 'https:', httpSocket: socket });
  });

  it('connects to the proxy by its own name and scheme', async () => {
    await open({}, 'https://[::1]:9');
    expect(asked).toEqual([{ host: '[::1]:9', hostname: '::1', protocol: 'https:', port: '9' }]);
  });

  it('is open when the header has ended, in however many parts it comes', async () => {
    respond = (socket) => {
      socket.write(OK.slice(0, 20));
      setTimeout(() => socket.write(OK.slice(20)), 10);
    };
    const socket = (await open()) as Socket;
    const [server] = sockets;
    const received = once(socket, 'data');
    server?.write('through the tunnel');
    expect(String((await received)[0])).toBe('through the tunnel');
  });

  it.each<readonly [string, (socket: Socket) => void, RegExp, string | undefined]>([
    ['closes', (socket) => socket.end(), /closed the connection instead of responding to CONNECT$/, 'ECONNRESET'],
    ['resets', (socket) => socket.resetAndDestroy(), /broke the connection: read ECONNRESET$/, 'ECONNRESET'],
    [
      'refuses',
      (socket) => socket.write('HTTP/1.1 407 No\r\n\r\n'),
      /responded to CONNECT with status 407$/,
      undefined,
    ],
    ['is no proxy', (socket) => socket.write('SSH-2.0\r\n\r\n'), /did not respond to CONNECT with HTTP$/, undefined],
    ['sends no status', (socket) => socket.write('\r\n\r\n'), /did not respond to CONNECT with HTTP$/, undefined],
    ['speaks HTTP/2.0', (socket) => socket.write('HTTP/2.0 200 OK\r\n\r\n'), /did not respond/, undefined],
    ['sends more', (socket) => socket.write(`${OK}x`), /sent data before the tunnel was used$/, undefined],
    [
      'never ends its header',
      (socket) => socket.write(`HTTP/1.1 200 OK\r\n${'x'.repeat(17_000)}`),
      /too long/,
      undefined,
    ],
  ])('fails if the proxy %s', async (_what, act, message, code) => {
    respond = act;
    const error = (await open()) as ProxyError;
    expect(error).toBeInstanceOf(ProxyError);
    expect(error.message).toMatch(message);
    expect(error.message.startsWith(`the proxy http://127.0.0.1:${port} `)).toBe(true);
    expect(error.code).toBe(code);
    // The connection to the proxy ends.
    await vi.waitFor(() => expect(sockets.size).toBe(0));
  });

  it('is reported once, though it closes later', async () => {
    const report = vi.fn<Parameters<Connect>[1]>();
    const opened = new Promise<Socket>((resolve, reject) => {
      createTunnelConnect(connect, new URL(`http://127.0.0.1:${port}`))(TARGET, (...result) => {
        report(...result);
        const [error, socket] = result;
        if (socket) resolve(socket);
        else reject(error);
      });
    });
    const socket = await opened;
    const closed = once(socket.resume(), 'close');
    for (const server of sockets) server.end();
    await closed;
    expect(report.mock.calls).toEqual([[null, socket]]);
  });

  it('accepts a header of sixteen kibibytes', async () => {
    const rest = '\r\n\r\n';
    respond = (socket) => {
      socket.write('HTTP/1.1 200 OK\r\n'.padEnd(16 * 1024, 'x'));
      setTimeout(() => socket.write(rest), 50);
    };
    expect(await open()).not.toBeInstanceOf(Error);
  });

  it('fails if the proxy cannot be reached', async () => {
    const error = await open({}, 'http://me:s3cret@127.0.0.1:1');
    expect(error).toMatchObject({ code: 'ECONNREFUSED', cause: { code: 'ECONNREFUSED' } });
    expect((error as Error).message).toMatch(
      /^the proxy http:\/\/127\.0\.0\.1:1 cannot be reached: connect ECONNREFUSED/,
    );
  });

  it.each([
    ['the code, without a message', Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' }), 'ECONNREFUSED'],
    ['nothing, without either', new Error(), 'unknown error'],
  ])('says of a connection that failed: %s', async (_what, cause, reason) => {
    const error = await new Promise((resolve) => {
      const fail: Connect = (_options, callback) => {
        queueMicrotask(() => callback(cause, null));
        return () => {};
      };
      createTunnelConnect(fail, new URL('http://proxy.example'))(TARGET, (...[failure]) => resolve(failure));
    });
    expect(error).toMatchObject({ message: `the proxy http://proxy.example cannot be reached: ${reason}`, cause });
  });

  it('can be given up while the proxy is silent', async () => {
    respond = () => {};
    const tunnel = createTunnelConnect(connect, new URL(`http://127.0.0.1:${port}`));
    const failed = new Promise<Error | null>((resolve) => {
      const cancel = tunnel(TARGET, (...[error]) => resolve(error));
      void vi.waitFor(() => expect(head).toContain('CONNECT')).then(() => cancel());
    });
    expect(await failed).toBeInstanceOf(ProxyError);
    await vi.waitFor(() => expect(sockets.size).toBe(0));
  });
});

describe('an error of a proxy', () => {
  const proxy = new URL('http://me:s3cret@proxy.example:8080/');

  it.each([
    ['ECONNRESET', 'ECONNRESET'],
    // undici would connect again at once.
    ['UND_ERR_SOCKET', undefined],
    ['UND_ERR_INFO', undefined],
    ['ERR_TLS_CERT_ALTNAME_INVALID', undefined],
    [undefined, undefined],
  ])('keeps the code of the system only: %s', (given, code) => {
    expect(new ProxyError(proxy, 'failed', given).code).toBe(code);
  });

  it('shows no password, and has a cause if there is one', () => {
    const error = new ProxyError(proxy, 'failed');
    expect(error.message).toBe('the proxy http://proxy.example:8080 failed');
    expect('cause' in error).toBe(false);
    expect(new ProxyError(proxy, 'failed', undefined, 'reason').cause).toBe('reason');
  });
});
