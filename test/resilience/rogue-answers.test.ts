import {
  type Mixcloud,
  MixcloudConnectionError,
  MixcloudDecodeError,
  MixcloudError,
  type ResourceList,
} from 'mixcloud-client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AWKWARD_TOKEN, OWNER_TOKEN } from '../emulator/start.ts';
import { modes } from '../support/modes.ts';
import { thrown } from '../support/thrown.ts';
import { run } from '../sync/run-script.ts';
import { Rogue } from './rogue.ts';
import { leak, shown } from './shown.ts';

const JSON_TYPE = 'Content-Type: application/json';
const DEEP = 20_000;

/** What a reader of a log makes of it: escapes of JSON, percent-encoding and entities are undone. */
function decodeAll(text: string): string {
  return text
    .replace(/\\u([\da-f]{4})/gi, (_match, code) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/&#x([\da-f]+);/gi, (_match, code) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replace(/&#(\d+);/g, (_match, code) => String.fromCodePoint(Number(code)))
    .replace(/(?:%[\da-f]{2})+/gi, (bytes) => Buffer.from(bytes.replaceAll('%', ''), 'hex').toString());
}

describe.each(modes)('answers that no server of good will gives ($mode)', ({ mode, Mixcloud }) => {
  let rogue: Rogue;
  let mixcloud: Mixcloud;

  beforeAll(async () => {
    rogue = await Rogue.start();
  });
  beforeEach(() => {
    const options = { accessToken: AWKWARD_TOKEN, raiseExceptions: true, retries: 0, timeout: 10_000 };
    mixcloud = new Mixcloud({ apiRoot: rogue.origin, ...options });
  });
  afterEach(() => mixcloud.close());
  afterAll(() => rogue.stop());

  it.each([
    ['values without a text', '{"mp3": [{"toString": 1, "valueOf": 1}], "name": {"toString": null}}'],
    ['values nested deeply', `{"mp3": ${'['.repeat(DEEP)}${']'.repeat(DEEP)}}`],
    ['a hostile field', '{"__proto__": ["no"], "constructor": "no"}'],
  ])('an error whose details have %s is still an error of the API', async (_what, details) => {
    await rogue.responses({
      status: '400 Bad Request',
      headers: [JSON_TYPE],
      body: `{"error": {"type": "UploadException", "message": "No."}, "details": ${details}}`,
    });
    const error = await thrown(MixcloudError, () => mixcloud.get('bob'));
    expect(error).toMatchObject({ type: 'UploadException', message: 'No.', status: 400 });
    expect(
      Object.values(error.details)
        .flat()
        .every((text) => typeof text === 'string'),
    ).toBe(true);
    expect(shown(error)).toContain('No.');
  });

  it('an error nested deeply is still an error of the API', async () => {
    const deep = `${'{"a":'.repeat(DEEP)}1${'}'.repeat(DEEP)}`;
    await rogue.responses({ status: '400 Bad Request', body: `{"error": {"message": "No.", "deep": ${deep}}}` });
    const error = await thrown(MixcloudError, () => mixcloud.get('bob'));
    expect(error.message).toBe('No.');
    expect(String(error)).toMatch(/^MixcloudError: No\./);
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({ message: 'No.', extra: { deep: {} } });
    await rogue.responses({ status: '400 Bad Request', body: `{"error": {"message": "No."}, "details": ${deep}}` });
    const other = await thrown(MixcloudError, () => mixcloud.get('bob'));
    expect(JSON.parse(JSON.stringify({ error: other })).error).toMatchObject({ message: 'No.' });
    const returning = new Mixcloud({ apiRoot: rogue.origin });
    expect(JSON.parse(JSON.stringify(await returning.get('bob')))).toMatchObject({ error: { message: 'No.' } });
    await returning.close();
  });

  it('pages of items nested deeply are walked to their end', async () => {
    const item = `${'['.repeat(DEEP)}${']'.repeat(DEEP)}`;
    await rogue.responses({ body: `{"data": [${item}], "paging": {"next": "${rogue.origin}/bob/followers/?page=2"}}` });
    const list = (await mixcloud.get('bob/followers')) as unknown as ResourceList;
    let count = 0;
    for await (const _item of list.all({ limit: 10 })) count += 1;
    expect(count).toBe(1);
  });

  it('a token is shown in no way that JSON and headers can write it', async () => {
    await rogue.responses({
      headers: ['Content-Type: text/{token}', 'X-Token: {token}', 'Location: /{token}'],
      body: '<p>{token}',
    });
    mixcloud.accessToken = OWNER_TOKEN;
    const error = await thrown(MixcloudDecodeError, () => mixcloud.get('bob'));
    expect(error.contentType).toBe('text/[redacted]');
    expect(leak(shown(error), OWNER_TOKEN)).toBeUndefined();

    const escaped = JSON.stringify(AWKWARD_TOKEN).replaceAll('/', '\\/');
    await rogue.responses({ body: `{"type": "user", "key": "/bob/", "token": ${escaped}, ${escaped}: 1}` });
    mixcloud.accessToken = AWKWARD_TOKEN;
    expect(leak(shown(await mixcloud.get('bob')), AWKWARD_TOKEN)).toBeUndefined();
  });

  it.each(['unicode', 'percent', 'entities', 'hex-entities', 'ascii'])(
    'a token is shown by nothing when a server writes it as %s',
    async (writing) => {
      for (const accessToken of [OWNER_TOKEN, 'Über-token-"of"-𝄞/a+b']) {
        mixcloud.accessToken = accessToken;
        await rogue.responses({ body: `{"type": "user", "key": "/bob/", "biog": "<a {token:${writing}}>"}` });
        const user = await mixcloud.get('bob');
        expect(user.data.biog).toBe('<a [redacted]>');
        await rogue.responses({
          status: '400 Bad Request',
          body: `{"error": {"type": "E", "message": "No {token:${writing}}.", "got": ["{token:${writing}}"]}}`,
        });
        const error = await thrown(MixcloudError, () => mixcloud.get('bob'));
        expect(error.message).toBe('No [redacted].');
        expect(error.extra).toEqual({ got: ['[redacted]'] });
        await rogue.responses({ status: '500 Oops', body: `<p>{token:${writing}}</p>` });
        const unreadable = await thrown(MixcloudDecodeError, () => mixcloud.get('bob'));
        expect(unreadable.excerpt).toBe('<p>[redacted]</p>');
        for (const value of [user, error, unreadable]) {
          const text = shown(value);
          expect(leak(text, accessToken)).toBeUndefined();
          // Nor does what somebody decodes from it.
          expect(leak(decodeAll(text), accessToken)).toBeUndefined();
        }
      }
    },
  );

  it('a token is not shown as the name of a host, which is in lower case', async () => {
    await rogue.responses({ status: '302 Found', headers: ['Location: https://{token}.example/'], body: '' });
    mixcloud.accessToken = 'AnotherTokenOfATest';
    const error = await thrown(MixcloudConnectionError, () => mixcloud.get('bob'));
    expect(error.code).toBe('ERR_MIXCLOUD_REDIRECT');
    expect(shown(error)).not.toMatch(/anothertoken/i);
  });

  it.each(['\ud800a-token-with-half-of-a-letter', 'short', '[redacted]', '$&', 'access_token='])(
    'a token that is odd makes no trouble (%j)',
    async (accessToken) => {
      await rogue.responses({ body: '{"type": "user", "key": "/bob/", "city": "London"}' });
      mixcloud.accessToken = accessToken;
      expect(await mixcloud.me()).toHaveProperty('city', 'London');
    },
  );

  it.each([
    '{"type": "user"}',
    '{"type": "user", "key": null}',
    '{"type": "user", "key": {"toString": 1}}',
    '{"type": "user", "key": ["bob"]}',
  ])('a resource without a key asks for nothing in another name: %s', async (body) => {
    await rogue.responses({ body });
    const resource = await mixcloud.get('bob');
    await rogue.responses({ body: '{"data": []}' });
    for (const call of [
      () => resource.connection('followers'),
      () => resource.follow(),
      () => resource.edit({ name: 'x' }),
      () => resource.oembed(),
    ]) {
      expect((await thrown(TypeError, call)).message).toMatch(/key|user|cloudcast/);
    }
    // What the API sent cannot be loaded: its fault, not the caller's.
    expect((await thrown(MixcloudError, () => resource.load({ force: true }))).message).toMatch(/no usable key/);
  });

  it('a connection that is named like a member of every object is one under the key', async () => {
    await rogue.responses({ body: '{"type": "user", "key": "/bob/", "metadata": {"connections": {}}}' });
    const resource = await mixcloud.get('bob');
    await rogue.responses({ body: '{"data": [], "name": "found"}' });
    for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
      expect(await resource.connection(name)).toHaveProperty('name', 'found');
    }
  });

  it('an answer with an odd head is read, or an error of its own', async () => {
    for (const status of ['999 What', '099 What', '20 What', '200 OK\r\nContent-Length: 1\r\nContent-Length: 2']) {
      await rogue.responses({ status, body: '{"type": "user", "key": "/bob/"}' });
      let settled: unknown;
      try {
        settled = await mixcloud.get('bob');
      } catch (error) {
        settled = error;
      }
      if (settled instanceof Error) expect(settled).toBeInstanceOf(MixcloudError);
      else expect(settled).toHaveProperty('key', '/bob/');
    }
  });

  it('a body of bytes in chunks of their own takes no more memory than another', { timeout: 60_000 }, async () => {
    await rogue.responses({ dribbled: 5_000_000 });
    const script = new URL('scripts/dribbled.mjs', import.meta.url).pathname;
    const flags = ['--max-old-space-size=128'];
    const env = { ORIGIN: rogue.origin, MODE: mode };
    const reports = await run<{ length: number; rss: number }>({ script, env, flags, watchdog: 50 });
    expect(reports.length).toBe(5_000_000);
    expect(reports.rss).toBeLessThan(300);
  });

  it('a connection that is refused after an answer is an error of its own', async () => {
    const other = await Rogue.start();
    await other.responses({ body: '{"type": "user", "key": "/bob/"}' });
    const client = new Mixcloud({ apiRoot: other.origin, retries: 0 });
    expect(await client.get('bob')).toHaveProperty('key', '/bob/');
    await other.stop();
    await thrown(MixcloudConnectionError, () => client.get('bob'));
    await client.close();
  });
});
