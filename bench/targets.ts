/** What the figures are to be. */
import * as bytes from './bytes.ts';
import { ASYNC, BARE_SYNCKIT, CURL, DISPATCH, FETCH, LISTENING, SYNC, SYNC_FETCH, UNDICI } from './contenders.ts';
import { CROSSING } from './crossing.ts';
import { BARE_SERVER, EMULATOR, START, START_SYNC } from './emulator.ts';
import { SCHEDULED, UNAVOIDABLE } from './items.ts';
import { EMPTY } from './memory.ts';
import { LIST_20, LIST_100, type Subject, USER } from './recording.ts';
import type { Results } from './results.ts';
import { quantile } from './statistics.ts';
import type { Timings } from './timings.ts';

export interface Target {
  readonly what: string;
  readonly bound: 'at most' | 'at least';
  /** `null` where the figure is there to be known. */
  readonly limit: number | null;
  readonly unit: '×' | 'ms' | 'MiB';
  /** `null` where there is nobody to compare with. */
  readonly measured: number | null;
  readonly met: boolean | null;
}

type Part<Name extends keyof Results> = NonNullable<Results[Name]>;

const OWN = [ASYNC, SYNC] as const;

/** Those of the parts that were measured. */
export function checkTargets(results: Results): Target[] {
  const { calls, others, tls, items, cpu, reading, imports, scripts, memory, uploads, line, emulator } = results;
  return [
    ...(calls ? callTargets(calls) : []),
    ...(others ? otherTargets(others) : []),
    ...(tls ? distantTargets(tls) : []),
    ...(items ? itemTargets(items) : []),
    ...(cpu ? [atMost(1.2, '×', 'processor time of async gets, against bare undici', ratio(cpu, ASYNC, UNDICI))] : []),
    ...(reading ? readingTargets(reading) : []),
    ...(imports ? [atMost(25, 'ms', 'importing mixcloud-client/sync', imports.spread(SYNC).median)] : []),
    ...(scripts ? scriptTargets(scripts) : []),
    ...(memory ? memoryTargets(memory) : []),
    ...(uploads ? uploadTargets(uploads) : []),
    ...(line ? lineTargets(line) : []),
    ...(emulator ? emulatorTargets(emulator) : []),
  ];
}

function callTargets({ timings, bytes: counts }: Part<'calls'>): Target[] {
  const called = (subject: Subject, name: string, ...bases: string[]) => ratio(timings.get(subject), name, ...bases);
  const asynchronous = [USER, LIST_20].map((subject) =>
    atMost(1.15, '×', `async get of ${subject.title}, against bare undici`, called(subject, ASYNC, UNDICI)),
  );
  const plain = counts.get(bytes.PLAIN) ?? Number.NaN;
  const read = Math.max(...OWN.map((name) => counts.get(name) ?? Number.NaN));
  return [
    ...asynchronous,
    known('×', 'async get of one user with an onEvent that does nothing, against none', called(USER, LISTENING, ASYNC)),
    atMost(
      ...([1.08, '×', 'blocking get of one user, against async get and an empty crossing together'] as const),
      called(USER, SYNC, ASYNC, CROSSING),
    ),
    known(
      ...(['×', `${BARE_SYNCKIT}, against ${DISPATCH} and an empty crossing together`] as const),
      called(USER, BARE_SYNCKIT, DISPATCH, CROSSING),
    ),
    known('×', 'blocking get of one user, against async get', called(USER, SYNC, ASYNC)),
    atMost(1.35, '×', 'blocking get of a list of 20, against async get', called(LIST_20, SYNC, ASYNC)),
    atMost(1.25, '×', 'blocking get of a list of 100, against async get', called(LIST_100, SYNC, ASYNC)),
    known('×', `${BARE_SYNCKIT}, a list of 20, against ${DISPATCH}`, called(LIST_20, BARE_SYNCKIT, DISPATCH)),
    known('×', `${BARE_SYNCKIT}, a list of 100, against ${DISPATCH}`, called(LIST_100, BARE_SYNCKIT, DISPATCH)),
    atMost(1 / 5, '×', 'bytes read for a list of 20, against plain', read / plain),
  ];
}

function otherTargets(calls: Part<'others'>): Target[] {
  const against = (base: string) => ratio(calls.get(LIST_20), SYNC, base);
  return [
    atMost(1 / 150, '×', 'blocking get of a list of 20, against sync-fetch', against(SYNC_FETCH)),
    atMost(1 / 12, '×', 'blocking get of a list of 20, against curl in a child process', against(CURL)),
  ];
}

