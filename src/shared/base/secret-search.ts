/** Finds a secret in a text, however its characters are encoded. */
import { decodeAt, type EncodedCharacter } from './encoded-character.ts';

// A longer text is not searched for the secret in another case. It is a whole response, and not a message.
const MAX_MESSAGE_LENGTH = 8192;

/** Signs with which an encoded character can begin. */
const SIGNS = ['\\', '%', '&', '+'];

/**
 * Replaces a secret where each of its characters may be as it is, in upper or lower case, as `\u0061` of JSON, as `%61` of a
 * URL, or as `&#97;` or `&#x61;` of HTML.
 */
export function replaceSecret(text: string, secret: string, replacement: string): string {
  const clean = text.includes(secret) ? text.replaceAll(secret, replacement) : text;
  return mayHaveEncoded(clean, secret) ? replaceEncoded(clean, secret, replacement) : clean;
}

/** Whether anything in the text decodes to a character of the secret. Nearly all texts are done with this. */
function mayHaveEncoded(text: string, secret: string): boolean {
  if (text.length <= MAX_MESSAGE_LENGTH && text.toLowerCase().includes(secret.toLowerCase())) return true;
  if (secret.includes('\\') && text.includes('\\\\')) return true;
  // A plus stands for a blank only.
  const signs = secret.includes(' ') ? SIGNS : SIGNS.slice(0, -1);
  return signs.some((sign) => {
    for (let at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, at + 1)) {
      const encoded = decodeAt(text, at);
      if (!encoded) continue;
      if (secret.includes(encoded.character)) return true;
      at += encoded.length - 1;
    }
    return false;
  });
}

function replaceEncoded(text: string, secret: string, replacement: string): string {
  const characters = [...secret];
  const readings = getInterpretations(secret);
  const [first = ''] = characters;
  const starts = new Set([...SIGNS, first[0], first.toLowerCase()[0], first.toUpperCase()[0]]);
  let clean = '';
  let done = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (!starts.has(text[at])) continue;
    const end = findEnd(text, at, characters, readings);
    if (end === undefined) continue;
    clean += text.slice(done, at) + replacement;
    done = end;
    at = end - 1;
  }
  return clean + text.slice(done);
}

/** One way to read what can be read in several. */
interface Interpretation {
  /** How often the text is JSON in JSON: a quote is `"`, `\"`, `\\\"`… */
  readonly level: number;
  /** Whether what may be an encoded character, or stand for itself, is encoded. */
  readonly preferEncoded: boolean;
}

/** The ways to read a secret. Most secrets are letters and digits, and can be read in one way. */
function getInterpretations(secret: string): readonly Interpretation[] {
  const levels = NEEDS_ESCAPE.test(secret) ? [0, 1, 2, 3] : [0];
  const preferences = SIGNS.some((sign) => secret.includes(sign)) ? [true, false] : [true];
  return levels.flatMap((level) => preferences.map((preferEncoded) => ({ level, preferEncoded })));
}

/** Where the secret ends that begins at a place, if one does. */
function findEnd(
  text: string,
  start: number,
  characters: readonly string[],
  readings: readonly Interpretation[],
): number | undefined {
  for (const reading of readings) {
    const end = matchSecret(text, start, characters, reading);
    if (end !== undefined) return end;
  }
  return undefined;
}

function matchSecret(
  text: string,
  start: number,
  characters: readonly string[],
  { level, preferEncoded }: Interpretation,
): number | undefined {
  let at = start;
  for (const character of characters) {
    const plain = matchPlain(text, at, character, level);
    const encoded = plain && !preferEncoded ? undefined : decodeAt(text, at);
    const read = encoded && isSame(encoded.character, character) ? encoded : plain;
    if (!read) return undefined;
    at += read.length;
  }
  return at;
}

function matchPlain(text: string, at: number, character: string, level: number): EncodedCharacter | undefined {
  let written = character;
  if (level > 0 && NEEDS_ESCAPE.test(character)) {
    for (let count = 0; count < level; count += 1) written = JSON.stringify(written).slice(1, -1);
  }
  const { length } = written;
  return isSame(text.slice(at, at + length), written) ? { character, length } : undefined;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON escapes control characters
const NEEDS_ESCAPE = /["\\\u0000-\u001f]/;

function isSame(left: string, right: string): boolean {
  return left === right || left.toLowerCase() === right.toLowerCase();
}
