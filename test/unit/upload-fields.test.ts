import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { validateMilliseconds } from '../../src/shared/base/argument.ts';
import { validateEdit, validateUpload } from '../../src/shared/input/upload-fields.ts';
import type { Part } from '../../src/shared/protocol/messages.ts';

const CALL = { timeout: validateMilliseconds };
/** Fields of an upload besides its name and audio, as pairs of text. */
const upload = (fields: unknown) => pairs(validateUpload('show.mp3', 'A show', fields, CALL).parts).slice(1, -1);
const edit = (fields: unknown) => pairs(validateEdit(fields, CALL).parts);
const pairs = (parts: readonly Part[]) => parts.map((part) => [part.name, 'value' in part ? part.value : part.file]);

const NOON = '2018-01-14T12:00:00Z';
const TEXT_1000 = '😀'.repeat(1000);

describe('an upload', () => {
  it('has its name first and its audio last', () => {
    expect(validateUpload('show.mp3', ' A show ', { description: 'd', picture: 'p.png' }, CALL).parts).toEqual([
      { name: 'name', value: ' A show ' },
      { name: 'description', value: 'd' },
      { name: 'picture', file: { from: 'path', path: 'p.png', cwd: process.cwd() }, maxSize: 10_485_760 },
      { name: 'mp3', file: { from: 'path', path: 'show.mp3', cwd: process.cwd() }, maxSize: 4_294_967_296 },
    ]);
  });

  it('needs no fields', () => {
    expect(upload(undefined)).toEqual([]);
    expect(upload({})).toEqual([]);
    expect(upload({ tags: undefined, timeout: 5, onProgress: () => {} })).toEqual([]);
  });

  it('leaves out what is false', () => {
    expect(upload({ disableComments: false, hideStats: false, unlisted: false })).toEqual([]);
  });

  it('without hosts names none', () => {
    expect(upload({ hosts: [] })).toEqual([]);
  });

  it.each(['name', 'publish', 'unpublish', 'mp3'])('has no field %s', (name) => {
    expect(() => upload({ [name]: true })).toThrow(`upload fields: unknown field "${name}"; `);
  });

  it.each(['', ' \n', 5, null, undefined, ['x']])('must have a name that is a text, not %j', (name) => {
    expect(() => validateUpload('show.mp3', name, {}, CALL)).toThrow(TypeError);
    expect(() => validateUpload('show.mp3', name, {}, CALL)).toThrow(/^name: expected a string/);
  });
});

describe('an edit', () => {
  it('sends what is given only, with the name first', () => {
    expect(edit({ description: '', name: 'New' })).toEqual([
      ['name', 'New'],
      ['description', ''],
    ]);
  });

  it('sends what is false empty, except for commands', () => {
    expect(
      edit({ disableComments: false, hideStats: false, unlisted: false, publish: false, unpublish: false }),
    ).toEqual([
      ['disable_comments', ''],
      ['hide_stats', ''],
      ['unlisted', ''],
    ]);
    expect(() => edit({ publish: false })).toThrow('nothing to change');
  });

  it('without hosts removes them all', () => {
    expect(edit({ hosts: [] })).toEqual([['hosts-0-username', '']]);
  });

  it.each(['publish', 'unpublish'])('can %s', (name) => {
    expect(edit({ [name]: true })).toEqual([[name, '1']]);
    expect(() => edit({ [name]: 'yes' })).toThrow(`${name}: expected true or false, but got "yes"`);
  });

  it.each<readonly [object, string]>([
    [{ publish: true, unpublish: true }, 'publish, unpublish: at most one of unlisted, publish, unpublish can be true'],
    [{ publish: true, unlisted: true }, 'unlisted, publish: at most one of unlisted, publish, unpublish can be true'],
    [{ unpublish: true, unlisted: true }, 'unlisted, unpublish: at most one of'],
    [{ name: '' }, 'name: expected a string that is not empty'],
    [{ name: 5 }, 'name: expected a string, but got 5'],
    [{}, 'edit fields: nothing to change; give at least one field'],
    [{ name: undefined, timeout: 5, onProgress: () => {} }, 'edit fields: nothing to change'],
    [{ title: 'x' }, 'edit fields: unknown field "title"; '],
  ])('refuses %o', (fields, expected) => {
    expect(() => edit(fields)).toThrow(TypeError);
    expect(() => edit(fields)).toThrow(expected);
  });

  it('takes one that is true beside others that are false', () => {
    expect(edit({ publish: true, unlisted: false })).toEqual([
      ['unlisted', ''],
      ['publish', '1'],
    ]);
  });
});

