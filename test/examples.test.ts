import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Cloudcast, type Listing, Mixcloud } from 'mixcloud-client';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { OWNER, OWNER_APP, OWNER_TOKEN, type WorldHandle } from './emulator/start.ts';
import { audio, newFile, newFolder } from './support/audio.ts';
import { sent } from './support/sent.ts';
import { newWorld } from './support/world.ts';
import { Script } from './sync/run-script.ts';

const EXAMPLES = new URL('../examples/', import.meta.url);
const FILES = readdirSync(EXAMPLES).filter((name) => name.endsWith('.ts'));
// Within the checkout, where the package can be imported by its own name.
const FOLDER = fileURLToPath(new URL(`../.cache/examples-${process.pid}/`, import.meta.url));

/** The program as JavaScript, whose clients talk to the world that the environment names. */
function compile(name: string): string {
  const source = readFileSync(new URL(name, EXAMPLES), 'utf8');
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  });
  const modules = new URL('support/snippets/', import.meta.url);
  return outputText
    .replace("'mixcloud-client'", `'${new URL('index.mjs', modules).href}'`)
    .replace("'mixcloud-client/sync'", `'${new URL('sync.mjs', modules).href}'`);
}

beforeAll(() => {
  mkdirSync(FOLDER, { recursive: true });
  for (const name of FILES) writeFileSync(join(FOLDER, name.replace('.ts', '.mjs')), compile(name));
});
afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

function start(world: WorldHandle, name: string, args: readonly string[] = [], env: Record<string, string> = {}) {
  const { apiRoot, mixcloudRoot, oembedRoot, oauthRoot } = world;
  const { clientId, clientSecret } = OWNER_APP;
  return new Script({
    script: join(FOLDER, `${name}.mjs`),
    args,
    env: {
      SNIPPET_WORLD: JSON.stringify({ client: { apiRoot, mixcloudRoot, oembedRoot }, oauth: { oauthRoot } }),
      MIXCLOUD_TOKEN: OWNER_TOKEN,
      CLIENT_ID: clientId,
      CLIENT_SECRET: clientSecret,
      ...env,
    },
  });
}

async function run(
  ...input: Parameters<typeof start>
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const { code, stdout, stderr } = await start(...input).ended;
  return { code, stdout, stderr };
}

