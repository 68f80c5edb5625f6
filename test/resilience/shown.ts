import { inspect } from 'node:util';

// What no encoding changes of a secret: its first and its last letters. Half a secret in a log is a leak as well.
const HEAD = 16;
const TAIL = 8;

/** The spellings in which a secret could stand in a text. */
function spellings(secret: string): string[] {
  const form = new URLSearchParams({ s: secret }).toString().slice(2);
  const quoted = JSON.stringify(secret).slice(1, -1);
  return [secret, encodeURIComponent(secret), form, quoted, secret.slice(0, HEAD), secret.slice(-TAIL)];
}

/** Where a text shows a secret, if it does. */
export function leak(text: string, secret: string): string | undefined {
  for (const spelling of spellings(secret)) {
    const at = text.indexOf(spelling);
    if (at >= 0) return `…${text.slice(Math.max(0, at - 80), at + 80)}…`;
  }
  return undefined;
}

/** A text, unless the value is nested more deeply than the stack allows, which is the caller's own business. */
function unlessTooDeep(write: () => string | undefined): string {
  try {
    return write() ?? '';
  } catch (error) {
    if (error instanceof RangeError && error.message.includes('call stack')) return '';
    throw error;
  }
}

/** All that a program can show of a value without asking it for a secret. */
export function shown(value: unknown): string {
  const all = { depth: Number.POSITIVE_INFINITY, showHidden: true, maxArrayLength: null, maxStringLength: null };
  const texts = [
    unlessTooDeep(() => String(value)),
    unlessTooDeep(() => JSON.stringify(value)),
    unlessTooDeep(() => inspect(value, all)),
    unlessTooDeep(() => inspect(value, { ...all, customInspect: false })),
    unlessTooDeep(() => inspect(value, { ...all, customInspect: false, showProxy: true })),
  ];
  if (value instanceof Error) {
    const { message, stack, cause } = value;
    texts.push(message, stack ?? '', cause === undefined ? '' : shown(cause));
    const { data } = value as { data?: unknown };
    if (data !== undefined) texts.push(unlessTooDeep(() => JSON.stringify(data)));
  }
  return texts.join('\n');
}
