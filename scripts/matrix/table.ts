import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PROJECT } from '../../test/package/support/app.ts';
import type { Cell, RowResult } from './row.ts';

const README = join(PROJECT, 'README.md');
const BEGIN = '<!-- matrix -->';
const END = '<!-- /matrix -->';
const HEAD = ['environment', 'version', '`Mixcloud`', '`MixcloudSync`', 'run on'];

type Line = readonly string[];

/** A result as cells of the table. */
export function toLine({ row, version, async, sync }: RowResult, date: string): Line {
  const text = (cell: Cell) => (cell.passed ? cell.text : 'no');
  return [row.title, version, text(async), text(sync), date];
}

/** A Markdown table, in the form that formatters leave alone. */
export function toTable(lines: readonly Line[]): string {
  const widths = HEAD.map((title, index) => Math.max(...[HEAD, ...lines].map((line) => (line[index] ?? title).length)));
  const format = (line: Line) => `| ${line.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join(' | ')} |`;
  return [format(HEAD), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...lines.map(format)].join('\n');
}

/** Writes lines into the README's table. Rows that were not run keep theirs; the order is that of `titles`. */
export async function updateReadme(lines: readonly Line[], titles: readonly string[]): Promise<void> {
  const page = await readFile(README, 'utf8');
  const [before, rest] = page.split(BEGIN);
  const [old, after] = rest?.split(END) ?? [];
  if (before === undefined || old === undefined || after === undefined) throw new Error(`README.md has no ${BEGIN}`);
  const known = new Map(parseLines(old).map((line) => [line[0] ?? '', line]));
  for (const line of lines) known.set(line[0] ?? '', line);
  const ordered = titles.map((title) => known.get(title)).filter((line) => line !== undefined);
  await writeFile(README, `${before}${BEGIN}\n\n${toTable(ordered)}\n\n${END}${after}`);
}

function parseLines(table: string): Line[] {
  const rows = table.match(/^\|.*\|$/gm) ?? [];
  return rows.slice(2).map((row) =>
    row
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  );
}
