/** What a run found, for people and for machines. */
import os from 'node:os';
import { PLAIN as PLAIN_BYTES } from './bytes.ts';
import { ASYNC, CURL, hasCurl, SYNC, SYNC_FETCH, UNDICI } from './contenders.ts';
import { BARE_SERVER, START } from './emulator.ts';
import { PLAIN as PLAIN_READING } from './reading.ts';
import type { Results } from './results.ts';
import { digits, milliseconds, tableOf, times } from './table.ts';
import type { Target } from './targets.ts';
import type { Timings } from './timings.ts';

/** Timings, and whom the others are compared with. */
function compared(results: Results): [Timings, readonly string[]][] {
  const { calls, reading, imports, scripts, uploads, emulatorStart, emulatorRequests } = results;
  return [
    ...[...calls.values()].map((timings): [Timings, readonly string[]] => [timings, [UNDICI, SYNC]]),
    [reading, [PLAIN_READING]],
    [imports, ['undici']],
    [scripts, [UNDICI, SYNC_FETCH]],
    [uploads.timings, [hasCurl() ? CURL : ASYNC]],
    [emulatorStart, [START]],
    [emulatorRequests, [BARE_SERVER]],
  ];
}

export function printed(results: Results, targets: readonly Target[]): string {
  const { bytes, uploads } = results;
  const paragraphs = compared(results).map(([timings, bases]) => timingTable(timings, bases));
  const plain = bytes.get(PLAIN_BYTES) ?? Number.NaN;
  const byteRows = [...bytes].map(([name, count]) => [name, String(count), times(count / plain)]);
  paragraphs.push(`bytes of the answer to a list of 20\n${tableOf([['', 'bytes', 'against plain'], ...byteRows])}`);
  const growthRows = [...uploads.growth].map(([name, growth]) => [name, mebibytes(Math.max(...growth))]);
  paragraphs.push(`growth of memory while uploading\n${tableOf([['', 'at most'], ...growthRows])}`);
  const rows = targets.map(({ what, bound, limit, unit, measured, met }) => [
    what,
    `${bound} ${amount(limit, unit)}`,
    measured === null ? 'not here' : amount(measured, unit),
    met === null ? '' : met ? 'met' : 'NOT MET',
  ]);
  paragraphs.push(`targets\n${tableOf([['', 'target', 'measured', ''], ...rows])}`);
  if (!hasCurl()) paragraphs.push('There is no curl here, so nothing was compared with it.');
  return [heading(), ...paragraphs].join('\n\n');
}

export function json(results: Results, targets: readonly Target[]): string {
  const cases = compared(results).map(([timings, bases]) => ({
    title: timings.title,
    contenders: timings.names.map((name) => ({
      name,
      milliseconds: timings.spread(name),
      against: Object.fromEntries(bases.map((base) => [base, timings.ratio(name, base)])),
    })),
  }));
  const bytes = Object.fromEntries(results.bytes);
  const growth = Object.fromEntries(results.uploads.growth);
  return JSON.stringify({ ...machine(), cases, bytes, growth, targets }, null, 2);
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

function heading(): string {
  const { node, platform, processors, load } = machine();
  return `Node.js ${node} on ${platform}, ${processors} processors, load ${digits(load)}`;
}

/** Where a run took place. */
export function machine() {
  return {
    node: process.version,
    platform: `${os.platform()} ${os.arch()}`,
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