describe.each([
  ['an upload', upload],
  ['an edit', edit],
])('a field of %s', (_what, read) => {
  it.each<readonly [object, readonly (readonly [string, string])[]]>([
    [{ description: 'Line 1\r\nLine 2 "é" 😀' }, [['description', 'Line 1\r\nLine 2 "é" 😀']]],
    [{ description: TEXT_1000 }, [['description', TEXT_1000]]],
    [
      { tags: ['Jazz', 'λαϊκά', 'c', 'd', 'e'] },
      [
        ['tags-0-tag', 'Jazz'],
        ['tags-1-tag', 'λαϊκά'],
        ['tags-2-tag', 'c'],
        ['tags-3-tag', 'd'],
        ['tags-4-tag', 'e'],
      ],
    ],
    [
      {
        sections: [
          { chapter: 'Intro', start_time: 0 },
          { artist: 'A', song: 'S', start_time: 61 },
        ],
      },
      [
        ['sections-0-chapter', 'Intro'],
        ['sections-0-start_time', '0'],
        ['sections-1-artist', 'A'],
        ['sections-1-song', 'S'],
        ['sections-1-start_time', '61'],
      ],
    ],
    [
      { sections: [{ artist: 'A' }, { song: 'S', artist: null, start_time: null }, new Map([['chapter', 'C']])] },
      [
        ['sections-0-artist', 'A'],
        ['sections-1-song', 'S'],
        ['sections-2-chapter', 'C'],
      ],
    ],
    [{ publishDate: NOON }, [['publish_date', NOON]]],
    [{ publishDate: 1515931200 }, [['publish_date', NOON]]],
    [{ publishDate: new Date(NOON) }, [['publish_date', NOON]]],
    [{ publishDate: DateTime.fromISO('2018-01-14T14:00:00+02:00') }, [['publish_date', NOON]]],
    [{ publishDate: '2018 Jan 14, 12:00 UTC' }, [['publish_date', NOON]]],
    [
      { hosts: ['bob', 'peter'] },
      [
        ['hosts-0-username', 'bob'],
        ['hosts-1-username', 'peter'],
      ],
    ],
    [{ disableComments: true }, [['disable_comments', '1']]],
    [{ hideStats: true }, [['hide_stats', '1']]],
    [{ unlisted: true }, [['unlisted', '1']]],
    [
      { extra: { percentage_music: 80, 'new-field': 'x', empty: '' } },
      [
        ['percentage_music', '80'],
        ['new-field', 'x'],
        ['empty', ''],
      ],
    ],
  ])('%o is sent', (fields, expected) => {
    expect(read(fields)).toEqual(expected);
  });

  it('keeps its place in a fixed order', () => {
    const extra = { extra: { x: 'y' }, unlisted: true, hosts: ['bob'], tags: ['a'], description: 'd' };
    expect(read({ ...extra }).map(([name]) => name)).toEqual([
      'description',
      'tags-0-tag',
      'hosts-0-username',
      'unlisted',
      'x',
    ]);
  });

  it.each<readonly [object, string]>([
    [{ description: `${TEXT_1000}x` }, 'description: must be at most 1000 characters, but has 1001'],
    [{ description: 'x'.repeat(1e7) }, 'description: must be at most 1000 characters, but has 10000000'],
    [{ tags: ['a', 'b', 'c', 'd', 'e', 'f'] }, 'tags: must be at most 5 entries, but got 6'],
    [{ hosts: ['a', 'b', 'c'] }, 'hosts: must be at most 2 entries, but got 3'],
    [{ sections: [{ chapter: 'x', start_time: 1.5 }] }, 'sections[0].start_time: must be a whole number'],
    [{ sections: [{ chapter: 'x' }, { start_time: -1 }] }, 'sections[1].start_time: must be a whole number'],
  ])('out of bounds is a RangeError: %#', (fields, expected) => {
    expect(() => read(fields)).toThrow(RangeError);
    expect(() => read(fields)).toThrow(expected);
  });

  it.each<readonly [unknown, string]>([
    [null, 'expected an object, but got null'],
    ['x', 'expected an object such as { '],
    [[], 'expected an object, but got an array'],
    [{ description: 5 }, 'description: expected a string, but got 5'],
    [{ tags: 'Jazz' }, 'tags: expected an array, but got "Jazz"'],
    [{ tags: ['a', ''] }, 'tags[1]: expected a string that is not empty'],
    [{ tags: [5] }, 'tags[0]: expected a string, but got 5'],
    // biome-ignore lint/suspicious/noSparseArray: a hole is what is tested
    [{ tags: [, 'a'] }, 'tags[0]: expected a string, but got undefined'],
    [{ tags: new Set(['a']) }, 'tags: expected an array, but got a Set'],
    [{ sections: { chapter: 'x' } }, 'sections: expected an array, but got an object'],
    [{ sections: ['Intro'] }, 'sections[0]: expected an object, but got "Intro"'],
    [{ sections: [null] }, 'sections[0]: expected an object, but got null'],
    [{ sections: [undefined] }, 'sections[0]: expected an object, but got undefined'],
    // biome-ignore lint/suspicious/noSparseArray: a hole is what is tested
    [{ sections: [, { chapter: 'x' }] }, 'sections[0]: expected an object, but got undefined'],
    [{ sections: [{ chapter: null }] }, 'sections[0]: give either chapter, or artist and song'],
    [
      { sections: [{ chapter: 'x', start_time: '5' }] },
      'sections[0].start_time: expected a number of whole seconds, such as 90 for 1:30, but got "5"',
    ],
    [
      { sections: [{ bpm: Number.NaN }] },
      'sections[0]: unknown field "bpm" (known: chapter, artist, song, start_time)',
    ],
    [{ sections: [{ title: 'x' }] }, 'sections[0]: unknown field "title", did you mean "song"?'],
    [{ sections: [{ chapter: 'x', startTime: 5 }] }, 'unknown field "startTime", did you mean "start_time"?'],
    [{ sections: [{ chapter: 'x', song: 'y' }] }, 'sections[0]: give either chapter, or artist and song'],
    [{ sections: [{ artist: 5 }] }, 'sections[0].artist: expected a string, but got 5'],
    [{ sections: [new Map([['title', 'x']])] }, 'sections[0]: unknown field "title"'],
    [{ sections: [new Map([[5, 'x']])] }, 'sections[0]: unknown field 5 (known: chapter,'],
    [{ sections: [new Date(0)] }, 'sections[0]: expected a plain object, but got a Date'],
    [new Map([['tags', ['a']]]), 'expected a plain object, but got a Map'],
    [{ extra: new URLSearchParams('a=1') }, 'extra: expected a plain object, but got a URLSearchParams'],
    [{ publishDate: 'tomorrow' }, 'publishDate: cannot read "tomorrow" as a datetime'],
    [{ hosts: 'bob' }, 'hosts: expected an array, but got "bob"'],
    [{ hosts: [''] }, 'hosts[0]: expected a string that is not empty'],
    [{ hosts: [{ username: 'bob' }] }, 'hosts[0]: expected a string, but got an object'],
    [{ disableComments: 1 }, 'disableComments: expected true or false, but got 1'],
    [{ hideStats: 'true' }, 'hideStats: expected true or false, but got "true"'],
    [{ extra: [] }, 'extra: expected an object, but got an array'],
    [{ extra: { x: true } }, 'extra.x: expected a string or a number, but got true'],
    [{ extra: { x: undefined } }, 'extra.x: expected a string or a number, but got undefined'],
    [{ extra: { '': 'x' } }, 'extra: expected field names that are not empty, but got ""'],
    [{ onProgress: 'log' }, 'onProgress: expected a function, but got "log"'],
    [{ picture: 5 }, 'picture: expected a path, a file: URL, a Uint8Array, a Blob or a File, but got 5'],
    [
      { disable_comments: true },
      'unknown field "disable_comments"; did you mean "disableComments"? extra passes a field',
    ],
    [{ desciption: 'x' }, 'unknown field "desciption"; did you mean "description"?'],
    [{ percentage_music: 80 }, 'unknown field "percentage_music"; extra passes a field on as it is'],
  ])('that cannot be sent is a TypeError: %#', (fields, expected) => {
    expect(() => read(fields)).toThrow(TypeError);
    expect(() => read(fields)).toThrow(expected);
  });
});
