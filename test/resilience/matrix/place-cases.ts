import { createServer } from 'node:net';
import type { MixcloudOptions } from 'mixcloud-client';
import type { Emulator, WorldHandle } from '../../emulator/start.ts';
import { RogueProxy } from '../rogue-proxy.ts';
import { RESET } from './codes.ts';
import { disconnects, GENEROUS_TIMEOUT, type Settled, TIMEOUT, timesOut } from './fault-case.ts';

/** Somewhere that cannot be reached, or not in the way that was wanted. */
export interface PlaceCase {
  readonly name: string;
  /** Prepares the place, and gives the options of a client that goes there. */
  readonly arrange: (emulator: Emulator, world: WorldHandle) => Promise<Place>;
  /** Milliseconds that the call may take. */
  readonly within: number;
  readonly settled: Settled;
}

export interface Place {
  readonly options: MixcloudOptions;
  /** Makes the way free; the client's next call then is an ordinary one. Without it, it goes to the live world. */
  readonly mend?: () => Promise<void>;
  readonly leave?: () => Promise<void>;
}

/** A port of this machine that nothing listens on. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

function throughProxy(mode: 'refuse' | 'hang'): PlaceCase['arrange'] {
  return async (emulator, { apiRoot }) => {
    const proxy = await emulator.startProxy({ mode });
    return {
      options: { apiRoot, proxy: proxy.origin, ...(mode === 'hang' && { timeout: TIMEOUT }) },
      mend: () => proxy.configure({ mode: 'forward' }),
      leave: () => proxy.close(),
    };
  };
}

function throughRogueProxy(mode: string, scheme = 'http'): PlaceCase['arrange'] {
  return async () => {
    const proxy = await RogueProxy.start(mode);
    const apiRoot = `${scheme}://127.0.0.1:${await closedPort()}`;
    return {
      options: { apiRoot, proxy: proxy.origin, retries: 2, timeout: 5000 },
      leave: async () => {
        // Each attempt connected once.
        const { connections } = await proxy.counts();
        await proxy.stop();
        if (connections > 3) throw new Error(`${connections} connections`);
      },
    };
  };
}

const within = GENEROUS_TIMEOUT;

/** Places that a client cannot get an answer from. */
export const PLACE_CASES: readonly PlaceCase[] = [
  {
    name: 'a refused port',
    arrange: async () => ({ options: { apiRoot: `http://127.0.0.1:${await closedPort()}` } }),
    within,
    settled: disconnects('ECONNREFUSED'),
  },
  {
    name: 'a refused port of a host with several addresses',
    arrange: async () => ({ options: { apiRoot: `http://localhost:${await closedPort()}` } }),
    within,
    settled: disconnects('ECONNREFUSED'),
  },
  {
    name: 'a name that does not resolve',
    arrange: async () => ({ options: { apiRoot: 'https://nothing.invalid', timeout: 5000 } }),
    within: 6000,
    settled: disconnects(/^(?:ENOTFOUND|EAI_AGAIN)$/),
  },
  {
    name: 'TLS with a certificate for another name, and of nobody known',
    arrange: async (emulator) => {
      const world = await emulator.world({ tls: 'wrong-name' });
      return { options: { apiRoot: world.apiRoot }, leave: () => world.close() };
    },
    within,
    settled: disconnects(/^(?:DEPTH_ZERO_SELF_SIGNED_CERT|ERR_TLS_CERT_ALTNAME_INVALID)$/),
  },
  {
    name: 'TLS with a server that speaks plain HTTP',
    arrange: async (emulator) => {
      const world = await emulator.world();
      return { options: { apiRoot: world.apiRoot.replace('http:', 'https:') }, leave: () => world.close() };
    },
    within,
    settled: disconnects(/^(?:ERR_SSL_\w+|ECONNRESET|EPROTO|UND_ERR_SOCKET)$/),
  },
  {
    name: 'plain HTTP with a server that speaks TLS',
    arrange: async (emulator) => {
      const world = await emulator.world({ tls: 'localhost' });
      return { options: { apiRoot: world.apiRoot.replace('https:', 'http:') }, leave: () => world.close() };
    },
    within,
    settled: disconnects(/^(?:UND_ERR_SOCKET|ECONNRESET|HPE_\w+)$/),
  },
  {
    name: 'a proxy that answers 502',
    arrange: throughProxy('refuse'),
    within,
    settled: disconnects(/^(?:UND_ERR_\w+|ERR_MIXCLOUD_CONNECTION)$/, /502/),
  },
  { name: 'a proxy that never answers', arrange: throughProxy('hang'), within, settled: timesOut() },
  {
    name: 'a proxy whose port is refused',
    arrange: async (_emulator, { apiRoot }) => ({
      options: { apiRoot, proxy: `http://station:password@127.0.0.1:${await closedPort()}` },
    }),
    within,
    settled: disconnects('ECONNREFUSED'),
  },
  ...(
    [
      ['closes the connection after CONNECT', 'close', 'ECONNRESET'],
      ['resets the connection after CONNECT', 'reset', 'ECONNRESET'],
      ['cuts its status line short', 'cut-status', 'ECONNRESET'],
      ['responds with 100 alone', 'continue', 'ERR_MIXCLOUD_CONNECTION'],
      ['does not speak HTTP', 'not-http', 'ERR_MIXCLOUD_CONNECTION'],
      ['responds with a header without end', 'endless-head', 'ERR_MIXCLOUD_CONNECTION'],
      ['closes the tunnel that it opened', 'accept-and-close', RESET],
    ] as const
  ).flatMap(([what, mode, code]) =>
    ['http', 'https'].map((scheme) => ({
      name: `a proxy that ${what} (${scheme})`,
      arrange: throughRogueProxy(mode, scheme),
      within: 4000,
      settled: disconnects(code),
    })),
  ),
];
