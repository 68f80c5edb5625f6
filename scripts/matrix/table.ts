import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PROJECT } from '../../test/package/support/pack.ts';
import type { Cell, RowResult } from './row.ts';

// All results, a line each. The README has the summary.
const DETAILS = join(PROJECT, 'docs', 'environments.md');
const README = join(PROJECT, 'README.md');
const BEGIN = '<!-- matrix -->';
const END = '<!-- /matrix -->';
const CLIENTS = ['`Mixcloud`', '`MixcloudSync`'];
const DETAILS_HEAD = ['environment', 'version', ...CLIENTS, 'run on'];
const SUMMARY_HEAD = ['environments', ...CLIENTS];

type Line = readonly string[];

/** A result as cells of the table of all results. */
export function toLine({ row, version, async, sync }: RowResult, date: string): Line {
  const text = (cell: Cell) => (cell.passed ? cell.text : 'no');
  return [row.title, version, text(async), text(sync), date];
}

/** The table of all results. */
export function toTable(lines: readonly Line[]): string {
  return format(DETAILS_HEAD, lines);
}

/** The table of the README: environments of a group that have the same results share a line. */
export function toSummary(groups: readonly (readonly Line[])[]): string {
  const dates = groups
    .flat()
    .map((line) => line.at(-1) ?? '')
    .sort();
  const [first, last] = [dates[0], dates.at(-1)];
  const table = format(SUMMARY_HEAD, groups.flatMap(toSummaryLines));
  return `Run on ${first === last ? last : `${first} to ${last}`}:\n\n${table}`;
}

function toSummaryLines(group: readonly Line[]): Line[] {
  const names = new Map<string, string[]>();
  for (const [title = '', version = '', async = '', sync = ''] of group) {
    const results = JSON.stringify([async, sync]);
    // `Node.js 22` names a part of its version.
    const name = title.replace(/\d[\d.]*$/, (major) => (version.startsWith(major) ? version : major));
    names.set(results, [...(names.get(results) ?? []), name.endsWith(version) ? name : `${name} (${version})`]);
  }
  return [...names].map(([results, environments]) => [environments.join('; '), ...(JSON.parse(results) as string[])]);
}

/** Writes lines into both tables. Rows that were not run keep theirs; the order is that of the titles in `groups`. */
export async function updateTables(lines: readonly Line[], groups: readonly (readonly string[])[]): Promise<void> {
  const known = new Map(parseLines(await readFile(DETAILS, 'utf8')).map((line) => [line[0] ?? '', line]));
  for (const line of lines) known.set(line[0] ?? '', line);
  const ordered = groups.map((titles) => titles.map((title) => known.get(title)).filter((line) => line !== undefined));
  await replaceTable(DETAILS, toTable(ordered.flat()));
  await replaceTable(README, toSummary(ordered));
}

/** A Markdown table, in the form that formatters leave alone. */
function format(head: Line, lines: readonly Line[]): string {
  const widths = head.map((title, index) => Math.max(...lines.map((line) => (line[index] ?? '').length), title.length));
  const toRow = (line: Line) => `| ${line.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join(' | ')} |`;
  return [toRow(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...lines.map(toRow)].join('\n');
}

async function replaceTable(file: string, table: string): Promise<void> {
  const page = await readFile(file, 'utf8');
  const [before, rest] = page.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error(`${file} has no ${BEGIN}`);
  await writeFile(file, `${before}${BEGIN}\n\n${table}\n\n${END}${after}`);
}

function parseLines(page: string): Line[] {
  const table = page.split(BEGIN)[1]?.split(END)[0] ?? '';
  const rows = table.match(/^\|.*\|$/gm) ?? [];
  return rows.slice(2).map((row) =>
    row
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  );
}
