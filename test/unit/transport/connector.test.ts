import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
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

  it('reports an error for a connection that is cancelled', async () => {
    const connect = createConnect(await loadUndici());
    const options = await listen('127.0.0.1');
    const error = await new Promise((resolve) => {
      connect(options, resolve)();
    });
    expect(error).toMatchObject({ message: 'The connection is not needed any more' });
  });
});
