/** Reads characters that are encoded for JSON, a URL or HTML, also one encoding in another. */

/** A character, and how much of the text it takes. */
export interface EncodedCharacter {
  readonly character: string;
  readonly length: number;
}

// Bounds, so that a text of backslashes or zeros takes linear time.
const MAX_BACKSLASHES = 8;
const MAX_NESTING = 3;
const MAX_DIGITS = 10;

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};
const NAMED: Readonly<Record<string, string>> = { 'quot;': '"', 'apos;': "'", 'lt;': '<', 'gt;': '>', 'amp;': '&' };

/** Reads the encoded character at a place, or returns `undefined` if there is none. */
export function decodeAt(text: string, at: number): EncodedCharacter | undefined {
  switch (text[at]) {
    case '\\':
      return decodeEscape(text, at);
    case '%':
      return decodePercent(text, at, 1);
    case '&':
      return decodeEntity(text, at, 1);
    case '+':
      return { character: ' ', length: 1 };
    default:
      return undefined;
  }
}

/** `\u0061`, `\n`, or a backslash, each also with more backslashes, as of JSON in JSON. */
function decodeEscape(text: string, at: number): EncodedCharacter | undefined {
  const backslashes = countBackslashes(text, at);
  const next = text[at + backslashes] ?? '';
  if (next === 'u') return decodeUnicode(text, at, backslashes);
  const escaped = ESCAPES[next];
  if (escaped !== undefined) return { character: escaped, length: backslashes + 1 };
  return backslashes > 1 ? { character: '\\', length: 2 } : undefined;
}

function decodeUnicode(text: string, at: number, backslashes: number): EncodedCharacter | undefined {
  const unit = parseHex(text, at + backslashes + 1, 4);
  if (unit === undefined) return undefined;
  const length = backslashes + 5;
  // A sign that begins another encoding.
  if (unit === 0x25) return decodePercent(text, at, length) ?? { character: '%', length };
  if (unit === 0x26) return decodeEntity(text, at, length) ?? { character: '&', length };
  const character = String.fromCharCode(unit);
  if (!/[\ud800-\udbff]/.test(character)) return { character, length };
  const more = countBackslashes(text, at + length);
  const low = text[at + length + more] === 'u' ? parseHex(text, at + length + more + 1, 4) : undefined;
  return more > 0 && low !== undefined
    ? { character: character + String.fromCharCode(low), length: length + more + 5 }
    : { character, length };
}

function countBackslashes(text: string, at: number): number {
  let count = 0;
  while (count < MAX_BACKSLASHES && text[at + count] === '\\') count += 1;
  return count;
}

/** The character of `%C3%A9`, also of `%25C3%25A9`. The percent sign takes `signLength`. */
function decodePercent(text: string, at: number, signLength: number): EncodedCharacter | undefined {
  const first = decodeByte(text, at, signLength);
  if (first === undefined) return undefined;
  if (first.byte === 0x26) return decodeEntity(text, at, first.length) ?? { character: '&', length: first.length };
  if (first.byte < 0x80) return { character: String.fromCharCode(first.byte), length: first.length };
  const bytes = [first.byte];
  let { length } = first;
  const count = first.byte >= 0xf0 ? 4 : first.byte >= 0xe0 ? 3 : 2;
  while (bytes.length < count) {
    const sign = text[at + length] === '%' ? 1 : countBackslashes(text, at + length) + 5;
    const next = decodeByte(text, at + length, sign);
    if (next === undefined) return undefined;
    bytes.push(next.byte);
    length += next.length;
  }
  try {
    const hex = bytes.map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
    return { character: decodeURIComponent(hex), length };
  } catch {
    return undefined;
  }
}

function decodeByte(text: string, at: number, signLength: number): { byte: number; length: number } | undefined {
  let length = signLength;
  for (let nested = 0; nested < MAX_NESTING && text.startsWith('25', at + length); nested += 1) {
    // `%25` is a percent sign, unless it begins another byte.
    if (parseHex(text, at + length + 2, 2) === undefined) break;
    length += 2;
  }
  const byte = parseHex(text, at + length, 2);
  return byte === undefined ? undefined : { byte, length: length + 2 };
}

/** The character of `&#97;`, `&#x61;` or `&quot;`, also of `&amp;#97;`. The ampersand takes `signLength`. */
function decodeEntity(text: string, at: number, signLength: number): EncodedCharacter | undefined {
  let length = signLength;
  for (let nested = 0; nested < MAX_NESTING && text.startsWith('amp;#', at + length); nested += 1) length += 4;
  const hash = text[at + length] === '#' ? 1 : text.startsWith('%23', at + length) ? 3 : 0;
  if (hash === 0) {
    if (!/[qalg]/.test(text[at + length] ?? '')) return undefined;
    const named = Object.entries(NAMED).find(([name]) => text.startsWith(name, at + length));
    return named && { character: named[1], length: length + named[0].length };
  }
  length += hash;
  const [digits = '', hex, decimal] = /^(?:[xX]([\da-fA-F]+)|(\d+))/.exec(text.substr(at + length, MAX_DIGITS)) ?? [];
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  if (digits === '' || code > 0x10ffff) return undefined;
  length += digits.length;
  return { character: String.fromCodePoint(code), length: length + (text[at + length] === ';' ? 1 : 0) };
}

function parseHex(text: string, at: number, width: number): number | undefined {
  let value = 0;
  for (let index = at; index < at + width; index += 1) {
    const digit = toDigit(text.charCodeAt(index));
    if (digit < 0) return undefined;
    value = value * 16 + digit;
  }
  return value;
}

function toDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}
