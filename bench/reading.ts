/** How long it takes to read the fields of a list that nobody has read yet; each time is of another list. */
import { deepStrictEqual } from 'node:assert';
import { DateTime } from 'luxon';
import { Mixcloud } from 'mixcloud-client';
import { MixcloudSync } from 'mixcloud-client/sync';
import { ASYNC, SYNC } from './contenders.ts';
import { LIST_100 } from './recording.ts';
import { inTurn, type Timings } from './timings.ts';

const FIELDS = [
  'key',
  'name',
  'url',
  'slug',
  'created_time',
  'updated_time',
  'play_count',
  'favorite_count',
  'listener_count',
  'audio_length',
  'user',
  'tags',
] as const;
const DATES: ReadonlySet<string> = new Set(['created_time', 'updated_time']);
const WARM_UP = 50;

export const PLAIN = 'plain objects';
type Item = Readonly<Record<string, unknown>>;

export async function measureReading(origin: string, rounds: number): Promise<Timings> {
  await using mixcloud = new Mixcloud({ apiRoot: origin });
  using blocking = new MixcloudSync({ apiRoot: origin });
  const { key, params } = LIST_100;
  const lists: readonly (readonly [string, () => unknown])[] = [
    [PLAIN, async () => (await mixcloud.get(key, { params })).data.data],
    [ASYNC, () => mixcloud.get(key, { params })],
    [SYNC, () => blocking.get(key, { params })],
  ];
  await compare(lists);
  const contenders = lists.map(([name, fetch]) => ({
    name,
    burst: 5,
    run: async () => {
      const list = (await fetch()) as readonly Item[];
      const start = performance.now();
      readAll(list, name === PLAIN);
      return performance.now() - start;
    },
  }));
  for (const { run } of contenders) for (let call = 0; call < WARM_UP; call += 1) await run();
  return await inTurn('reading 12 fields, two of them dates, of 100 items, first time', contenders, rounds);
}

/** Gives something that depends on every value, so that no reading can be left out. */
function readAll(list: readonly Item[], plain: boolean): number {
  let defined = 0;
  for (const item of list) {
    for (const field of FIELDS) {
      const value = plain && DATES.has(field) ? DateTime.fromISO(String(item[field]), { zone: 'utc' }) : item[field];
      if (value !== undefined) defined += 1;
    }
  }
  return defined;
}

async function compare(lists: readonly (readonly [string, () => unknown])[]): Promise<void> {
  const texts: string[] = [];
  for (const [name, fetch] of lists) {
    const list = (await fetch()) as readonly Item[];
    if (readAll(list, name === PLAIN) !== list.length * FIELDS.length) throw new Error(`${name} lacks a field`);
    texts.push(JSON.stringify(list));
  }
  for (const text of texts) deepStrictEqual(JSON.parse(text), JSON.parse(texts[0] ?? ''));
}
