import type { WorldHandle } from '../emulator/start.ts';

/** What a world was asked, as `GET /bob/?metadata=1`. */
export async function sent(world: WorldHandle): Promise<string[]> {
  return (await world.requests()).map(({ method, url }) => `${method} ${url}`);
}

/** The query of the only request that a world was sent. */
export async function onlyQuery(world: WorldHandle): Promise<Record<string, string>> {
  const urls = (await world.requests()).map(({ url }) => new URL(url, world.origin));
  const [url] = urls;
  if (url === undefined || urls.length > 1) throw new Error(`expected one request, not ${urls.length}`);
  return Object.fromEntries(url.searchParams);
}
