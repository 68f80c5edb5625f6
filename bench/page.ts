/** Writes what a run found into docs/speed.md, which has a table for each major version of Node.js. */
import { readFileSync, writeFileSync } from 'node:fs';
import { amount, machine } from './report.ts';
import { digits } from './table.ts';
import type { Target } from './targets.ts';

const PAGE = new URL('../docs/speed.md', import.meta.url);
const BEGIN = '<!-- bench -->';
const END = '<!-- /bench -->';
const HEADING = /^## Node\.js (\d+)$/m;

const BETTER = { 'at most': 'lower', 'at least': 'higher' } as const;

/** Replaces the table of the running version, and leaves those of the others. */
export function writePage(targets: readonly Target[]): void {
  const page = readFileSync(PAGE, 'utf8');
  const [before, rest] = page.split(BEGIN);
  const [tables, after] = rest?.split(END) ?? [];
  if (before === undefined || tables === undefined || after === undefined) {
    throw new Error(`docs/speed.md has no ${BEGIN}`);
  }
  // What is split by its heading comes as heading and text in turn, after what stands before the first one.
  const [, ...parts] = tables.split(HEADING);
  const texts = new Map<number, string>();
  for (let place = 0; place < parts.length; place += 2) texts.set(Number(parts[place]), parts[place + 1]?.trim() ?? '');
  texts.set(Number.parseInt(process.versions.node, 10), `${where()}\n\n${toTable(targets)}`);
  const written = [...texts]
    .sort(([a], [b]) => a - b)
    .map(([version, text]) => `## Node.js ${version}\n\n${text}\n`)
    .join('\n');
  writeFileSync(PAGE, `${before}${BEGIN}\n\n${written}\n${END}${after}`);
}

/** When and on what the run took place. */
function where(): string {
  const { node, platform, processor, processors, load } = machine();
  const date = new Date().toISOString().slice(0, 10);
  const versions = ['undici', 'synckit', 'luxon', 'got'].map((name) => `${name} ${installedVersion(name)}`).join(', ');
  return `${date}, Node.js ${node} on ${platform}, ${processors} × ${processor} (load ${digits(load)}), ${versions}:`;
}

/** A Markdown table, in the form that formatters leave alone. */
function toTable(targets: readonly Target[]): string {
  const rows = [
    ['what', 'measured', 'better', 'target'],
    ...targets.map(({ what, bound, limit, unit, measured }) => [
      what,
      measured === null ? 'not here' : amount(measured, unit),
      BETTER[bound],
      limit === null ? 'none' : `${bound} ${amount(limit, unit)}`,
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
