import { describe, expect, it, vi } from 'vitest';
import { parseFileLike } from '../../src/shared/input/file-like.ts';

const read = (value: unknown) => parseFileLike('mp3', value, 'audio/mpeg');

describe('readFileSource', () => {
  it.each<readonly [unknown, string]>([
    ['show.mp3', 'show.mp3'],
    ['/music/a b/ä?#.mp3', '/music/a b/ä?#.mp3'],
    ['file:///music/a%20b/%C3%A4.mp3', '/music/a b/ä.mp3'],
    [new URL('file:///music/a%20b.mp3'), '/music/a b.mp3'],
  ])('takes the path %s', (input, path) => {
    expect(read(input)).toMatchObject({ from: 'path', path });
  });

  it('looks for a relative path in the folder of the call', () => {
    expect(read('show.mp3')).toEqual({ from: 'path', path: 'show.mp3', cwd: process.cwd() });
  });

  it.each([
    ['https://example.com/show.mp3', 'download it first'],
    ['HTTP://example.com/show.mp3', 'download it first'],
    ['~/show.mp3', 'give join(os.homedir(), "show.mp3")'],
  ])('names the form that is meant by %s', (input, expected) => {
    expect(() => read(input)).toThrow(TypeError);
    expect(() => read(input)).toThrow(expected);
  });

  it('takes bytes as they are', () => {
    const bytes = new Uint8Array([1, 2, 3]);
    expect(read(bytes)).toEqual({ from: 'bytes', bytes, filename: 'mp3', type: 'audio/mpeg' });
    const buffer = Buffer.from('abc');
    expect(read(buffer)).toMatchObject({ from: 'bytes', bytes: buffer });
  });

  it('takes what a Blob or File says about itself', () => {
    const blob = new Blob(['abc']);
    expect(read(blob)).toEqual({ from: 'blob', blob, filename: 'mp3', type: 'audio/mpeg' });
    const file = new File(['abc'], 'a show.ogg', { type: 'audio/ogg' });
    expect(read(file)).toEqual({ from: 'blob', blob: file, filename: 'a show.ogg', type: 'audio/ogg' });
    const nameless = new File(['abc'], '');
    expect(read(nameless)).toMatchObject({ filename: 'mp3' });
  });

  it('takes an absolute path in a folder that was deleted', () => {
    vi.spyOn(process, 'cwd').mockImplementationOnce(() => {
      throw new Error('ENOENT: no such file or directory, uv_cwd');
    });
    expect(read('/music/show.mp3')).toEqual({ from: 'path', path: '/music/show.mp3', cwd: '/' });
  });

  it.each<readonly [string, unknown]>([
    ['no path', ''],
    ['a path with a null character', 'a\0b.mp3'],
    ['a URL with a null character', 'file:///a%00b.mp3'],
    ['a URL of another kind', new URL('https://example.com/show.mp3')],
    ['a URL of another machine', 'file://server/show.mp3'],
    ['a URL that is none', 'file://['],
    ['a URL with an encoded slash', 'file:///a%2Fb.mp3'],
    ['a URL that cannot be decoded', 'file:///a%ff.mp3'],
    ['null', null],
    ['undefined', undefined],
    ['a number', 5],
    ['an array', [1, 2, 3]],
    ['an object', { path: 'show.mp3' }],
    ['an ArrayBuffer', new ArrayBuffer(3)],
    ['other numbers than bytes', new Uint16Array(3)],
    ['a promise', Promise.resolve('show.mp3')],
  ])('refuses %s', (_name, value) => {
    expect(() => read(value)).toThrow(TypeError);
    expect(() => read(value)).toThrow(/^mp3: /);
  });
});
