/** Opens the sockets of the pool: TCP, then TLS for https. */

import type { LookupAddress, LookupOptions } from 'node:dns';
import type { LookupFunction, Socket } from 'node:net';
import type { buildConnector } from 'undici';
import { getBuiltin } from '../../shared/base/builtin.ts';
import { isLoopbackAddress } from '../../shared/base/loopback.ts';
import type { Undici } from './undici.ts';

type ConnectOptions = buildConnector.Options;

/** Opens one connection. Returns the function that cancels it; then the callback gets an error. */
export type Connect = (options: ConnectOptions, callback: buildConnector.Callback) => () => void;

// Bytes. One write of the body is accepted as a whole, so this is what a slow line must take within the timeout.
const WRITE_BUFFER_SIZE = 16 * 1024;
const READ_BUFFER_SIZE = 64 * 1024;

const SOCKET_OPTIONS = {
  highWaterMark: undefined,
  writableHighWaterMark: WRITE_BUFFER_SIZE,
  readableHighWaterMark: READ_BUFFER_SIZE,
};

/** Connects directly. The name `localhost` is only connected to loopback addresses. */
export function createConnect({ buildConnector }: Undici): Connect {
  const connect = toConnect(buildConnector(SOCKET_OPTIONS as buildConnector.BuildOptions));
  const connectLocalhost = toConnect(
    buildConnector({ ...SOCKET_OPTIONS, lookup: lookupLoopback } as buildConnector.BuildOptions),
  );
  return (options, callback) => (options.hostname === 'localhost' ? connectLocalhost : connect)(options, callback);
}

function toConnect(connector: buildConnector.connector): Connect {
  return (options, callback) => {
    // The declaration says `void`, but a connector returns the socket that connects. Seen in undici 7.0 to 8.
    const socket = connector(options, callback) as unknown as Socket;
    return () => void socket.destroy(new Error('The connection is not needed any more'));
  };
}

const lookupLoopback: LookupFunction = (hostname, options, callback) => {
  const done = callback as (error: Error | null, address?: string | LookupAddress[], family?: number) => void;
  getBuiltin('node:dns').lookup(hostname, { ...(options as LookupOptions), all: true }, (error, addresses) => {
    if (error) return done(error);
    const loopback = addresses.filter(({ address }) => isLoopbackAddress(address));
    const [first] = loopback;
    if (!first) {
      const found = addresses.map(({ address }) => address).join(', ');
      return done(new Error(`${hostname} resolves to ${found}, which is no loopback address`));
    }
    return options.all ? done(null, loopback) : done(null, first.address, first.family);
  });
};
