import { startEmulator } from 'mixcloud-client/testing';
import { RECORDED_ORIGIN, type Recorded } from './protocol.ts';

/** What is asked for, as each contender names it. */
export interface Subject {
  readonly title: string;
  /** For the clients of this package. */
  readonly key: string;
  readonly params: Readonly<Record<string, number>>;
  /** The same for whoever takes URLs. */
  readonly path: string;
}

export const USER: Subject = { title: 'one user', key: 'bob', params: {}, path: '/bob/?metadata=1' };
export const LIST_20: Subject = { title: 'a list of 20', key: 'popular', params: {}, path: '/popular/?metadata=1' };
export const LIST_100: Subject = {
  title: 'a list of 100',
  key: 'popular',
  params: { limit: 100 },
  path: '/popular/?metadata=1&limit=100',
};
export const SUBJECTS: readonly Subject[] = [USER, LIST_20, LIST_100];

/** A page of a list, as far as the benchmark looks into it. */
export interface ListPage {
  readonly data: readonly { readonly key: string }[];
  readonly paging?: { readonly next?: string };
}

/** So many items are loaded with their details, from `LIST_20` and the pages after it. */
export const ITEMS = 200;

/** Where the details of an item are. */
export function detailPath(key: string): string {
  return `${key}?metadata=1`;
}

/** The bodies of all subjects, of further pages and of the details of their items, as the emulator responds with them. */
export async function record(): Promise<Recorded[]> {
  await using emulator = await startEmulator();
  const recorded = new Map<string, Recorded>();
  const read = async (path: string): Promise<string> => {
    const text = await (await fetch(emulator.url + path)).text();
    recorded.set(path, { path, text: text.replaceAll(emulator.url, RECORDED_ORIGIN) });
    return text;
  };
  for (const { path } of SUBJECTS) await read(path);
  let next: string | undefined = LIST_20.path;
  for (let items = 0; next !== undefined && items < ITEMS; ) {
    const page = JSON.parse(await read(next)) as ListPage;
    for (const { key } of page.data) await read(detailPath(key));
    items += page.data.length;
    next = page.paging?.next?.slice(emulator.url.length);
  }
  return [...recorded.values()];
}
