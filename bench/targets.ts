/** What the figures are to be. */
import * as bytes from './bytes.ts';
import { ASYNC, CURL, SYNC, SYNC_FETCH, UNDICI } from './contenders.ts';
import { BARE_SERVER, EMULATOR, START, START_SYNC } from './emulator.ts';
import { LIST_20, LIST_100, type Subject, USER } from './recording.ts';
import type { Results } from './results.ts';
import type { Timings } from './timings.ts';

export interface Target {
  readonly what: string;
  readonly bound: 'at most' | 'at least';
  readonly limit: number;
  readonly unit: '×' | 'ms' | 'MiB';
  /** `null` where there is nobody to compare with. */
  readonly measured: number | null;
  readonly met: boolean | null;
}

export function checkTargets(results: Results): Target[] {
  const { calls, reading, imports, scripts, uploads, emulatorStart, emulatorRequests } = results;
  const called = (subject: Subject, name: string, base: string) => ratio(calls.get(subject), name, base);
  const targets = [USER, LIST_20].map((subject) =>
    atMost(1.15, '×', `async get of ${subject.title}, against bare undici`, called(subject, ASYNC, UNDICI)),
  );
  for (const [subject, limit] of [[USER, 1.4] as const, [LIST_20, 1.25] as const, [LIST_100, 1.25] as const]) {
    const what = `sync get of ${subject.title}, against async get`;
    targets.push(atMost(limit, '×', what, called(subject, SYNC, ASYNC)));
  }
  targets.push(
    atMost(1 / 150, '×', 'sync get of a list of 20, against sync-fetch', called(LIST_20, SYNC, SYNC_FETCH)),
    atMost(1 / 12, '×', 'sync get of a list of 20, against curl in a child process', called(LIST_20, SYNC, CURL)),
  );
  for (const name of [ASYNC, SYNC]) {
    const what = `reading 12 fields, two of them dates, of 100 items, first time (${name})`;
    targets.push(atMost(1, 'ms', what, reading.spread(name).median));
  }
  targets.push(
    atMost(1.1, '×', 'script with one blocking call, against one on bare undici', ratio(scripts, SYNC, UNDICI)),
    atMost(1, '×', 'script with one blocking call, against one on sync-fetch', ratio(scripts, SYNC, SYNC_FETCH)),
    atMost(25, 'ms', 'importing mixcloud-client/sync', imports.spread(SYNC).median),
  );
  for (const name of [ASYNC, SYNC]) {
    const slower = ratio(uploads.timings, name, CURL);
    const speed = slower === null ? null : 1 / slower;
    targets.push(atLeast(0.5, '×', `speed of an upload, against curl (${name})`, speed));
    const growth = Math.max(...(uploads.growth.get(name) ?? [])) / 2 ** 20;
    targets.push(atMost(64, 'MiB', `growth of memory while uploading (${name})`, growth));
  }
  const plain = results.bytes.get(bytes.PLAIN) ?? Number.NaN;
  const read = Math.max(...[ASYNC, SYNC].map((name) => results.bytes.get(name) ?? Number.NaN));
  targets.push(atMost(1 / 5, '×', 'bytes read for a list of 20, against plain', read / plain));
  for (const name of [START, START_SYNC]) {
    targets.push(atMost(300, 'ms', `starting an emulator (${name})`, emulatorStart.spread(name).median));
  }
  const overhead = ratio(emulatorRequests, EMULATOR, BARE_SERVER);
  targets.push(atMost(2, '×', 'a request to the emulator, against a bare node:http server', overhead));
  return targets;
}

function ratio(timings: Timings | undefined, name: string, base: string): number | null {
  return timings?.has(name) && timings.has(base) ? timings.ratio(name, base).median : null;
}

function atMost(limit: number, unit: Target['unit'], what: string, measured: number | null): Target {
  return { what, bound: 'at most', limit, unit, measured, met: measured === null ? null : measured <= limit };
}

function atLeast(limit: number, unit: Target['unit'], what: string, measured: number | null): Target {
  return { what, bound: 'at least', limit, unit, measured, met: measured === null ? null : measured >= limit };
}
