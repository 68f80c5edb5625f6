/** How much comes over the wire. */
import { Mixcloud } from 'mixcloud-client';
import { MixcloudSync } from 'mixcloud-client/sync';
import { request } from 'undici';
import { ASYNC, SYNC, UNDICI } from './contenders.ts';
import { LIST_20 } from './recording.ts';
import type { ServerHandle } from './server-handle.ts';

export const PLAIN = `${UNDICI}, without gzip`;

/** Bytes of the answer to a list of 20, its headers among them, by contender. */
export async function measureBytes(server: ServerHandle): Promise<ReadonlyMap<string, number>> {
  const { key, params, path } = LIST_20;
  await using mixcloud = new Mixcloud({ apiRoot: server.origin });
  using blocking = new MixcloudSync({ apiRoot: server.origin });
  const readers: [string, () => unknown][] = [
    [PLAIN, async () => (await request(server.origin + path)).body.text()],
    [ASYNC, () => mixcloud.get(key, { params })],
    [SYNC, () => blocking.get(key, { params })],
  ];
  const bytes = new Map<string, number>();
  for (const [name, read] of readers) {
    const before = await server.counts();
    await read();
    bytes.set(name, (await server.counts()).sent - before.sent);
  }
  return bytes;
}
