import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { REDACTED, redact, redactParameters } from '../../src/shared/base/secret.ts';
import {
  MixcloudClosedError,
  MixcloudConnectionError,
  MixcloudTimeoutError,
  MixcloudWorkerError,
} from '../../src/shared/protocol/errors.ts';
import {
  addRequest,
  closedFailure,
  describeRequest,
  fromFailure,
  redactFailure,
} from '../../src/shared/protocol/failure.ts';
import { fromPlainError, toPlainError } from '../../src/shared/protocol/plain-error.ts';
import { failure, request, TOKEN } from './fakes.ts';

const secrets = { access_token: TOKEN };

describe('redact', () => {
  it.each([
    [`token ${TOKEN}.`, `token ${REDACTED}.`],
    [`${TOKEN}${TOKEN}`, `${REDACTED}${REDACTED}`],
    [`https://x/?access_token=${TOKEN}&limit=5`, `https://x/?access_token=${REDACTED}&limit=5`],
    // Another one, or a part, under the same name.
    ['https://x/?access_token=other&limit=5', `https://x/?access_token=${REDACTED}&limit=5`],
    [
      '"next": "https://x/?access_token=a\\u0026limit=5"',
      `"next": "https://x/?access_token=${REDACTED}\\u0026limit=5"`,
    ],
    ['<a href="?access_token=a">', `<a href="?access_token=${REDACTED}">`],
    [`access_token=${REDACTED}`, `access_token=${REDACTED}`],
    ['access_token is missing', 'access_token is missing'],
    ['client_secret=abc', 'client_secret=abc'],
    ['', ''],
  ])('of %j is %j', (text, expected) => {
    expect(redact(text, secrets)).toBe(expected);
  });

  it('finds a secret with special characters in every form that it is written in', () => {
    const secret = 'a+b/c "d"=é\\f';
    const forms = [secret, JSON.stringify(secret), encodeURIComponent(secret), `${new URLSearchParams({ secret })}`];
    for (const form of forms) expect(redact(`<${form}>`, { code: secret })).toMatch(/^<"?(?:secret=)?\[redacted\]"?>$/);
  });

  const SECRET = 'Ab9/é"&~ %\\𝄞-tail';
  const each = (write: (character: string) => string) => [...SECRET].map(write).join('');
  const hex = (number: number, width: number) => number.toString(16).padStart(width, '0');
  const json = (character: string) =>
    Array.from({ length: character.length }, (_, i) => `\\u${hex(character.charCodeAt(i), 4)}`).join('');
  const percent = (character: string) => [...Buffer.from(character)].map((byte) => `%${hex(byte, 2)}`).join('');
  const code = (character: string) => character.codePointAt(0) ?? 0;

  it.each<[string, string]>([
    ['escapes of JSON', each(json)],
    ['escapes of JSON in upper case', each(json).toUpperCase().replaceAll('\\U', '\\u')],
    [
      'ASCII-only JSON',
      each((character) => (character < '\x7f' ? JSON.stringify(character).slice(1, -1) : json(character))),
    ],
    ['JSON in JSON', JSON.stringify(JSON.stringify(SECRET)).slice(3, -3)],
    ['lower-case percent-encoding', each(percent)],
    ['upper-case percent-encoding', each(percent).toUpperCase()],
    ['percent-encoding of what must be', encodeURIComponent(SECRET).toLowerCase()],
    ['percent-encoding twice', encodeURIComponent(encodeURIComponent(SECRET))],
    ['percent-encoding in JSON', each(percent).replaceAll('%', '\\u0025')],
    ['decimal entities', each((character) => `&#${code(character)};`)],
    ['entities with zeros', each((character) => `&#000${code(character)};`)],
    ['hexadecimal entities', each((character) => `&#x${hex(code(character), 1)};`)],
    ['hexadecimal entities in upper case', each((character) => `&#X${hex(code(character), 4).toUpperCase()};`)],
    ['entities in JSON', each((character) => `\\u0026#${code(character)};`)],
    ['entities of entities', each((character) => `&amp;#${code(character)};`)],
    ['named entities', SECRET.replaceAll('&', '&amp;').replaceAll('"', '&quot;')],
    [
      'another encoding for each character',
      [...SECRET].map((c, i) => [json, percent, (x: string) => x][i % 3]?.(c)).join(''),
    ],
    ['another case, as in the name of a host', SECRET.toLowerCase()],
    ['decimal entities without a semicolon', SECRET.replace('~', '&#126')],
    ['an entity whose # is percent-encoded', SECRET.replace('~', '&%23126;')],
  ])('finds a secret that is written in %s', (_how, text) => {
    expect(redact(`<${text}>`, { code: SECRET })).toBe(`<${REDACTED}>`);
    expect(redact(JSON.stringify({ text }), { code: SECRET })).not.toContain('tail');
  });

  it.each([
    ['half of a surrogate pair', '\\ud834'],
    ['two first halves', '\\ud834\\ud834'],
    ['the entity of no character', '&#x110000;'],
    ['an entity without a number', '&#;'],
    ['bytes of no character', '%c3%28'],
    ['a character of which bytes are missing', '%f0%9d'],
  ])('leaves %s as it is, and finds a secret after it', (_what, text) => {
    expect(redact(`${text}${TOKEN}`, secrets)).toBe(`${text}${REDACTED}`);
  });

  it('leaves JSON readable', () => {
    for (const text of [each(json), JSON.stringify(SECRET).slice(1, -1), JSON.stringify(each(json)).slice(1, -1)]) {
      expect(JSON.parse(redact(`{"a": "x${text}y"}`, { code: SECRET }))).toEqual({ a: `x${REDACTED}y` });
    }
  });

  it('leaves words alone that a short secret is part of', () => {
    expect(redact('the token', { access_token: 'token' })).toBe('the token');
    expect(redact('?access_token=token', { access_token: 'token' })).toBe(`?access_token=${REDACTED}`);
  });

  it('leaves a text without secrets as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(redact(text, {})).toBe(text);
      }),
    );
  });

  it('leaves no secret in any text, and is done after once', () => {
    const secret = fc
      .string({ unit: 'grapheme', minLength: 8, maxLength: 40 })
      .filter((input) => !/\p{Cs}/u.test(input) && !REDACTED.includes(input) && !/[[\]]/.test(input));
    const form = fc.constantFrom<(secret: string) => string>(
      (plain) => plain,
      encodeURIComponent,
      (plain) => JSON.stringify(plain),
      (plain) => JSON.stringify({ next: `https://x/?access_token=${encodeURIComponent(plain)}&a=b` }),
      (plain) => new URL(`https://x/?access_token=${encodeURIComponent(plain)}`).href,
      (plain) => new URLSearchParams({ access_token: plain }).toString(),
    );
    fc.assert(
      fc.property(secret, form, fc.string(), fc.string(), (hidden, write, before, after) => {
        const clean = redact(`${before} ${write(hidden)} ${after}`, { access_token: hidden });
        for (const shown of [hidden, encodeURIComponent(hidden), JSON.stringify(hidden).slice(1, -1)]) {
          expect(clean).not.toContain(shown);
        }
        expect(redact(clean, { access_token: hidden })).toBe(clean);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('redactParameters', () => {
  it('hides what the parameters carry, whatever it is', () => {
    expect(redactParameters('?access_token=a&client_secret=b&code=c&my_access_token=d')).toBe(
      `?access_token=${REDACTED}&client_secret=${REDACTED}&code=c&my_access_token=d`,
    );
  });
});

const reset = Object.assign(new Error(`read ${TOKEN}`), { code: 'ECONNRESET' });

describe('plainError and reviveError', () => {
  it('keep name, message, code, stack and causes', () => {
    const error = new TypeError('outer', { cause: reset });
    const revived = fromPlainError(structuredClone(toPlainError(error)));
    expect(revived).toBeInstanceOf(Error);
    expect(revived).toMatchObject({ name: 'TypeError', message: 'outer', stack: error.stack });
    expect(revived.cause).toMatchObject({ name: 'Error', message: reset.message, code: 'ECONNRESET' });
    expect(Object.keys(revived)).toEqual([]);
  });

  it('take the first of several errors for the cause', () => {
    expect(toPlainError(new AggregateError([reset], 'all failed')).cause).toMatchObject({ code: 'ECONNRESET' });
  });

  it('can tell of anything that was thrown', () => {
    expect(toPlainError('text')).toEqual({ name: 'Error', message: '"text"' });
    expect(toPlainError(undefined)).toEqual({ name: 'Error', message: 'undefined' });
    expect(toPlainError(Object.assign(new Error('m'), { code: 7 })).code).toBeUndefined();
  });

  it('end where causes go round', () => {
    const error = new Error('round');
    error.cause = error;
    expect(JSON.stringify(toPlainError(error)).match(/"round"/g)).toHaveLength(5);
  });
});

describe('redactFailure', () => {
  it('leaves no secret in messages, stacks and causes', () => {
    const { message, stack } = reset;
    const cause = toPlainError(new Error(`outer ${TOKEN}`, { cause: reset }));
    const clean = redactFailure(failure({ message: `${message} ${stack}`, cause }), secrets);
    expect(JSON.stringify(clean)).not.toContain(TOKEN);
    expect(clean.cause?.cause).toMatchObject({ message: `read ${REDACTED}`, code: 'ECONNRESET' });
  });
});

describe('errorOf', () => {
  const sent = request({ method: 'POST', url: 'https://api.mixcloud.com/bob/follow/', secrets });

  it('is a connection error with what failed, the code and the cause', () => {
    const error = fromFailure(failure({ cause: toPlainError(new Error('low')) }), sent);
    expect(error).toBeInstanceOf(MixcloudConnectionError);
    expect(error).toMatchObject({
      message: 'POST https://api.mixcloud.com/bob/follow/: the other side closed the connection',
      code: 'ECONNRESET',
      cause: { message: 'low' },
    });
    expect(inspect(error)).not.toContain(TOKEN);
  });

  it('has a code of its own when the failure has none', () => {
    const error = fromFailure(failure({ code: undefined }), sent);
    expect(error).toMatchObject({ code: 'ERR_MIXCLOUD_CONNECTION' });
    expect('cause' in error).toBe(false);
  });

  it('is a time-out error with the time-out of the request', () => {
    const error = fromFailure(failure({ kind: 'timeout', message: 'took too long', code: undefined }), sent);
    expect(error).toBeInstanceOf(MixcloudTimeoutError);
    expect(error).toMatchObject({ timeout: 60_000, code: 'ERR_MIXCLOUD_TIMEOUT' });
  });

  it('is a TypeError or RangeError for what is the caller’s to mend', () => {
    const misuse = fromFailure(failure({ kind: 'misuse', message: 'mp3: no file', code: 'ENOENT' }), sent);
    expect(misuse).toBeInstanceOf(TypeError);
    expect(misuse).toMatchObject({ message: 'mp3: no file', code: 'ENOENT' });
    const range = fromFailure(failure({ kind: 'range', message: 'mp3: empty', code: undefined }), sent);
    expect(range).toBeInstanceOf(RangeError);
    expect('code' in range).toBe(false);
    // Neither the API nor the network is to blame.
    const missing = failure({ kind: 'dependency', message: 'not installed', code: undefined });
    expect(fromFailure({ ...missing, cause: toPlainError(reset) }, sent)).toMatchObject({
      name: 'Error',
      message: 'not installed',
      cause: { code: 'ECONNRESET' },
    });
    expect(fromFailure(closedFailure(), sent)).toMatchObject({
      name: 'MixcloudClosedError',
      code: 'ERR_MIXCLOUD_CLOSED',
    });
  });
});

describe('addRequest', () => {
  const only = request();
  const step = { requests: [only], concurrency: 1 };
  const { method, url } = only;
  const worker = new MixcloudWorkerError('It failed.', { sent: false, cause: reset });
  const files = new MixcloudConnectionError('Too many files', { code: 'EMFILE', sent: false });

  it('names the request that an error of the worker is about', () => {
    const named = { method, url, sent: false };
    expect(addRequest(worker, step)).toMatchObject({ ...named, message: 'It failed.', cause: reset });
    const message = `${describeRequest(only)}: Too many files`;
    expect(addRequest(files, step)).toMatchObject({ ...named, message, code: 'EMFILE' });
  });

  it('leaves any other error as it is, and one that may be about another request', () => {
    const others = [new TypeError('not cloneable'), new MixcloudClosedError('closed'), addRequest(worker, step)];
    for (const error of others) expect(addRequest(error, step)).toBe(error);
    for (const other of [{ requests: [only, only], concurrency: 2 }, { type: 'receive', redirectUri: url } as const]) {
      expect(addRequest(worker, other)).toBe(worker);
    }
  });
});

describe('nameOf', () => {
  it('shows no secret', () => {
    expect(describeRequest(request({ secrets }))).toBe('GET https://api.mixcloud.com/bob/?metadata=1');
  });
});
