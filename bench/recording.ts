import { startEmulator } from 'mixcloud-client/testing';
import type { Recorded } from './protocol.ts';

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

/** The bodies of all subjects, as the emulator responds with them. */
export async function record(): Promise<Recorded[]> {
  await using emulator = await startEmulator();
  const recorded: Recorded[] = [];
  for (const { path } of SUBJECTS) {
    const response = await fetch(emulator.url + path);
    recorded.push({ path, text: await response.text() });
  }
  return recorded;
}
