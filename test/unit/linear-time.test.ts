import { describe, expect, it } from 'vitest';
import { parseRetryAfter } from '../../src/async/transport/decoding.ts';
import { redact, redactParameters } from '../../src/shared/base/secret.ts';
import { findNearest } from '../../src/shared/base/spelling.ts';
import { parseApiDate, toTimestamp } from '../../src/shared/input/datetime.ts';
import { canonicalKey, parseKey, trimSlashes } from '../../src/shared/input/key.ts';
import { parseApiLink } from '../../src/shared/input/link.ts';
import { parseRoot } from '../../src/shared/input/origin.ts';
import { slugify, toTagSegment } from '../../src/shared/input/slug.ts';
import { camelCase } from '../../src/shared/models/resource-state.ts';
import { getRateLimit } from '../../src/shared/protocol/rate-limit.ts';

const SMALL = 10_000;
const FACTOR = 8;
// Quadratic time grows by the square of the factor. The milliseconds are for steps too short to measure.
const MAX_GROWTH = FACTOR * 4;
const UNMEASURABLE = 100;

const ROOT = 'https://www.mixcloud.com';
const TOKEN = 'aaaaaaaaaaaaaaaaaaaaaaab';

/** What a server, or a caller, can make as long as it likes. */
const STEPS: [string, (text: string) => unknown][] = [
  ['a name of a connection', camelCase],
  ['a key in a response', canonicalKey],
  ['a key', (text) => parseKey('key', text, ROOT)],
  ['a key without slashes at its ends', trimSlashes],
  ['a page URL', (text) => parseKey('key', `${ROOT}/${text}`, ROOT)],
  ['a link', (text) => parseApiLink('link', `${ROOT}/?a=${text}`, ROOT)],
  ['a link that is none', (text) => parseApiLink('link', text, ROOT)],
  ['a root', (text) => parseRoot('apiRoot', `${ROOT}/${text}`)],
  ['a slug', slugify],
  ['a tag', (text) => toTagSegment('tag', text)],
  ['the key of a tag', (text) => toTagSegment('tag', `/genres/${text}`)],
  ['a place', (text) => toTagSegment('tag', `city:${text}`)],
  ['a date of a response', parseApiDate],
  ['a date', (text) => toTimestamp(text)],
  ['a Retry-After header', parseRetryAfter],
  ['an unknown option', (text) => findNearest(text, ['timeout', 'accessToken'])],
  ['a text with a secret', (text) => redact(text, { access_token: TOKEN })],
  ['a text with a parameter', redactParameters],
  [
    'a rate limit',
    (text) => getRateLimit({ type: 'response', status: 403, contentType: null, retryAfter: null, text }),
  ],
];

/** What makes a careless expression take long: runs of one character, and things that nearly match. */
const TEXTS: [string, string][] = [
  ['line breaks', '\n'],
  ['blanks', ' '],
  ['hyphens', '-'],
  ['slashes', '/'],
  ['dots', '.'],
  ['letters', 'a'],
  ['digits', '1'],
  ['percent signs', '%'],
  ['encoded bytes', '%61'],
  ['escapes', '\\u0061'],
  ['entities', '&#97;'],
  ['backslashes', '\\'],
  ['pluses', 'a+'],
  ['places', 'city:a+'],
  ['parameters', 'access_token=a&'],
  ['unfinished parameters', 'access_token'],
  ['quotes', '"'],
];

/** Milliseconds of processor time, which do not grow with what else the machine does. */
function time(step: (text: string) => unknown, text: string): number {
  const startedAt = process.cpuUsage();
  try {
    step(text);
  } catch {
    // Rejecting the text is fine, and must not take long either.
  }
  const { user, system } = process.cpuUsage(startedAt);
  return (user + system) / 1000;
}

describe.each(STEPS)('%s takes linear time', (_what, step) => {
  it.each(TEXTS)('for %s', (_name, unit) => {
    const repeat = (length: number) => `x${unit.repeat(Math.ceil(length / unit.length))}x`;
    const small = Math.min(time(step, repeat(SMALL)), time(step, repeat(SMALL)));
    const large = Math.min(time(step, repeat(SMALL * FACTOR)), time(step, repeat(SMALL * FACTOR)));
    expect(large).toBeLessThan(Math.max(small * MAX_GROWTH, UNMEASURABLE));
  });
});
