import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as client from 'mixcloud-client';
import * as blocking from 'mixcloud-client/sync';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MIXCLOUD_OPTIONS } from '../src/async/mixcloud.ts';
import { OWNER_APP, OWNER_TOKEN } from './emulator/start.ts';
import { matches } from './support/annotate.ts';
import { audio } from './support/audio.ts';
import { README, readFences, readTable } from './support/readme.ts';
import { programOf, withImports } from './support/snippet.ts';
import { newWorld } from './support/world.ts';
import { Script } from './sync/run-script.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
// Within the checkout, where the package can be imported by its own name.
const FOLDER = join(ROOT, '.cache', `readme-${process.pid}`);

const fences = readFences();
// Those are whole tests, which `test/package/testing.test.ts` runs in the installed package.
const TESTS = 'Testing your own code';
const snippets = fences.filter(
  ({ language, heading }) => (language === 'ts' || language === 'js') && heading !== TESTS,
);
const page = readFileSync(README, 'utf8');

beforeAll(() => {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, 'show.mp3'), audio(100_000));
  writeFileSync(join(FOLDER, 'cover.jpg'), Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex'));
});
afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

/** What a line of a snippet gave. */
interface Given {
  readonly line: number;
  readonly text: string;
}

describe('A snippet of the README', () => {
  it.each(snippets.map((fence) => [`line ${fence.line}, ${fence.heading}`, fence] as const))(
    'runs and gives what it says: %s',
    async (_title, fence) => {
      const { extension, code, claims } = programOf(fence);
      const script = join(FOLDER, `line-${fence.line}.${extension}`);
      writeFileSync(script, code);

      const world = await newWorld();
      const { apiRoot, mixcloudRoot, oembedRoot, oauthRoot } = world;
      const { clientId, clientSecret } = OWNER_APP;
      const records = join(FOLDER, `line-${fence.line}.json`);
      const env = {
        SNIPPET_WORLD: JSON.stringify({ client: { apiRoot, mixcloudRoot, oembedRoot }, oauth: { oauthRoot } }),
        SNIPPET_RECORDS: records,
        MIXCLOUD_TOKEN: OWNER_TOKEN,
        CLIENT_ID: clientId,
        CLIENT_SECRET: clientSecret,
        CAME_BACK_TO: `https://example.com/store-code?code=${await world.code(clientId)}`,
      };
      const { code: exit, stdout, stderr } = await new Script({ script, env }).ended;
      expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });

      if (fence.output !== undefined) expect(stdout).toBe(fence.output);
      const input = existsSync(records) ? (JSON.parse(readFileSync(records, 'utf8')) as Given[]) : [];
      expect(input.map(({ line }) => line)).toEqual(claims.map(({ line }) => line));
      // What matches is put as the page has it, so that a difference shows all of the line.
      const reports = input.map(({ text }, index) =>
        matches(claims[index]?.text ?? '', text) ? claims[index]?.text : text,
      );
      expect(reports).toEqual(claims.map(({ text }) => text));
    },
  );
});

describe('The README', () => {
  it('has no snippet that the compiler refuses', { timeout: 60_000 }, () => {
    const files = snippets
      .filter(({ language }) => language === 'ts')
      .map((fence) => {
        const file = join(FOLDER, `line-${fence.line}.ts`);
        writeFileSync(file, withImports(fence));
        return file;
      });
    const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile);
    const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, ROOT);
    // A page shows what a name is, and leaves it there.
    const program = ts.createProgram(files, { ...options, noUnusedLocals: false });
    const found = ts.getPreEmitDiagnostics(program).map(({ messageText, file, start }) => {
      const line = file ? file.getLineAndCharacterOfPosition(start ?? 0).line : 0;
      return `${file?.fileName.split('/').at(-1)}+${line}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
    });
    expect(files.length).toBeGreaterThan(10);
    expect(found).toEqual([]);
  });

  it.each(['new Mixcloud(', 'new MixcloudSync('])(
    'asks for errors, or has them thrown, in its first snippet with %s',
    (client) => {
      const first = snippets.find(({ code }) => code.includes(client));
      expect(first?.code).toMatch(/raiseExceptions: true|isErrorResponse\(/);
    },
  );

  it('names the two commands, each alone in a block', () => {
    const commands = fences.filter(({ language }) => language === 'sh').map(({ code }) => code);
    expect(commands).toEqual(['npm install mixcloud-client\n', 'npm ci && npm run demo\n', 'npm ci && npm test\n']);
  });

  it('has at most 450 lines, and its links lead somewhere', () => {
    expect(page.split('\n').length).toBeLessThanOrEqual(451);
    const links = [...page.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link ?? '');
    const anchors = [...page.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => `#${toAnchor(heading)}`);
    const broken = links.filter((link) =>
      link.startsWith('#')
        ? !anchors.includes(link)
        : !link.startsWith('https://') && !existsSync(join(ROOT, link.replace(/#.*/, ''))),
    );
    expect(links.length).toBeGreaterThan(15);
    expect(broken).toEqual([]);
  });

  it('names no script that the package has not', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: object };
    const named = [...page.matchAll(/\bnpm run (\w+)/g)].map(([, name]) => name ?? '');
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(named));
  });

  it('lists every option of the clients', () => {
    const listed = readTable('Options').map(([name]) => name?.replaceAll('`', ''));
    expect(listed.sort()).toEqual(Object.keys(MIXCLOUD_OPTIONS).sort());
  });

  it('lists every error class', () => {
    const listed = readTable('Errors and rate limits').map(([name]) => name?.replaceAll('`', ''));
    expect(listed.sort()).toEqual(
      Object.keys(client)
        .filter((name) => /^Mixcloud\w*Error$/.test(name))
        .sort(),
    );
  });

  it('tells where each name of aiomixcloud went, by names that are there', () => {
    const members = [client.Mixcloud, client.MixcloudOAuth, client.Resource, client.ResourceList].flatMap(namesOf);
    const words = ['dispatcher', 'followers', 'perPage', 'DateTime', 'undefined', 'null', 'None'];
    const known = new Set([
      ...Object.keys(client),
      ...Object.keys(blocking),
      ...members,
      ...Object.keys(MIXCLOUD_OPTIONS),
      ...words,
    ]);
    const rows = readTable('Coming from aiomixcloud');
    const calls = rows.flatMap(([, here = '']) =>
      [...here.matchAll(/`(?:new )?(\w+)(?:\(|`)/g)].map(([, name]) => name),
    );
    expect(rows.length).toBeGreaterThan(14);
    expect(calls.filter((name) => !known.has(name ?? ''))).toEqual([]);
  });

  it('names everything that can be called', () => {
    const methods = namesOf(client.Mixcloud).filter((name) => !['constructor', 'toJSON', 'callOptions'].includes(name));
    const names = [...Object.keys(client), ...Object.keys(blocking), ...methods];
    expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(page))).toEqual([]);
  });
});

/** The anchor that code hosts make of a heading. */
function toAnchor(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} -]/gu, '')
    .replaceAll(' ', '-');
}

/** Names of the members of a class and of those above it. */
function namesOf(type: { readonly prototype: object }): string[] {
  const names: string[] = [];
  for (let at = type.prototype; at !== Object.prototype; at = Object.getPrototypeOf(at)) {
    names.push(...Object.getOwnPropertyNames(at));
    if (at === Array.prototype) break;
  }
  return names;
}
