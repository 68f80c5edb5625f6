import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalKey, encodeSegment, parseKey, trimSlashes } from '../../src/shared/input/key.ts';

const ROOT = 'https://www.mixcloud.com';
const read = (value: unknown, root = ROOT) => parseKey('key', value, root);
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
const CONTROL = /[\u0000-\u0020\u007f-\u009f\u2028\u2029]/;

describe('readKey', () => {
  it.each([
    ['bob', 'bob'],
    ['/bob/', 'bob'],
    ['///bob///', 'bob'],
    ['luke/a-nice-mix', 'luke/a-nice-mix'],
    ['/NTSRadio/', 'NTSRadio'],
    // Places and other marks that a path may have as they are.
    ['genres/funk+city:athens', 'genres/funk+city:athens'],
    ["a&b=c@d$e,f;g!h~i*j'k(l)", "a&b=c@d$e,f;g!h~i*j'k(l)"],
    // Encoded or not.
    ['αλίκη/μουσική', '%CE%B1%CE%BB%CE%AF%CE%BA%CE%B7/%CE%BC%CE%BF%CF%85%CF%83%CE%B9%CE%BA%CE%AE'],
    ['%CE%B1/', '%CE%B1'],
    ['%ce%b1/', '%CE%B1'],
    ['音楽', '%E9%9F%B3%E6%A5%BD'],
    ['😀', '%F0%9F%98%80'],
    ['a b', 'a%20b'],
    ['a%20b', 'a%20b'],
    ['100%', '100%25'],
    ['100%zz', '100%25zz'],
    ['%252e%252e', '%252e%252e'],
    // What would end a path, or begin another.
    ['bob?x=1#y', 'bob%3Fx=1%23y'],
    ['\\\\evil.example\\x', '%5C%5Cevil.example%5Cx'],
    ['//evil.example/x', 'evil.example/x'],
    ['...', '...'],
    ['.hidden/a..b', '.hidden/a..b'],
  ])('reads %j', (input, expected) => {
    expect(read(input)).toBe(expected);
  });

  it.each([
    ['https://www.mixcloud.com/bob/', 'bob'],
    ['https://www.mixcloud.com/luke/a-nice-mix', 'luke/a-nice-mix'],
    ['http://www.mixcloud.com/bob/', 'bob'],
    ['HTTPS://WWW.MIXCLOUD.COM/Bob/', 'Bob'],
    ['https://www.mixcloud.com/bob/?utm=x#player', 'bob'],
    ['https://www.mixcloud.com/αλίκη/', '%CE%B1%CE%BB%CE%AF%CE%BA%CE%B7'],
  ])('reads the page %s', (page, expected) => {
    expect(read(page)).toBe(expected);
  });

  it('reads a page under a root with a path of its own', () => {
    const root = 'http://127.0.0.1:8000/www';
    expect(read('http://127.0.0.1:8000/www/bob/', root)).toBe('bob');
    for (const page of ['http://127.0.0.1:8000/bob/', 'http://127.0.0.1:8000/wwwbob/', 'http://127.0.0.1/www/bob/']) {
      expect(() => read(page, root)).toThrow('is not a page under http://127.0.0.1:8000/www;');
    }
  });

  it.each([
    ['', "expected a key such as 'bob'"],
    ['/', "expected a key such as 'bob'"],
    [' // ', 'it has an empty part between slashes'],
    ['  ', "expected a key such as 'bob'"],
    ['..', "'..' would leave its place"],
    ['../bob', "'..' would leave its place"],
    ['bob/../me', "'..' would leave its place"],
    ['bob/./x', "'.' would leave its place"],
    ['%2e%2E/bob', "'..' would leave its place"],
    ['.%2e', "'..' would leave its place"],
    ['bob//x', 'it has an empty part between slashes'],
    ['bob%2Fx', 'it has an encoded slash'],
    ['bob\u0000', 'it has a control character'],
    ['bob%00', 'it has a control character'],
    ['bob\r\nHost: x', 'it has a control character'],
    ['bob\u2028', 'it has a control character'],
    ['bob\u0085', 'it has a control character'],
    ['bob\ud800', 'it has half of a surrogate pair'],
    ['https://www.mixcloud.com/', "expected a key such as 'bob'"],
    ['https://www.mixcloud.com/../bob/', 'is not a key'],
    ['https://www.mixcloud.com/x/%2e%2e/bob/', 'is not a key'],
    ['https://www.mixcloud.com/b\nob/', 'is not a key'],
    ['https://www.mixcloud.com.evil.example/bob/', 'is not a page under https://www.mixcloud.com/;'],
    ['https://evil.example/bob/', 'use get(url, { relative: false })'],
    ['ftp://www.mixcloud.com/bob/', 'is not a page under'],
    ['https://', 'is not a page under'],
    [undefined, 'but got undefined'],
    [null, 'but got null'],
    [5, 'but got 5'],
    [['bob'], 'but got an array'],
    [new URL(`${ROOT}/bob/`), 'but got a URL'],
    [{ key: '/bob/' }, '(give the key of the object: object.key), but got an object'],
  ])('is a TypeError for %j', (input, expected) => {
    expect(() => read(input)).toThrow(TypeError);
    expect(() => read(input)).toThrow(/^key: /);
    expect(() => read(input)).toThrow(expected);
  });

  it('shows no access token that came along with a link', () => {
    const link = 'https://api.mixcloud.com/me/?access_token=s3cret';
    expect(() => read(link)).toThrow('"https://api.mixcloud.com/me/?access_token=[redacted]" is not a page');
  });

  it('reads long runs of slashes in no time', () => {
    expect(read(`${'/'.repeat(1e6)}bob${'/'.repeat(1e6)}`)).toBe('bob');
    expect(() => read(`a${'/'.repeat(1e5)}b`)).toThrow(TypeError);
  });
});

