/** How long it takes to read a long list, page by page, with the details of each item. */
import { deepStrictEqual } from 'node:assert';
import { gunzipSync } from 'node:zlib';
import { Mixcloud } from 'mixcloud-client';
import { MixcloudSync } from 'mixcloud-client/sync';
import { Agent, request } from 'undici';
import { ASYNC, SYNC, UNDICI } from './contenders.ts';
import { detailPath, ITEMS, LIST_20, type ListPage } from './recording.ts';
import { LATENCY } from './servers.ts';
import { inTurn, type Timings } from './timings.ts';

const CONCURRENCY = 8;
const PAGE_SIZE = 20;
const OPTIONS = { load: true, limit: ITEMS, concurrency: CONCURRENCY } as const;

export const SCHEDULED = `${UNDICI}, perfectly scheduled`;

/** The milliseconds of latency that cannot be avoided: those of the first page, and of the details, so many at once. */
export const UNAVOIDABLE = (ITEMS / CONCURRENCY + 1) * LATENCY;

export async function measureItems(origin: string, rounds: number): Promise<Timings> {
  const dispatcher = new Agent();
  await using mixcloud = new Mixcloud({ apiRoot: origin });
  using blocking = new MixcloudSync({ apiRoot: origin });
  const readers: readonly (readonly [string, () => Promise<unknown[]>])[] = [
    [SCHEDULED, () => readScheduled(dispatcher, origin)],
    [
      ASYNC,
      async () => {
        const items: unknown[] = [];
        for await (const { data } of (await mixcloud.popular()).all(OPTIONS)) items.push(data);
        return items;
      },
    ],
    [
      SYNC,
      async () => {
        const items: unknown[] = [];
        for (const { data } of blocking.popular().all(OPTIONS)) items.push(data);
        return items;
      },
    ],
  ];
  const contenders = readers.map(([name, read]) => ({ name, burst: 1, run: async () => void (await read()) }));
  try {
    await compare(readers);
    return await inTurn(`${ITEMS} items with details, over TLS, after ${LATENCY} ms`, contenders, rounds);
  } finally {
    await dispatcher.close();
  }
}

/** Each page when the one before it is there, and details all the time in as many lanes as there may be requests. */
async function readScheduled(dispatcher: Agent, origin: string): Promise<unknown[]> {
  const read = async <T>(url: string): Promise<T> => {
    const { body } = await request(url, { dispatcher, headers: { 'accept-encoding': 'gzip' } });
    return JSON.parse(gunzipSync(await body.arrayBuffer()).toString('utf8'));
  };
  const pages = [read<ListPage>(origin + LIST_20.path)];
  while (pages.length < ITEMS / PAGE_SIZE) {
    pages.push((pages.at(-1) as Promise<ListPage>).then(({ paging }) => read(String(paging?.next))));
  }
  const items: unknown[] = [];
  let taken = 0;
  const loadItems = async () => {
    for (let index = taken++; index < ITEMS; index = taken++) {
      const page = await pages[Math.floor(index / PAGE_SIZE)];
      const item = page?.data[index % PAGE_SIZE];
      if (!item) throw new Error(`there is no item ${index}`);
      items[index] = { ...item, ...(await read<object>(origin + detailPath(item.key))) };
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, loadItems));
  return items;
}

async function compare(readers: readonly (readonly [string, () => Promise<unknown[]>])[]): Promise<void> {
  let expected: unknown[] | undefined;
  for (const [name, read] of readers) {
    const items = await read();
    expected ??= items;
    if (items.length !== ITEMS) throw new Error(`${name} read ${items.length} items of ${ITEMS}`);
    deepStrictEqual(items, expected, `${name} read other items`);
  }
}