function distantTargets(calls: Part<'tls'>): Target[] {
  const called = (subject: Subject) => ratio(calls.get(subject), SYNC, ASYNC);
  return [
    atMost(1.03, '×', 'blocking get of one user over TLS, against async get', called(USER)),
    known('×', 'blocking get of a list of 20 over TLS, against async get', called(LIST_20)),
  ];
}

function itemTargets(items: Part<'items'>): Target[] {
  const against = (name: string) => items.spread(name).median / UNAVOIDABLE;
  const what = `200 items with details over TLS, against ${UNAVOIDABLE} ms of latency`;
  return [
    known('×', `${what} (${SCHEDULED})`, against(SCHEDULED)),
    ...OWN.map((name) => atMost(1.25, '×', `${what} (${name})`, against(name))),
  ];
}

function readingTargets(reading: Part<'reading'>): Target[] {
  return OWN.map((name) => {
    const what = `reading 12 fields, two of them dates, of 100 items, first time (${name})`;
    return atMost(1, 'ms', what, reading.spread(name).median);
  });
}

function scriptTargets({ loopback, distant }: Part<'scripts'>): Target[] {
  const what = 'script with one blocking call';
  const least = `script on ${BARE_SYNCKIT}`;
  return [
    atMost(1.1, '×', `${what}, against one on bare undici`, ratio(loopback, SYNC, UNDICI)),
    known('×', `${least}, against one on bare undici`, ratio(loopback, BARE_SYNCKIT, UNDICI)),
    atMost(1, '×', `${what}, against one on sync-fetch`, ratio(loopback, SYNC, SYNC_FETCH)),
    known('×', `${least}, against one on sync-fetch`, ratio(loopback, BARE_SYNCKIT, SYNC_FETCH)),
    atMost(0.9, '×', `${what} over TLS, against one on fetch`, ratio(distant, SYNC, FETCH)),
    known('×', `${least} over TLS, against one on fetch`, ratio(distant, BARE_SYNCKIT, FETCH)),
  ];
}

function memoryTargets({ loopback, distant }: Part<'memory'>): Target[] {
  const over = (peaks: typeof loopback, name: string = SYNC) =>
    (quantile(peaks.get(name) ?? []) - quantile(peaks.get(EMPTY) ?? [])) / 2 ** 20;
  const what = 'memory of a script with one blocking call';
  return [
    atMost(25, 'MiB', `${what}, more than an empty process`, over(loopback)),
    known('MiB', `memory of a script on ${BARE_SYNCKIT}, more than an empty process`, over(loopback, BARE_SYNCKIT)),
    known('MiB', `${what} over TLS, more than an empty process`, over(distant)),
  ];
}

function uploadTargets({ timings, growth }: Part<'uploads'>): Target[] {
  return OWN.flatMap((name) => {
    const slower = ratio(timings, name, CURL);
    const grown = Math.max(...(growth.get(name) ?? [])) / 2 ** 20;
    return [
      atLeast(0.85, '×', `speed of an upload, against curl (${name})`, slower === null ? null : 1 / slower),
      atMost(40, 'MiB', `growth of memory while uploading (${name})`, grown),
    ];
  });
}

function lineTargets({ timings }: Part<'line'>): Target[] {
  return OWN.map((name) =>
    atMost(1.05, '×', `upload of 5 MB over a line of 1 MB/s, against curl (${name})`, ratio(timings, name, CURL)),
  );
}

function emulatorTargets({ start, requests }: Part<'emulator'>): Target[] {
  const overhead = ratio(requests, EMULATOR, BARE_SERVER);
  return [
    ...[START, START_SYNC].map((name) =>
      atMost(300, 'ms', `starting an emulator (${name})`, start.spread(name).median),
    ),
    atMost(2, '×', 'a request to the emulator, against a bare node:http server', overhead),
  ];
}

function ratio(timings: Timings | undefined, name: string, ...bases: readonly string[]): number | null {
  return timings && [name, ...bases].every((one) => timings.has(one)) ? timings.ratio(name, ...bases).median : null;
}

function atMost(limit: number, unit: Target['unit'], what: string, measured: number | null): Target {
  return { what, bound: 'at most', limit, unit, measured, met: measured === null ? null : measured <= limit };
}

function atLeast(limit: number, unit: Target['unit'], what: string, measured: number | null): Target {
  return { what, bound: 'at least', limit, unit, measured, met: measured === null ? null : measured >= limit };
}

/** A figure without a target; the lower, the better. */
function known(unit: Target['unit'], what: string, measured: number | null): Target {
  return { what, bound: 'at most', limit: null, unit, measured, met: null };
}
