import { describe, expect, it } from 'vitest';
import { OWNER_TOKEN } from '../emulator/start.ts';
import { clientOf } from '../support/client.ts';
import { modes } from '../support/modes.ts';
import { sent } from '../support/sent.ts';
import { thrown } from '../support/thrown.ts';
import { newWorld } from '../support/world.ts';

describe.each(modes)('keys ($mode)', ({ Mixcloud }) => {
  it.each([
    ['bob', '/bob/'],
    ['/bob/', '/bob/'],
    ['bob/', '/bob/'],
    ['/bob', '/bob/'],
    ['//bob//', '/bob/'],
    ['luke/a-nice-mix', '/luke/a-nice-mix/'],
    ['/luke/a-nice-mix/', '/luke/a-nice-mix/'],
    ['https://www.mixcloud.com/luke/a-nice-mix/', '/luke/a-nice-mix/'],
    ['https://www.mixcloud.com/luke/a-nice-mix', '/luke/a-nice-mix/'],
    ['http://www.mixcloud.com/bob', '/bob/'],
    ['https://www.mixcloud.com/bob/?utm_source=copied#top', '/bob/'],
    ['NTWRadioWorks', '/NTWRadioWorks/'],
  ])('%s is accepted as people copy it', async (key, path) => {
    const world = await newWorld();
    expect((await clientOf(Mixcloud, world).get(key)).key).toBe(path);
    expect(await sent(world)).toEqual([`GET ${path}?metadata=1`]);
  });

  it('is read from a page URL under the mixcloudRoot of the client, path and all', async () => {
    const world = await newWorld({ mixcloudRoot: '/www' });
    const mixcloud = clientOf(Mixcloud, world);
    expect((await mixcloud.get(`${world.origin}/www/luke/a-nice-mix/`)).key).toBe('/luke/a-nice-mix/');
    for (const url of ['https://www.mixcloud.com/bob/', `${world.origin}/bob/`, 'https://elsewhere.example/bob/']) {
      const error = await thrown(TypeError, () => mixcloud.get(url));
      expect(error.message).toContain('relative: false');
    }
  });

  it.each(['Νυχτερινός', 'тихий_океан', 'רדיו-מדבר', '夜雨电台', '달빛방송', 'Łódź-Nocą', 'smörgås'])(
    '%s works encoded or not, and as its page URL',
    async (name) => {
      const world = await newWorld();
      const mixcloud = clientOf(Mixcloud, world);
      const encoded = `/${encodeURIComponent(name)}/`;
      const bare = await mixcloud.get(name);
      expect(bare.username).toBe(name);
      expect(bare.key).toBe(encoded);
      expect((await mixcloud.get(bare.key)).username).toBe(name);
      expect((await mixcloud.get(bare.url)).username).toBe(name);
      expect(new Set(await sent(world))).toEqual(new Set([`GET ${encoded}?metadata=1`]));
    },
  );

  it('with signs that mean something in a URL stays under its root', async () => {
    const world = await newWorld();
    const mixcloud = clientOf(Mixcloud, world);
    for (const key of ['a?b=c', 'a#b', 'a b', 'a%b', 'a\\b', 'a;b', 'a%3Fb']) await mixcloud.get(key);
    expect((await sent(world)).map((line) => decodeURIComponent(line.replace(/\?metadata=1$/, '')))).toEqual([
      'GET /a?b=c/',
      'GET /a#b/',
      'GET /a b/',
      'GET /a%b/',
      'GET /a\\b/',
      'GET /a;b/',
      'GET /a?b/',
    ]);
    expect((await world.requests()).every(({ url }) => url.endsWith('/?metadata=1'))).toBe(true);
  });

  it.each([
    '..',
    '.',
    '../secret',
    'bob/../peter',
    'bob/%2e%2e/peter',
    'bob/%2E%2e',
    'bob//peter',
    'bob%2Fpeter',
    'bob\nX: 1',
    'bob\0',
    'bob%00',
    'bob\u2028',
    '\ud800',
    '',
    '/',
    ' ',
    'https://elsewhere.example/bob/',
    'https://www.mixcloud.com.elsewhere.example/bob/',
    'https://www.mixcloud.com/',
    'https://www.mixcloud.com/bob/../peter/',
  ])('%j is refused before anything is sent', async (key) => {
    const world = await newWorld();
    const mixcloud = clientOf(Mixcloud, world, { accessToken: OWNER_TOKEN });
    expect((await thrown(TypeError, () => mixcloud.get(key))).message).toMatch(/^key: /);
    expect((await thrown(TypeError, () => mixcloud.follow(key))).message).toMatch(/^user: /);
    expect((await thrown(TypeError, () => mixcloud.favorite(key))).message).toMatch(/^cloudcast: /);
    expect((await thrown(TypeError, () => mixcloud.embedHtml(key))).message).toMatch(/^cloudcast: /);
    expect((await thrown(TypeError, () => mixcloud.oembed(key))).message).toMatch(/^key: /);
    expect((await thrown(TypeError, () => mixcloud.edit(key, { name: 'x' }))).message).toMatch(/^key: /);
    expect((await thrown(TypeError, () => mixcloud.getMany(['bob', key]))).message).toMatch(/^keys\[1\]: /);
    expect(await world.requests()).toEqual([]);
  });

  it.each([undefined, null, 7, {}, [['bob']]])('%j is not one', async (key) => {
    const world = await newWorld();
    const mixcloud = clientOf(Mixcloud, world);
    const error = await thrown(TypeError, () => mixcloud.get(key as never));
    expect(error.message).toContain("key: expected a key such as 'bob'");
    expect(await world.requests()).toEqual([]);
  });

  it('//host is a user of that name, not a host', async () => {
    const world = await newWorld();
    const response = await clientOf(Mixcloud, world).get('//elsewhere.example');
    expect(response.error.message).toBe('User does not exist.');
    expect(await sent(world)).toEqual(['GET /elsewhere.example/?metadata=1']);
  });
});
