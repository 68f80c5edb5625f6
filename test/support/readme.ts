import { readFileSync } from 'node:fs';

/** A fenced block of a page of Markdown. */
export interface Fence {
  readonly language: string;
  readonly code: string;
  /** Line of the page on which the code begins. */
  readonly line: number;
  /** Heading that it stands under. */
  readonly heading: string;
  /** What it prints, if the next thing on the page is a `text` block. */
  readonly output?: string;
}

export const README = new URL('../../README.md', import.meta.url);
export const TESTING_PAGE = new URL('../../docs/testing.md', import.meta.url);

/** All fenced blocks of a page, in order; one that is the output of the one before is part of that. */
export function readFences(file: URL = README): Fence[] {
  const page = readFileSync(file, 'utf8');
  const fences: Fence[] = [];
  let end = 0;
  for (const match of page.matchAll(/^```(\w*)\n(.*?)^```$/gms)) {
    const [whole, language = '', code = ''] = match;
    const last = fences.at(-1);
    const follows = last !== undefined && page.slice(end, match.index).trim() === '';
    end = match.index + whole.length;
    if (language === 'text' && follows) {
      fences[fences.length - 1] = { ...last, output: code };
      continue;
    }
    const before = page.slice(0, match.index);
    const heading =
      before
        .match(/^## .*$/gm)
        ?.at(-1)
        ?.slice(3) ?? '';
    fences.push({ language, code, heading, line: before.split('\n').length + 1 });
  }
  return fences;
}

/** Cells of the first table under a heading, row by row, without its head. */
export function readTable(heading: string): string[][] {
  const page = readFileSync(README, 'utf8');
  const section = page.split(/^## /m).find((text) => text.startsWith(`${heading}\n`)) ?? '';
  const rows =
    section
      .match(/(?:^\|.*\|\n)+/m)?.[0]
      .trimEnd()
      .split('\n') ?? [];
  return rows.slice(2).map((row) =>
    row
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  );
}
