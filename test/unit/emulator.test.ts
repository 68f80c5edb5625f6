import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import { Agent, ProxyAgent } from 'undici';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Answer, Caller, type CallOptions } from '../emulator/caller.ts';
import * as emulated from '../emulator/start.ts';
import { eventually } from '../support/eventually.ts';

let emulator: emulated.Emulator;
let world: emulated.WorldHandle;
let caller: Caller;

beforeAll(async () => {
  emulator = await emulated.startEmulator();
});
beforeEach(async () => {
  world = await emulator.world();
  caller = new Caller(world.origin);
  return async () => {
    await caller.close();
    await world.close();
  };
});
afterAll(() => emulator.stop());

const call = (target: string, options?: CallOptions) => caller.call(target, options);
const status = async (target: string, options?: CallOptions) => (await call(target, options)).status;
const get = (target: string, options?: CallOptions) => caller.get(target, options);
const keys = (target: string) => caller.keys(target);
const post = async (target: string, fields: Record<string, string | Buffer>) =>
  JSON.parse((await caller.post(target, fields)).text) as Answer;

const asOwner = `access_token=${emulated.OWNER_TOKEN}`;
const asBob = `access_token=${encodeURIComponent(emulated.AWKWARD_TOKEN)}`;
const MP3 = Buffer.concat([Buffer.from('ID3'), Buffer.alloc(100_000, 7)]);

