/** Writes what a run found into docs/speed.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import { amount, machine } from './report.ts';
import { digits } from './table.ts';
import type { Target } from './targets.ts';

const PAGE = new URL('../docs/speed.md', import.meta.url);
const BEGIN = '<!-- bench -->';
const END = '<!-- /bench -->';

const BETTER = { 'at most': 'lower', 'at least': 'higher' } as const;

export function writePage(targets: readonly Target[]): void {
  const page = readFileSync(PAGE, 'utf8');
  const [before, rest] = page.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error(`docs/speed.md has no ${BEGIN}`);
  const { node, platform, processors, load } = machine();
  const versions = ['undici', 'synckit', 'luxon'].map((name) => `${name} ${installedVersion(name)}`).join(', ');
  const date = new Date().toISOString().slice(0, 10);
  const where = `${date}, Node.js ${node} on ${platform} with ${processors} processors (load ${digits(load)}), ${versions}:`;
  writeFileSync(PAGE, `${before}${BEGIN}\n\n${where}\n\n${toTable(targets)}\n\n${END}${after}`);
}

/** A Markdown table, in the form that formatters leave alone. */
function toTable(targets: readonly Target[]): string {
  const rows = [
    ['what', 'measured', 'better', 'target'],
    ...targets.map(({ what, bound, limit, unit, measured }) => [
      what,
      measured === null ? 'not here' : amount(measured, unit),
      BETTER[bound],
      `${bound} ${amount(limit, unit)}`,
    ]),
  ];
  const widths = (rows[0] ?? []).map((_title, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`);
  return [lines[0], `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...lines.slice(1)].join('\n');
}

function installedVersion(name: string): string {
  const manifest = new URL(`../node_modules/${name}/package.json`, import.meta.url);
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version;
}