describe('an example', () => {
  it.each(FILES)('%s is shorter than 60 lines, and says what it does and how it is started', (name) => {
    const text = readFileSync(new URL(name, EXAMPLES), 'utf8');
    expect(text.split('\n').length - 1).toBeLessThan(60);
    expect(text).toMatch(/^\/\*\*\n \* [A-Z].*\n/);
    expect(text).toContain(`node ${name}`);
  });

  it('upload-from-cron waits out a rate limit', async () => {
    const world = await newWorld();
    await world.fault({ name: 'rate-limit', param: 1, on: 'POST /upload/', times: 1 });
    const show = newFile('show.mp3', audio(50_000));
    const { code, stdout, stderr } = await run(world, 'upload-from-cron', [show, 'Late Show', 'Jazz']);
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: `Published: /${OWNER}/late-show/\n`,
      stderr: 'Rate limit: waiting 1 s\n',
    });
    expect((await sent(world)).filter((line) => line.startsWith('POST /upload/'))).toHaveLength(2);
  });

  it.each([
    ['no arguments', [], {}, 2, 'Usage: '],
    ['a token that was revoked', ['SHOW', 'Late Show'], { MIXCLOUD_TOKEN: 'revoked' }, 1, 'OAuthException'],
    ['a file that is not there', ['none.mp3', 'Late Show'], {}, 1, 'ENOENT'],
  ])('upload-from-cron ends with an exit code: %s', async (_title, args, env, code, text) => {
    const show = newFile('show.mp3', audio(50_000));
    const input = args.map((arg) => (arg === 'SHOW' ? show : arg));
    const result = await run(await newWorld(), 'upload-from-cron', input, env);
    expect({ ...result, stderr: result.stderr.includes(text) }).toEqual({ code, stdout: '', stderr: true });
    expect(result.stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  it('station-server serves several users', async () => {
    const world = await newWorld();
    const server = start(world, 'station-server', [], { STATION: 'bob', PORT: '0' });
    const root = (await server.line(/^http:.*$/m))[0].replace(/\/$/, '');
    const ask = (path: string, init: RequestInit = {}) => fetch(`${root}${path}`, { redirect: 'manual', ...init });
    expect(await (await ask('/')).text()).toMatch(/^<h1>Bob<\/h1><p><a href="\/login">Log in<\/a><\/p><ul><li>/);
    const login = await ask('/login');
    expect([login.status, login.headers.get('location')]).toEqual([303, expect.stringContaining('/oauth/authorize?')]);
    const back = await ask(`/back?code=${await world.code(OWNER_APP.clientId)}`);
    const headers = { cookie: (back.headers.get('set-cookie') ?? '').split(';')[0] ?? '' };
    expect(await (await ask('/', { headers })).text()).toMatch(/<p>Hello [^<]+<\/p><ul><li>.*<form method="post"/);
    expect((await ask('/favorite?key=/luke/a-nice-mix/', { headers, method: 'POST' })).status).toBe(303);
    expect((await world.state(OWNER)).favorites).toContain('/luke/a-nice-mix/');
    // Another visitor has no client.
    await ask('/favorite?key=/chris/funky-mix/', { method: 'POST' });
    expect((await world.state(OWNER)).favorites).not.toContain('/chris/funky-mix/');
    server.end('SIGTERM');
  });

  it('export-favorites goes on where it was interrupted', async () => {
    const world = await newWorld();
    const base = join(newFolder(), 'favorites');
    const whole = await run(world, 'export-favorites', ['bob', base]);
    expect(whole).toEqual({ code: 0, stderr: '', stdout: `72 favorites in ${base}.jsonl and ${base}.csv\n` });
    const table = readFileSync(`${base}.csv`, 'utf8');
    expect(table.split('\r\n')).toHaveLength(74);

    // As it was after the first page.
    const mixcloud = new Mixcloud({ apiRoot: world.apiRoot });
    onTestFinished(() => mixcloud.close());
    const page = await mixcloud.get<Listing<Cloudcast>>('bob/favorites', { params: { limit: 50 } });
    writeFileSync(`${base}.jsonl`, page.map(({ data }) => `${JSON.stringify(data)}\n`).join(''));
    writeFileSync(`${base}.next`, page.paging?.next ?? '');
    const before = (await sent(world)).length;
    expect(await run(world, 'export-favorites', ['bob', base])).toEqual(whole);
    expect(readFileSync(`${base}.csv`, 'utf8')).toBe(table);
    expect(await sent(world)).toHaveLength(before + 1);
  });

  it('listening-history prints each listen once, and ends with an interrupt', async () => {
    const world = await newWorld();
    const poller = start(world, 'listening-history', ['0.001']);
    await vi.waitFor(
      async () => {
        const polls = (await sent(world)).filter((line) => line.includes('/listens/'));
        expect(polls.length).toBeGreaterThan(2);
      },
      { timeout: 15_000 },
    );
    poller.end('SIGINT');
    const { code, stdout, stderr } = await poller.ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(5);
    expect(lines.every((line) => /^\d{4}-\d\d-\d\d \d\d:\d\d {2}.+, by .+$/.test(line))).toBe(true);
    expect([...lines].sort()).toEqual(lines);
  });

  it('from-aiomixcloud reads what the Python program reads', async () => {
    const { code, stdout, stderr } = await run(await newWorld(), 'from-aiomixcloud');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toMatch(/^[0-9a-f]{6}$/);
    expect(lines[1]).toMatch(/^Bob https:\/\//);
    expect(lines[2]).toBe('2009');
    expect(lines).toEqual(expect.arrayContaining(['Funky Mix', 'User does not exist.']));
    expect(lines.at(-1)).toBe('ResourceNotFoundException');
  });

  it('events-opentelemetry ends a span for each request', async () => {
    const world = await newWorld();
    await world.fault({ name: 'reset', times: 1 });
    await world.fault({ name: 'html-503', times: 1 });
    const { code, stdout, stderr } = await run(world, 'events-opentelemetry', ['bob']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const spans = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const span = { name: 'GET', 'http.request.method': 'GET', 'url.full': `${world.apiRoot}/bob/?metadata=1` };
    expect(spans).toEqual([
      { ...span, 'http.request.resend_count': 0, exception: expect.stringContaining('ECONNRESET') },
      { ...span, 'http.request.resend_count': 1, 'http.response.status_code': 503 },
      { ...span, 'http.request.resend_count': 2, 'http.response.status_code': 200 },
    ]);
  });

  it('own-classes returns its classes', async () => {
    const { code, stdout, stderr } = await run(await newWorld(), 'own-classes', ['bob']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toBe('Bob 2009');
    expect(lines.slice(1, 6).every((line, index) => line.startsWith(`${index + 1}. `))).toBe(true);
    expect(lines.slice(6, 14).every((line) => /^\d+:\d\d h \d+$/.test(line))).toBe(true);
    expect(lines[14]).toMatch(/^Bob \(@bob\) \S.* \(@.+\)$/);
  });
});

it('every example has a test', () => {
  const tests = readFileSync(new URL(import.meta.url), 'utf8');
  expect(FILES.map((name) => name.replace('.ts', '')).filter((name) => !tests.includes(`it('${name} `))).toEqual([]);
});
