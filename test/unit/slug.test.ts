import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slugify, toTagSegment } from '../../src/shared/input/slug.ts';

const read = (tag: unknown) => toTagSegment('tag', tag);

describe('slugify', () => {
  it.each([
    ['Drum & Bass', 'drum-bass'],
    ["L'ambiance", 'lambiance'],
    ['Aug.26.2018', 'aug262018'],
    ['  Deep   House ', 'deep-house'],
    ['hip-hop', 'hip-hop'],
    ['- Live -', 'live'],
    ['R&B', 'rb'],
    ['80s_pop', '80s_pop'],
    ['ΡΕΜΠΈΤΙΚΟ', 'ρεμπέτικο'],
    ['音楽 1', '音楽-1'],
    ['e\u0301tude', 'étude'],
    ['हिन्दी', 'हिन्दी'],
    ['!!!', ''],
    // Half of a surrogate pair.
    ['rock\ud800', 'rock'],
  ])('of %j is %j', (name, expected) => {
    expect(slugify(name)).toBe(expected);
  });

  it('of a slug is itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        expect(slugify(slugify(name))).toBe(slugify(name));
      }),
    );
  });
});

describe('tagSegment', () => {
  it.each([
    ['Drum & Bass', 'drum-bass'],
    ['drum-bass', 'drum-bass'],
    ['funk+city:athens', 'funk+city:athens'],
    ['city:athens', 'city:athens'],
    ['City:New York', 'city:new-york'],
    ['Drum & Bass+city:São Paulo', 'drum-bass+city:s%C3%A3o-paulo'],
    ['Rock + Roll', 'rock-roll'],
    ['/genres/jazz/', 'jazz'],
    ['/discover/jazz/', 'jazz'],
    ['/tag/jazz', 'jazz'],
    ['/genres/funk%2Bcity:athens/', 'funk+city:athens'],
    ['/genres/%CE%BB%CE%B1%CF%8A%CE%BA%CE%AC/', '%CE%BB%CE%B1%CF%8A%CE%BA%CE%AC'],
    ['/genres/100%zz/', '100zz'],
    ['λαϊκά', '%CE%BB%CE%B1%CF%8A%CE%BA%CE%AC'],
    ['../me', 'me'],
    ['a/b?c#d', 'abcd'],
  ])('of %j is %s', (tag, expected) => {
    expect(read(tag)).toBe(expected);
  });

  it.each(['', ' ', '!?', '&', 'funk+city:!', '+city:athens', 5, null, ['jazz']])('is a TypeError for %j', (tag) => {
    expect(() => read(tag)).toThrow(TypeError);
    expect(() => read(tag)).toThrow(/^tag: /);
  });

  it('is one segment of a path for any text, or a TypeError', () => {
    const pieces = fc.constantFrom('..', '/', '%2e', '+', 'city:', ' ', 'é', '\ud800', '?', '#', 'Jazz', '/genres/');
    const tags = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces).map((some) => some.join('')),
    );
    fc.assert(
      fc.property(tags, (tag) => {
        let segment: string;
        try {
          segment = read(tag);
        } catch (error) {
          expect(error).toBeInstanceOf(TypeError);
          return;
        }
        expect(new URL(`https://api.mixcloud.com/genres/${segment}/`).pathname).toBe(`/genres/${segment}/`);
        expect(segment).toMatch(/^[^/?#\s]+$/);
      }),
      { numRuns: 1000 },
    );
  });
});
