import { type EmbedOptions, MixcloudError } from 'mixcloud-client';
import { describe, expect, it } from 'vitest';
import { OWNER_TOKEN } from '../emulator/start.ts';
import { clientOf } from '../support/client.ts';
import { modes } from '../support/modes.ts';
import { onlyQuery, sent } from '../support/sent.ts';
import { thrown } from '../support/thrown.ts';
import { newWorld } from '../support/world.ts';

const PAGE = 'https://www.mixcloud.com/luke/a-nice-mix/';

describe.each(modes)('embedding ($mode)', ({ Mixcloud }) => {
  it('embedJson gives what the API says', async () => {
    const world = await newWorld();
    const response = await clientOf(Mixcloud, world).embedJson('luke/a-nice-mix');
    expect(response.html).toMatch(/^<iframe .*luke%2Fa-nice-mix/);
    expect(await sent(world)).toEqual(['GET /luke/a-nice-mix/embed-json/']);
  });

  it('embedHtml gives HTML as a string', async () => {
    const world = await newWorld();
    const html = await clientOf(Mixcloud, world).embedHtml('luke/a-nice-mix');
    expect(html).toMatch(/^<iframe .*<\/iframe>$/);
    expect(await sent(world)).toEqual(['GET /luke/a-nice-mix/embed-html/']);
  });

  describe('oembed', () => {
    it('asks for JSON by default', async () => {
      const world = await newWorld();
      const response = await clientOf(Mixcloud, world).oembed('luke/a-nice-mix');
      expect([response.title, response.author_name, response.version]).toEqual(['A Nice Mix', 'Luke', '1.0']);
      expect(await onlyQuery(world)).toEqual({ url: PAGE, format: 'json' });
    });

    it('gives the text of XML', async () => {
      const world = await newWorld();
      const xml = await clientOf(Mixcloud, world).oembed('luke/a-nice-mix', { format: 'xml' });
      expect(xml).toMatch(/^<\?xml .*<title>A Nice Mix<\/title>/s);
      expect(await onlyQuery(world)).toEqual({ url: PAGE, format: 'xml' });
    });

    it.each(['html', '', 7])('refuses the format %j', async (format) => {
      const world = await newWorld();
      const mixcloud = clientOf(Mixcloud, world);
      const { message } = await thrown(TypeError, () =>
        mixcloud.oembed('luke/a-nice-mix', { format: format as 'xml' }),
      );
      expect(message).toContain("format: expected 'json' or 'xml'");
      expect(await world.requests()).toEqual([]);
    });

    it('names pages of any script', async () => {
      const world = await newWorld();
      const mixcloud = clientOf(Mixcloud, world);
      const [mix] = await (await mixcloud.get('夜雨电台')).cloudcasts();
      await world.clearRequests();
      expect((await mix?.oembed())?.title).toBe(mix?.name);
      expect((await onlyQuery(world)).url).toBe(mix?.url);
    });
  });

  it.each<[EmbedOptions, Record<string, string>]>([
    [{ width: 300 }, { width: '300' }],
    [{ height: 120 }, { height: '120' }],
    [{ width: '100%' }, { width: '100%' }],
    [{ color: 'ff8800' }, { color: 'ff8800' }],
    [{ color: '#FF8800' }, { color: 'FF8800' }],
    [
      { width: 640, height: 400, color: '#0a0b0c' },
      { width: '640', height: '400', color: '0a0b0c' },
    ],
  ])('%j is the look of all three', async (display, params) => {
    const world = await newWorld();
    const mixcloud = clientOf(Mixcloud, world);
    const { html } = await mixcloud.embedJson('luke/a-nice-mix', display);
    expect(await mixcloud.embedHtml('luke/a-nice-mix', display)).toBe(html);
    expect((await mixcloud.oembed('luke/a-nice-mix', display)).html).toBe(html);
    for (const { url } of await world.requests()) {
      expect(Object.fromEntries(new URL(url, world.origin).searchParams)).toMatchObject(params);
    }
    if (display.width) expect(html).toContain(`width="${display.width}"`);
    if (display.color) expect(html).toContain(params.color);
  });

  it.each([
    [RangeError, { width: 0 }, 'width: must be a whole number'],
    [RangeError, { height: -5 }, 'height: must be a whole number'],
    [RangeError, { width: 1.5 }, 'width: must be a whole number'],
    [TypeError, { width: '50%' }, 'width: expected a number of pixels or \'100%\', but got "50%"'],
    [TypeError, { color: 'red' }, 'color: expected six hexadecimal digits such as \'ff8800\', but got "red"'],
    [TypeError, { color: '##ff8800' }, 'color: expected six hexadecimal digits'],
    [TypeError, { color: 0xff8800 }, 'color: expected six hexadecimal digits'],
    [TypeError, { colour: 'ff8800' }, 'unknown option "colour", did you mean "color"?'],
  ])('is refused with a %o for %j', async (type, display, message) => {
    const world = await newWorld();
    const mixcloud = clientOf(Mixcloud, world);
    const calls = [
      () => mixcloud.embedJson('luke/a-nice-mix', display as EmbedOptions),
      () => mixcloud.embedHtml('luke/a-nice-mix', display as EmbedOptions),
      () => mixcloud.oembed('luke/a-nice-mix', display as EmbedOptions),
    ];
    for (const call of calls) expect((await thrown<Error>(type, call)).message).toContain(message);
    expect(await world.requests()).toEqual([]);
  });

  it('is done by a resource too, loaded or not', async () => {
    const mixcloud = clientOf(Mixcloud, await newWorld());
    const [first] = await mixcloud.popular({ limit: 1 });
    expect(first?.full).toBe(false);
    expect(await first?.embedHtml({ width: 300 })).toBe(await mixcloud.embedHtml('chris/funky-mix', { width: 300 }));
    expect((await first?.embedJson())?.html).toContain('<iframe');
    expect((await first?.oembed({ height: 60 }))?.html).toContain('height="60"');
    expect(await first?.oembed({ format: 'xml' })).toContain('<oembed>');
  });

  it('is asked without the access token, which it does not need', async () => {
    const world = await newWorld();
    const mixcloud = clientOf(Mixcloud, world, { accessToken: OWNER_TOKEN });
    await mixcloud.oembed('luke/a-nice-mix');
    await mixcloud.embedJson('luke/a-nice-mix');
    await mixcloud.embedHtml('luke/a-nice-mix');
    expect((await sent(world)).join()).not.toContain(OWNER_TOKEN);
  });

  it('reports errors of the API, which are JSON even where text was asked for', async () => {
    const world = await newWorld();
    const mixcloud = clientOf(Mixcloud, world);
    expect((await mixcloud.embedJson('luke/gone')).error.type).toBe('ResourceNotFoundException');
    const html = await thrown(MixcloudError, () => mixcloud.embedHtml('luke/gone'));
    expect([html.type, html.status]).toEqual(['ResourceNotFoundException', 404]);
    await thrown(MixcloudError, () => mixcloud.oembed('luke/gone', { format: 'xml' }));
    const raising = clientOf(Mixcloud, world, { raiseExceptions: true });
    for (const call of [
      () => raising.embedJson('luke/gone'),
      () => raising.embedHtml('luke/gone'),
      () => raising.oembed('luke/gone', { format: 'xml' }),
    ]) {
      expect((await thrown(MixcloudError, call)).status).toBe(404);
    }
  });
});