describe('transport', () => {
  it('answers with indented ASCII under the content type of the API', async () => {
    const { headers, text } = await call(`/${encodeURIComponent('Νυχτερινός')}/?metadata=1`);
    expect(headers).toMatchObject({ 'content-type': 'text/javascript; charset=utf-8', vary: 'Accept-Encoding' });
    expect(headers['x-request-id']).toMatch(/^[0-9a-f]{32}$/);
    expect(text).toMatch(/^\{\n {4}"key": "\/%CE%9D/);
    expect(text).toMatch(/^[\x20-\x7e\n]+$/);
    expect(JSON.parse(text)).toMatchObject({ username: 'Νυχτερινός', name: 'Νυχτερινός Σταθμός', type: 'user' });
  });

  it('redirects a GET without the slash, keeping the query', async () => {
    const { status, headers, text } = await call('/bob/cloudcasts?limit=2&metadata=1');
    expect([status, headers.location, text]).toEqual([301, '/bob/cloudcasts/?limit=2&metadata=1', '']);
  });

  it('compresses when asked to, unless told not to', async () => {
    const plain = await call('/popular/');
    expect(plain.headers['content-encoding']).toBeUndefined();
    const undo = { gzip: gunzipSync, deflate: inflateSync, br: brotliDecompressSync };
    for (const [coding, decompress] of Object.entries(undo)) {
      const { headers, bytes } = await call('/popular/', { headers: { 'accept-encoding': coding } });
      expect(headers['content-encoding']).toBe(coding);
      expect(decompress(bytes).equals(plain.bytes)).toBe(true);
    }
    await world.configure({ compression: false });
    const { headers } = await call('/popular/', { headers: { 'accept-encoding': 'gzip' } });
    expect(headers['content-encoding']).toBeUndefined();
  });

  it('is the same in every world', async () => {
    const other = await emulator.world();
    expect((await get('/popular/hot/')).data).toEqual((await get(`${other.origin}/popular/hot/`)).data);
    await other.close();
  });
});

describe('objects', () => {
  it('keeps the order of keys and leaves unset ones out', async () => {
    const user = await get('/BOB/?metadata=1');
    expect(Object.keys(user).join()).toBe(
      'key,url,name,username,pictures,biog,created_time,updated_time,follower_count,following_count,cloudcast_count,' +
        'favorite_count,listen_count,is_pro,is_premium,city,country,cover_pictures,picture_primary_color,type,metadata',
    );
    expect(user).toMatchObject({ key: '/bob/', url: 'https://www.mixcloud.com/bob/', city: 'London' });
    expect(user.created_time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(user.metadata.connections.followers).toBe(`${world.origin}/bob/followers/`);
    const bare = await get('/silentnewcomer/');
    expect(bare.username).toBe('SilentNewcomer');
    for (const unset of ['city', 'country', 'type', 'metadata']) expect(bare).not.toHaveProperty(unset);
  });

  it('shows more of a cloudcast alone than in a list', async () => {
    const item = (await get('/popular/?metadata=1')).data.find(({ key }) => key === '/chris/funky-mix/');
    const short =
      'key,url,name,tags,created_time,updated_time,play_count,favorite_count,comment_count,listener_count,repost_count,' +
      'pictures,slug,user,audio_length';
    expect(Object.keys(item ?? {}).join()).toBe(`${short},type`);
    expect(item).toMatchObject({ user: { type: 'user' }, tags: [{ type: 'tag' }, { type: 'tag' }] });
    const alone = await get('/chris/funky-mix/?metadata=1');
    expect(Object.keys(alone).join()).toBe(`${short},description,sections,picture_primary_color,type,metadata`);
    const [similar] = await keys('/someuser/somemix/similar/?metadata=1');
    expect(await get(`${similar}?metadata=1`)).toHaveProperty('picture_primary_color');
  });

  it('encodes keys and keeps slugs raw', async () => {
    const [show] = (await get(`/search/?q=${encodeURIComponent('雨夜')}&type=cloudcast`)).data;
    expect(show?.slug).toMatch(/^雨夜-\d$/);
    expect(show?.key).toMatch(/\/%E9%9B%A8%E5%A4%9C-\d\/$/);
    expect(await get(show?.key ?? '')).toMatchObject({ slug: show?.slug });
  });

  it('adds what a token sees', async () => {
    expect(await get(`/bob/?${asOwner}`)).toMatchObject({ is_current_user: false, following: false });
    const me = await get(`/me/?metadata=1&${asOwner}`);
    expect(me).toMatchObject({ key: '/stationowner/', is_current_user: true });
    expect(me.metadata.connections).toHaveProperty('listen-later', `${world.origin}/stationowner/listen-later/`);
    expect((await get(`/popular/?${asBob}`)).data[0]).toHaveProperty('favorited');
  });

  it('knows tags and cities, under old addresses too', async () => {
    for (const path of ['/genres/funk/', '/tag/funk/', '/discover/funk/']) {
      expect(await get(`${path}?metadata=1`)).toMatchObject({ key: '/genres/funk/', name: 'Funk shows', type: 'tag' });
    }
    const { metadata } = await get('/genres/funk+city:athens/?metadata=1');
    expect(metadata.connections.popular).toBe(`${world.origin}/genres/funk+city:athens/popular/`);
    expect(await keys('/genres/funk+city:athens/popular/')).toContain('/luke/a-nice-mix/');
    expect((await keys('/genres/city:athens/latest/')).length).toBeGreaterThan(3);
  });
});

describe('lists', () => {
  it('walks by date: previous on every page, next on all but the last', async () => {
    const { keys, pages } = await caller.walk('/archive/cloudcasts/?limit=100&metadata=1');
    expect(new Set(keys).size).toBe(emulated.ARCHIVE_SIZE);
    expect(pages.every(({ paging }) => paging?.previous)).toBe(true);
    const next = /\/archive\/cloudcasts\/\?limit=100&metadata=1&until=\d{4}-\d\d-\d\d\+\d\d%3A\d\d%3A\d\d$/;
    expect(pages[0]?.paging?.next).toMatch(next);
    expect(await get(pages[0]?.paging?.previous ?? '')).toEqual({ data: [], name: "The Long Archive's Cloudcasts" });
    expect((await get(pages[3]?.paging?.previous ?? '')).data).toEqual(pages[2]?.data);
  });

  it('walks by offset: no previous at the start, no next at the end', async () => {
    const { keys, pages } = await caller.walk('/archive/cloudcasts/?limit=100&offset=0');
    expect(new Set(keys).size).toBe(emulated.ARCHIVE_SIZE);
    expect([pages[0]?.paging?.previous, pages.at(-1)?.paging?.next]).toEqual([undefined, undefined]);
    const { data, paging, name } = await get('/popular/?offset=5000');
    const previous = `${world.origin}/popular/?limit=20&offset=4980`;
    expect([data, paging, name]).toEqual([[], { previous }, 'Popular Cloudcasts']);
  });

  it('follows relations whose times stand on no item', async () => {
    for (const path of ['/peter/followers/', '/bob/favorites/', '/spartacus/following/', '/alice/feed/']) {
      const { keys, pages } = await caller.walk(`${path}?limit=7`);
      expect(pages.length).toBeGreaterThan(3);
      expect(new Set(keys).size).toBe(keys.length);
    }
    expect(await get('/peter/followers/')).toHaveProperty('name', "Peter's followers");
    expect(await get('/peter/following/')).not.toHaveProperty('name');
    expect((await get('/bob/listens/')).data[0]).toHaveProperty('listen_time');
    expect(await get('/silentnewcomer/favorites/')).toEqual({ data: [], name: "Silent Newcomer's favorites" });
  });

  it('takes twenty by default and a hundred at most, and dates in both spellings', async () => {
    expect((await keys('/archive/cloudcasts/')).length).toBe(20);
    expect((await keys('/archive/cloudcasts/?limit=5000')).length).toBe(100);
    const seconds = Date.parse('2022-01-01T00:00:00Z') / 1000;
    const spelt = await keys('/archive/cloudcasts/?until=2022-01-01+00%3A00%3A00');
    expect(await keys(`/archive/cloudcasts/?until=${seconds}`)).toEqual(spelt);
    expect(await status('/archive/cloudcasts/?until=2022-02-30+00%3A00%3A00')).toBe(400);
  });

  it('keeps other parameters in links, the token as it was sent', async () => {
    const { paging } = await get(`/me/favorites/?x=%C3%A9&limit=1&${asBob}`);
    const params = Object.fromEntries(new URL(paging?.next ?? '').searchParams);
    expect(params).toMatchObject({ access_token: emulated.AWKWARD_TOKEN, x: 'é', limit: '1' });
  });

  it('searches', async () => {
    expect(await keys('/search/?q=john&type=user')).toEqual(['/John_Tide/', '/LittleJohnny/']);
    expect(await get('/search/?q=jazz&type=tag')).toEqual({ data: [expect.objectContaining({ name: 'Jazz' })] });
    expect((await keys('/search/?q=metal&offset=90&limit=30')).length).toBe(30);
    expect(await status('/search/?q=x&type=planet')).toBe(400);
  });
});

describe('errors', () => {
  it.each([
    ['/nobody-at-all/', 404, 'ResourceNotFoundException', 'User does not exist.'],
    ['/me/', 400, 'OAuthException', 'An access_token is required to access this resource.'],
    [`/bob/?access_token=${emulated.REVOKED_TOKEN}`, 400, 'OAuthException', 'An invalid access token was provided'],
    ['/bob/no-such-show/', 404, 'ResourceNotFoundException', 'Cloudcast does not exist.'],
  ])('%s: %i', async (path, expected, type, message) => {
    const answer = await call(path);
    expect([answer.status, JSON.parse(answer.text)]).toEqual([expected, { error: { message, type } }]);
  });

  it('limits the rate and recovers', async () => {
    await world.configure({ rateLimit: { after: 2, retryAfter: 0.2 } });
    expect([await status('/bob/'), await status('/bob/')]).toEqual([200, 200]);
    const { status: refusal, headers, text } = await call('/bob/');
    expect([refusal, headers['retry-after']]).toEqual([403, '0.2']);
    expect(JSON.parse(text).error).toMatchObject({ type: 'RateLimitException', retry_after: 0.2 });
    await new Promise((resolve) => setTimeout(resolve, 220));
    expect(await status('/bob/')).toBe(200);
  });
});

describe('writing', () => {
  it('keeps follows and marks', async () => {
    const follow = `/bob/follow/?${asOwner}`;
    const before = Number((await get('/bob/')).follower_count);
    expect(await status(follow, { method: 'DELETE' })).toBe(404);
    expect(await get(follow, { method: 'POST' })).toEqual({ result: { message: 'Now following bob', success: true } });
    expect(await get(`/bob/?${asOwner}`)).toMatchObject({ following: true, follower_count: before + 1 });
    expect((await keys('/bob/followers/'))[0]).toBe('/stationowner/');
    expect(await status(follow, { method: 'DELETE' })).toBe(200);
    for (const action of ['favorite', 'repost', 'listen-later']) {
      await call(`/luke/a-nice-mix/${action}/?${asOwner}`, { method: 'POST' });
    }
    const marks = { favorited: true, reposted: true, is_listen_later: true };
    expect(await get(`/luke/a-nice-mix/?${asOwner}`)).toMatchObject(marks);
    const { favorites, reposts, listenLater } = await world.state('stationowner');
    expect([favorites, reposts, listenLater]).toEqual(Array(3).fill(['/luke/a-nice-mix/']));
    expect(await keys(`/me/listen-later/?${asOwner}`)).toEqual(['/luke/a-nice-mix/']);
  });

  it('takes an upload, serves it, and edits it', async () => {
    const chapter = { 'sections-0-chapter': 'One', 'sections-0-start_time': '0' };
    const fields = { mp3: MP3, name: 'Νέα Mix!', 'tags-0-tag': 'Drum & Bass', ...chapter };
    const { result } = await post(`/upload/?${asOwner}`, fields);
    const key = '/stationowner/%CE%BD%CE%AD%CE%B1-mix/';
    expect(result).toEqual({ message: 'Uploaded Νέα Mix!', key, success: true });
    expect((await post(`/upload/?${asOwner}`, fields)).result.key).toBe('/stationowner/%CE%BD%CE%AD%CE%B1-mix-1/');
    expect(await get(key)).toMatchObject({ slug: 'νέα-mix', tags: [{ key: '/genres/drum-bass/' }] });
    const [logged] = await world.requests();
    const sha256 = createHash('sha256').update(MP3).digest('hex');
    const file = { name: 'mp3', filename: 'mp3 ήχος.bin', size: MP3.length, sha256 };
    const body = { files: [file], fields: expect.arrayContaining([{ name: 'name', value: 'Νέα Mix!' }]) };
    expect(logged).toMatchObject({ method: 'POST', completed: true, aborted: false, body });
    const changes = { 'tags-0-tag': 'Jazz', 'hosts-0-username': 'bob', hide_stats: '1' };
    await post(`/upload${key}edit/?${asOwner}`, changes);
    const sections = [{ chapter: 'One', start_time: '0' }];
    const edited = { name: 'Νέα Mix!', tags: ['Jazz'], sections, hosts: ['bob'], hiddenStats: true };
    expect(await world.cloudcast(key)).toMatchObject(edited);
    await post(`/upload${key}edit/?${asOwner}`, { 'hosts-0-username': '', hide_stats: '' });
    expect(await world.cloudcast(key)).toMatchObject({ tags: ['Jazz'], hosts: [], hiddenStats: false });
  });

  it('refuses what the API refuses, with details', async () => {
    const texts = { name: '', description: 'é'.repeat(1001), publish_date: '2024-01-01', unlisted: '1', publish: '1' };
    const numbered = { 'tags-1-tag': 'after a gap', 'sections-0-start_time': '1.5', 'hosts-0-username': 'nobody' };
    const { details } = await post(`/upload/?${asOwner}`, { mp3: Buffer.from('RIFF....WAVE'), ...texts, ...numbered });
    const named = 'description,mp3,name,publish_date,sections,tags,unlisted';
    expect(Object.keys(details).sort().join()).toBe(named);
  });

  it.each([
    [{ 'sections-0-start_time': '0' }, 'Each needs a chapter, an artist or a song.'],
    [{ 'sections-0-song': 'x', 'sections-0-start_time': '' }, 'start_time must be whole seconds, not "".'],
    [
      { 'sections-0-song': 'x', 'sections-0-start_time': '9', 'sections-1-song': 'y', 'sections-1-start_time': '9' },
      'Each must start after the one before.',
    ],
  ])('refuses sections %j', async (sections, message) => {
    const { details } = await post(`/upload/?${asOwner}`, { mp3: MP3, name: 'x', ...sections });
    expect(details).toEqual({ sections: [message] });
  });

  it('wants the token in the query, and a length', async () => {
    const fields = { mp3: MP3, name: 'x' };
    expect((await post('/upload/', fields)).error.type).toBe('OAuthException');
    const inForm = await caller.post('/upload/', { ...fields, access_token: emulated.OWNER_TOKEN });
    expect([inForm.status, inForm.text]).toEqual([200, '']);
    const chunked = { method: 'POST', body: Readable.from(['x']) } as const;
    expect(await status(`/upload/?${asOwner}`, chunked)).toBe(400);
    expect(await world.uploads()).toEqual([]);
  });
});

describe('embedding and authorization', () => {
  it('embeds', async () => {
    const { html } = await get('/luke/a-nice-mix/embed-json/?width=300&height=200&color=ff0000');
    expect(html).toMatch(/^<iframe width="300" height="200" .*color=ff0000/);
    expect((await call('/luke/a-nice-mix/embed-html/')).headers['content-type']).toContain('text/html');
    const url = encodeURIComponent('https://www.mixcloud.com/luke/a-nice-mix/');
    const facts = { title: 'A Nice Mix', image: expect.any(String) };
    expect(await get(`/oembed/?url=${url}&format=json`)).toMatchObject(facts);
    expect((await call(`/oembed/?url=${url}&format=xml`)).text).toMatch(/^<\?xml .*<title>A Nice Mix<\/title>/s);
  });

  it('exchanges a code once, as JSON or as a form', async () => {
    const { clientId: client_id, clientSecret: client_secret, firstCode } = emulated.OWNER_APP;
    const app = { client_id, client_secret, redirect_uri: 'https://app.example/back?x=1' };
    const query = (code: string) => new URLSearchParams({ ...app, code });
    const access_token = emulated.OWNER_TOKEN;
    expect(await get(`/oauth/access_token?${query(firstCode)}`)).toEqual({ access_token });
    const again = await call(`/oauth/access_token?${query(firstCode)}`);
    expect([again.status, typeof JSON.parse(again.text).error]).toEqual([400, 'string']);
    const { headers } = await call(`/oauth/authorize?${query('')}`);
    const code = new URL(String(headers.location)).searchParams.get('code') ?? '';
    const { text } = await call(`/fault/form-encoded/oauth/access_token?${query(code)}`);
    expect(text).toBe(`access_token=${access_token}`);
    expect(await get(`/oauth/access_token?${query(await world.code(client_id))}`)).toEqual({ access_token });
  });
});

describe('faults', () => {
  it('come by path, and stay in the links', async () => {
    const { paging } = await get('/fault/wrong-type/fault/delay:1/bob/cloudcasts/?limit=1');
    expect(paging?.next).toContain(`${world.origin}/fault/wrong-type/fault/delay:1/bob/cloudcasts/?`);
    const twice = `${world.faultRoot('html-503', undefined, 2)}/bob/`;
    expect([await status(twice), await status(twice), await status(twice)]).toEqual([503, 503, 200]);
    const abroad = await call(`${world.faultRoot('redirect-abroad', 'http://127.0.0.1:9')}/bob/?x=1`);
    expect(abroad.headers.location).toBe('http://127.0.0.1:9/bob/?x=1');
    expect(await status('/fault/no-such-fault/bob/')).toBe(501);
  });

  it('are armed for chosen requests', async () => {
    await world.fault({ name: 'unavailable', param: 3, times: 1, on: 'GET /bob/' });
    expect(await status('/alice/')).toBe(200);
    expect((await call('/bob/')).headers['retry-after']).toBe('3');
    expect(await status('/bob/')).toBe(200);
    await expect(world.fault({ name: 'no-such-fault' })).rejects.toThrow('no fault named');
  });

  it('break connections', async () => {
    await expect(call('/fault/reset/bob/')).rejects.toThrow('ECONNRESET');
    await expect(call('/fault/reset-mid-body/bob/')).rejects.toThrow();
    await expect(call('/fault/end-early/bob/')).rejects.toThrow();
    await expect(call('/fault/hang/bob/', { signal: AbortSignal.timeout(100) })).rejects.toThrow('timeout');
    await expect(call('/fault/drip:20/bob/', { signal: AbortSignal.timeout(100) })).rejects.toThrow('timeout');
    await eventually(async () =>
      expect((await world.requests()).map(({ aborted }) => aborted)).toEqual(Array(5).fill(true)),
    );
    await expect(call('/fault/big-headers/bob/')).rejects.toThrow('Headers Overflow');
  });

  it('spoil bodies', async () => {
    const plain = await call('/bob/');
    expect(inflateRawSync((await call('/fault/deflate-raw/bob/')).bytes).equals(plain.bytes)).toBe(true);
    for (const name of ['corrupt-gzip', 'truncated-gzip', 'false-gzip']) {
      const { bytes } = await call(`/fault/${name}/bob/`);
      expect(() => gunzipSync(bytes)).toThrow();
    }
    expect(gunzipSync((await call('/fault/bomb:3/bob/')).bytes)).toHaveLength(3 * 1024 * 1024 + 2);
    expect((await call('/fault/truncated-json/bob/')).bytes).toHaveLength(plain.bytes.length >> 1);
    const hostile = await get('/fault/hostile-keys/bob/?metadata=1');
    const names = expect.arrayContaining(['__proto__', 'constructor', 'then', 'toString', 'load']);
    expect(Object.keys(hostile)).toEqual(names);
    expect(Object.keys(hostile.metadata.connections)).toEqual(names);
    const { data } = await get('/fault/hostile-keys/bob/cloudcasts/?limit=1');
    expect(Object.keys(data[0] ?? {})).toEqual(names);
    expect((await call(`/fault/error-token/bob/?${asOwner}`)).text).toContain(emulated.OWNER_TOKEN);
  });

  it('trouble uploads', async () => {
    const upload = (name: string, size: number, options?: CallOptions) =>
      caller.post(`/fault/${name}/upload/?${asOwner}`, { mp3: Buffer.alloc(size, 1), name: 'x' }, options);
    expect((await upload('early-answer', 10_000_000)).status).toBe(400);
    expect((await upload('early-413', 1_000_000)).status).toBe(413);
    await expect(upload('close-mid-upload:100000', 10_000_000)).rejects.toThrow();
    const given = new AbortController();
    const rejected = expect(upload('stall-upload', 20_000_000, { signal: given.signal })).rejects.toThrow('given up');
    await eventually(async () => expect((await world.requests())[3]?.body.bytes).toBeGreaterThan(0));
    given.abort(new Error('given up'));
    await rejected;
    const [, , closed, stalled] = await world.requests();
    expect(closed).toMatchObject({ completed: false, aborted: true });
    expect(stalled?.body.bytes).toBeLessThan(1_000_000);
  });
});

describe('surroundings', () => {
  it('counts connections', async () => {
    await world.configure({ delayMs: 400 });
    const calls = [1, 2, 3].map(() => call('/bob/'));
    await Promise.all(calls);
    const counts = { open: 3, inFlight: 0, maxInFlight: 3, total: 3 };
    await eventually(async () => expect(await world.connections()).toMatchObject(counts));
    expect((await world.requests()).map(({ connection }) => connection).sort()).toEqual([1, 2, 3]);
  });

  it('serves https under a wrong name', async () => {
    const wrong = await emulator.world({ tls: 'wrong-name' });
    await expect(call(`${wrong.origin}/bob/`)).rejects.toHaveProperty('code', 'DEPTH_ZERO_SELF_SIGNED_CERT');
    const dispatcher = new Agent({ connect: { rejectUnauthorized: false } });
    const { paging } = await get(`${wrong.origin}/bob/cloudcasts/?limit=1`, { dispatcher });
    expect(paging?.next).toMatch(/^https:/);
    await dispatcher.destroy();
    await wrong.close();
  });

  it('has a forward proxy', async () => {
    const proxy = await emulator.startProxy();
    const through = async (options: { proxyTunnel?: boolean }) => {
      const dispatcher = new ProxyAgent({ uri: proxy.origin, ...options });
      await get('/bob/', { dispatcher }).finally(() => dispatcher.destroy());
    };
    await through({ proxyTunnel: true });
    await through({ proxyTunnel: false });
    const lines = (await proxy.requests()).map(({ method, target }) => `${method} ${target}`);
    expect(lines).toEqual([`CONNECT ${new URL(world.origin).host}`, `GET ${world.origin}/bob/`]);
    await proxy.configure({ mode: 'refuse' });
    await expect(through({})).rejects.toThrow();
    await proxy.close();
  });

  it('lets its parent end, and ends with it', async () => {
    const start = new URL('../emulator/start.ts', import.meta.url).href;
    const script = `const { startEmulator } = await import(${JSON.stringify(start)}); console.log((await startEmulator()).controlUrl)`;
    const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
    const parent = spawn(process.execPath, ['--import', loader, '--input-type=module', '-e', script], { cwd: '/' });
    const [line] = await once(parent.stdout, 'data');
    expect(await once(parent, 'exit')).toEqual([0, null]);
    await eventually(() => expect(call(String(line).trim())).rejects.toHaveProperty('code', 'ECONNREFUSED'));
  });
});
