/** What a run found, for people and for machines. */
import os from 'node:os';
import { PLAIN as PLAIN_BYTES } from './bytes.ts';
import { ASYNC, CURL, FETCH, hasCurl, SYNC, SYNC_FETCH, UNDICI } from './contenders.ts';
import { BARE_SERVER, START } from './emulator.ts';
import { SCHEDULED } from './items.ts';
import { EMPTY, type Peaks } from './memory.ts';
import { PLAIN as PLAIN_READING } from './reading.ts';
import type { Results } from './results.ts';
import { quantile } from './statistics.ts';
import { digits, milliseconds, tableOf, times } from './table.ts';
import type { Target } from './targets.ts';
import type { Timings } from './timings.ts';

/** Timings, and whom the others are compared with. */
type Case = readonly [Timings, readonly string[]];

function compared(results: Results): Case[] {
  const { calls, others, tls, items, cpu, reading, imports, scripts, uploads, line, emulator } = results;
  const curl = hasCurl() ? CURL : ASYNC;
  const cases: (readonly [Timings | undefined, readonly string[]])[] = [
    ...[...(calls?.timings.values() ?? [])].map((timings): Case => [timings, [UNDICI, SYNC]]),
    ...[...(others?.values() ?? [])].map((timings): Case => [timings, [UNDICI, SYNC]]),
    ...[...(tls?.values() ?? [])].map((timings): Case => [timings, [UNDICI, ASYNC]]),
    [items, [SCHEDULED]],
    [cpu, [UNDICI]],
    [reading, [PLAIN_READING]],
    [imports, ['undici']],
    [scripts?.loopback, [UNDICI, SYNC_FETCH]],
    [scripts?.distant, [UNDICI, FETCH]],
    [uploads?.timings, [curl]],
    [line?.timings, [curl]],
    [emulator?.start, [START]],
    [emulator?.requests, [BARE_SERVER]],
  ];
  return cases.filter((one): one is Case => one[0] !== undefined);
}

export function printed(results: Results, targets: readonly Target[]): string {
  const { calls, memory, uploads } = results;
  const paragraphs = compared(results).map(([timings, bases]) => timingTable(timings, bases));
  if (calls) {
    const plain = calls.bytes.get(PLAIN_BYTES) ?? Number.NaN;
    const rows = [...calls.bytes].map(([name, count]) => [name, String(count), times(count / plain)]);
    paragraphs.push(`bytes of the answer to a list of 20\n${tableOf([['', 'bytes', 'against plain'], ...rows])}`);
  }
  if (memory) {
    paragraphs.push(memoryTable('memory of a whole script that makes one call', memory.loopback));
    paragraphs.push(memoryTable('memory of a whole script that makes one call, over TLS', memory.distant));
  }
  if (uploads) {
    const rows = [...uploads.growth].map(([name, growth]) => [name, mebibytes(Math.max(...growth))]);
    paragraphs.push(`growth of memory while uploading\n${tableOf([['', 'at most'], ...rows])}`);
  }
  const rows = targets.map(({ what, bound, limit, unit, measured, met }) => [
    what,
    limit === null ? '' : `${bound} ${amount(limit, unit)}`,
    measured === null ? 'not here' : amount(measured, unit),
    met === null ? '' : met ? 'met' : 'NOT MET',
  ]);
  paragraphs.push(`targets\n${tableOf([['', 'target', 'measured', ''], ...rows])}`);
  if (!hasCurl()) paragraphs.push('There is no curl here, so nothing was compared with it.');
  return [heading(), ...paragraphs].join('\n\n');
}

export function json(results: Results, targets: readonly Target[]): string {
  const { calls, memory, uploads } = results;
  const cases = compared(results).map(([timings, bases]) => ({
    title: timings.title,
    contenders: timings.names.map((name) => ({
      name,
      milliseconds: timings.spread(name),
      against: Object.fromEntries(bases.map((base) => [base, timings.ratio(name, base)])),
    })),
  }));
  const found = {
    ...(calls && { bytes: Object.fromEntries(calls.bytes) }),
    ...(memory && {
      memory: { loopback: Object.fromEntries(memory.loopback), distant: Object.fromEntries(memory.distant) },
    }),
    ...(uploads && { growth: Object.fromEntries(uploads.growth) }),
  };
  return JSON.stringify({ ...machine(), cases, ...found, targets }, null, 2);
}

function timingTable(timings: Timings, bases: readonly string[]): string {
  const head = ['', 'median', '95th', ...bases.flatMap((base) => [`against ${base}`, '95th'])];
  const rows = timings.names.map((name) => {
    const { median, p95 } = timings.spread(name);
    const ratios = bases.flatMap((base) => {
      const ratio = timings.ratio(name, base);
      return [times(ratio.median), times(ratio.p95)];
    });
    return [name, milliseconds(median), milliseconds(p95), ...ratios];
  });
  return `${timings.title}\n${tableOf([head, ...rows])}`;
}

function memoryTable(title: string, peaks: Peaks): string {
  const empty = quantile(peaks.get(EMPTY) ?? []);
  const rows = [...peaks].map(([name, bytes]) => {
    const median = quantile(bytes);
    return [name, mebibytes(median), mebibytes(median - empty)];
  });
  return `${title}\n${tableOf([['', 'median', `more than ${EMPTY}`], ...rows])}`;
}

function heading(): string {
  const { node, platform, processors, load } = machine();
  return `Node.js ${node} on ${platform}, ${processors} processors, load ${digits(load)}`;
}

/** Where a run took place. */
export function machine() {
  return {
    node: process.version,
    platform: `${os.platform()} ${os.arch()}`,
    processor: os.cpus()[0]?.model.trim() ?? 'unknown',
    processors: os.availableParallelism(),
    load: os.loadavg()[0] ?? 0,
  };
}

/** A figure with its unit. */
export function amount(value: number, unit: Target['unit']): string {
  if (unit === '×') return times(value);
  return unit === 'ms' ? milliseconds(value) : `${digits(value)} MiB`;
}

function mebibytes(bytes: number): string {
  return amount(bytes / 2 ** 20, 'MiB');
}