const tricky = fc.constantFrom(
  ...['.', '..', '/', '//', '\\', '%', '%2e', '%2E%2e', '%2f', '%5c', '%25', '%252e', '%00', '%0a', '%ff', '%C3%A9'],
  ...['?', '#', ':', '@', '&', ';', '\n', '\t', '\u0000', '\u2028', '\ud800', ' ', 'é', 'α', '😀', 'bob', 'http://'],
  ...['https://www.mixcloud.com', 'https://evil.example', 'javascript:', '[::1]', 'C:', '~', '+', '*'],
);
const keys = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.webPath(),
  fc.webUrl(),
  fc.array(tricky, { maxLength: 8 }).map((pieces) => pieces.join('')),
);
const roots = fc.constantFrom('https://api.mixcloud.com', 'http://127.0.0.1:8000/api', 'https://host.example/a/b');

describe('any key', () => {
  it('stays under its root with its segments, or is a TypeError', () => {
    fc.assert(
      fc.property(keys, roots, (input, root) => {
        let key: string;
        try {
          key = read(input);
        } catch (error) {
          expect(error).toBeInstanceOf(TypeError);
          return;
        }
        const url = new URL(`${root}/${key}/`);
        const base = new URL(root);
        expect(url.origin).toBe(base.origin);
        expect([url.search, url.hash, url.username]).toEqual(['', '', '']);
        expect(url.pathname).toBe(`${base.pathname.replace(/\/$/, '')}/${key}/`);
        expect(key).not.toMatch(CONTROL);
        for (const segment of key.split('/')) {
          expect(['', '.', '..']).not.toContain(decodeURIComponent(segment));
          expect(decodeURIComponent(segment)).not.toContain('/');
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('is the same encoded and plain, with and without slashes, and read twice', () => {
    const segment = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
      // Nothing but blanks is no key, and Unicode has many blanks.
      .filter(
        (plain) => !/[%/]/.test(plain) && !CONTROL.test(plain) && !/^\.{1,2}$/.test(plain) && plain.trim() !== '',
      );
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1, maxLength: 4 }), (segments) => {
        const plain = segments.join('/');
        const encoded = segments.map(encodeURIComponent).join('/');
        expect(read(encoded)).toBe(read(plain));
        expect(read(`/${plain}/`)).toBe(read(plain));
        expect(read(read(plain))).toBe(read(plain));
        expect(read(`${ROOT}/${encoded}/`)).toBe(read(plain));
        expect(read(plain).split('/').map(decodeURIComponent)).toEqual(segments);
        expect(canonicalKey(`/${encoded}/`)).toBe(canonicalKey(plain));
      }),
      { numRuns: 1000 },
    );
  });

  it('is a TypeError when it is no string', () => {
    const others = fc.anything().filter((value) => typeof value !== 'string');
    fc.assert(
      fc.property(others, (value) => {
        expect(() => read(value)).toThrow(TypeError);
      }),
    );
  });
});

describe('canonicalKey', () => {
  it.each([
    ['bob', '/bob/', true],
    ['%CE%B1', 'α', true],
    ['luke/a-nice-mix/', '/luke/a-nice-mix', true],
    ['%zz', '/%zz/', true],
    ['Bob', 'bob', false],
    ['a/b', 'a%2Fb', true],
    ['a', 'b', false],
  ])('of %s and %s are the same: %s', (one, other, same) => {
    expect(canonicalKey(one) === canonicalKey(other)).toBe(same);
  });
});

describe('trimSlashes', () => {
  it.each([
    ['', ''],
    ['/', ''],
    ['//a//b//', 'a//b'],
  ])('of %j is %j', (input, expected) => {
    expect(trimSlashes(input)).toBe(expected);
  });
});

describe('encodeSegment', () => {
  it('leaves what a path may have, and encodes all else', () => {
    expect(encodeSegment(':@&=+$,;')).toBe(':@&=+$,;');
    expect(encodeSegment('/?#%[]\\"<> ')).toBe('%2F%3F%23%25%5B%5D%5C%22%3C%3E%20');
    expect(encodeSegment('%3A')).toBe('%253A');
  });
});
