import dns from 'node:dns';
import { once } from 'node:events';
import {
  type AddressInfo,
  createServer,
  getDefaultAutoSelectFamily,
  isIPv6,
  type Socket,
  setDefaultAutoSelectFamily,
} from 'node:net';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { type Connect, createConnect } from '../../../src/async/transport/connector.ts';
import { loadUndici } from '../../../src/async/transport/undici.ts';

type ConnectOptions = Parameters<Connect>[0];

/** Listens on a port of 127.0.0.1. Returns what a pool would ask for to connect to it. */
async function listen(hostname: string): Promise<ConnectOptions> {
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const port = String((server.address() as AddressInfo).port);
  return { hostname, host: `${hostname}:${port}`, port, protocol: 'http:' };
}

/** A resolver that finds these addresses for every name. */
function resolvingTo(error: Error | null, addresses: readonly string[]): typeof dns.lookup {
  const found = addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }));
  return ((_name: string, _options: object, done: (failure: Error | null, found: object) => void) =>
    done(error, found)) as typeof dns.lookup;
}

afterEach(() => vi.restoreAllMocks());

describe('createConnect', () => {
  it.each(['127.0.0.1', 'localhost'])('opens sockets with buffers of the set sizes to %s', async (hostname) => {
    const connect = createConnect(await loadUndici());
    const options = await listen(hostname);
    const socket = await new Promise<Socket>((resolve, reject) => {
      connect(options, (error, opened) => (opened ? resolve(opened) : reject(error)));
    });
    onTestFinished(() => void socket.destroy());
    // undici has other sizes of its own.
    expect(socket.writableHighWaterMark).toBe(16 * 1024);
    expect(socket.readableHighWaterMark).toBe(64 * 1024);
  });

  it('connects to localhost where Node.js tries one address only', async () => {
    const isDefault = getDefaultAutoSelectFamily();
    setDefaultAutoSelectFamily(false);
    onTestFinished(() => setDefaultAutoSelectFamily(isDefault));
    const connect = createConnect(await loadUndici());
    const options = await listen('localhost');
    vi.spyOn(dns, 'lookup').mockImplementation(resolvingTo(null, ['192.0.2.1', '127.0.0.1']));
    const socket = await new Promise<Socket>((resolve, reject) => {
      connect(options, (error, opened) => (opened ? resolve(opened) : reject(error)));
    });
    onTestFinished(() => void socket.destroy());
    expect(socket.remoteAddress).toBe('127.0.0.1');
  });

  it.each([
    [null, ['192.0.2.1', '2001:db8::1'], 'localhost resolves to 192.0.2.1, 2001:db8::1, which is no loopback address'],
    [new Error('getaddrinfo ENOTFOUND localhost'), [], 'getaddrinfo ENOTFOUND localhost'],
  ])('connects to no other machine under the name localhost (%s)', async (failure, addresses, message) => {
    const connect = createConnect(await loadUndici());
    const options = await listen('localhost');
    vi.spyOn(dns, 'lookup').mockImplementation(resolvingTo(failure, addresses));
    const error = await new Promise((resolve) => {
      connect(options, (...[cause]) => resolve(cause));
    });
    expect(error).toMatchObject({ message });
  });

  it('reports an error for a connection that is cancelled', async () => {
    const connect = createConnect(await loadUndici());
    const options = await listen('127.0.0.1');
    const error = await new Promise((resolve) => {
      connect(options, (...[cause]) => resolve(cause))();
    });
    expect(error).toMatchObject({ message: 'The connection is not needed any more' });
  });
});
