/**
 * What makes this package quick, by counts: these catch the loss of an order of magnitude, on any machine and under any
 * load. `npm run bench` has the seconds.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Pool } from 'undici';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { ServerHandle } from '../bench/server-handle.ts';
import { OWNER_TOKEN } from './emulator/start.ts';
import { audio, newFile } from './support/audio.ts';
import { clientOf } from './support/client.ts';
import { modes } from './support/modes.ts';
import { sent } from './support/sent.ts';
import { newWorld } from './support/world.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Runs a program in a process of its own, where nothing is loaded yet, and gives what it printed. */
function runProgram<T>(code: string, type: 'module' | 'commonjs' = 'module', options = ''): T {
  const { NODE_V8_COVERAGE: _coverage, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [`--input-type=${type}`, '--eval', code], {
    cwd: ROOT,
    env: { ...env, NODE_OPTIONS: options },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as T;
}

describe('crossings to the worker', () => {
  it('takes one message for a call of the blocking client that is answered quickly', async () => {
    const { apiRoot } = await newWorld();
    const crossings = runProgram(`
      import { MessagePort } from 'node:worker_threads';
      const { prototype } = MessagePort;
      const { postMessage } = prototype;
      let crossings = 0;
      // A worker's postMessage is that of its port.
      prototype.postMessage = function (...given) {
        crossings += 1;
        return postMessage.apply(this, given);
      };
      const { MixcloudSync } = await import('mixcloud-client/sync');
      const mixcloud = new MixcloudSync({ apiRoot: '${apiRoot}' });
      mixcloud.get('bob');
      const count = (call) => {
        crossings = 0;
        call();
        return crossings;
      };
      const list = mixcloud.popular();
      console.log(JSON.stringify({
        user: count(() => mixcloud.get('bob')),
        again: count(() => mixcloud.get('bob')),
        list: count(() => mixcloud.popular({ limit: 100 })),
        many: count(() => mixcloud.getMany(['bob', 'peter', 'bob', 'peter', 'bob', 'peter'])),
        loadAll: count(() => list.loadAll()),
        reading: count(() => list.map((mix) => [mix.user.name, mix.created_time.year])),
        derived: count(() => mixcloud.withOptions({ timeout: 5000 })),
        listening: count(() => mixcloud.withOptions({ onEvent: () => {} }).get('bob')),
      }));
    `);
    const made = { user: 1, again: 1, list: 1, many: 1, loadAll: 1, reading: 0, derived: 0, listening: 1 };
    expect(crossings).toEqual(made);
  });
});

describe('texts of large responses', () => {
  it('are read from shared memory, each once', async () => {
    const { apiRoot } = await newWorld();
    const counts = runProgram(`
      const { from } = Buffer;
      let reads = 0;
      Buffer.from = (...given) => {
        if (given[0] instanceof SharedArrayBuffer) reads += 1;
        return from(...given);
      };
      const { MixcloudSync } = await import('mixcloud-client/sync');
      const mixcloud = new MixcloudSync({ apiRoot: '${apiRoot}' });
      const count = (call) => {
        reads = 0;
        call();
        return reads;
      };
      console.log(JSON.stringify({
        user: count(() => mixcloud.get('bob')),
        short: count(() => mixcloud.popular({ limit: 10 })),
        long: count(() => mixcloud.popular({ limit: 100 })),
        pages: count(() => [...mixcloud.popular({ limit: 100 }).all({ limit: 200 })]),
      }));
    `);
    expect(counts).toEqual({ user: 0, short: 0, long: 1, pages: 2 });
  });
});

describe('URLs', () => {
  it('are not parsed for what is asked for by its key', async () => {
    const { apiRoot } = await newWorld();
    const counts = runProgram(`
      const { URL: original } = globalThis;
      let parsed = 0;
      globalThis.URL = class URL extends original {
        constructor(...given) {
          super(...given);
          parsed += 1;
        }
      };
      const { Mixcloud } = await import('mixcloud-client');
      const mixcloud = new Mixcloud({ apiRoot: '${apiRoot}' });
      await mixcloud.get('bob');
      const count = async (call) => {
        parsed = 0;
        await call();
        return parsed;
      };
      const owner = mixcloud.withOptions({ accessToken: '${OWNER_TOKEN}' });
      console.log(JSON.stringify({
        user: await count(() => mixcloud.get('bob')),
        list: await count(() => mixcloud.popular({ limit: 50 })),
        many: await count(() => mixcloud.getMany(['bob', 'peter/mix-1'])),
        // Its token is added, and plain http is for loopback only.
        owner: await count(() => owner.get('bob')),
      }));
    `);
    expect(counts).toEqual({ user: 0, list: 0, many: 0, owner: 3 });
  });
});

describe('what is loaded', () => {
  interface Loaded {
    readonly imported: string[];
    readonly called: string[];
  }

  /** The files that a program has run on its main thread: after loading an entry, and after a first call. */
  function loaded(load: string, client: string, apiRoot: string, type: 'module' | 'commonjs'): Loaded {
    return runProgram<Loaded>(
      `
      (async () => {
        const { Session } = process.getBuiltinModule('node:inspector');
        const session = new Session();
        const files = [];
        session.connect();
        session.on('Debugger.scriptParsed', ({ params }) => files.push(params.url));
        session.post('Debugger.enable');
        files.length = 0;
        const { ${client}: Client } = ${load};
        const imported = files.filter((file) => file.includes('/'));
        await new Client({ apiRoot: '${apiRoot}' }).get('bob');
        const called = files.filter((file) => file.includes('/'));
        session.disconnect();
        console.log(JSON.stringify({ imported, called }));
      })();
      `,
      type,
    );
  }

  const ENTRIES = [
    ['module', 'mixcloud-client', 'Mixcloud', `await import('mixcloud-client')`],
    ['module', 'mixcloud-client/sync', 'MixcloudSync', `await import('mixcloud-client/sync')`],
    ['commonjs', 'mixcloud-client', 'Mixcloud', `require('mixcloud-client')`],
    ['commonjs', 'mixcloud-client/sync', 'MixcloudSync', `require('mixcloud-client/sync')`],
  ] as const;

  it.each(ENTRIES)('loads neither undici nor synckit with the entry (%s, %s)', async (type, _entry, client, load) => {
    const { apiRoot } = await newWorld();
    const { imported } = loaded(load, client, apiRoot, type);
    const foreign = imported.filter((file) => file.includes('/node_modules/'));
    expect(imported.filter((file) => file.includes('/dist/'))).not.toEqual([]);
    expect(foreign.filter((file) => /\/node_modules\/(undici|synckit)\//.test(file))).toEqual([]);
    // Some files each of luxon and the multipart encoder, and nothing near the hundred of undici.
    expect(foreign.length).toBeLessThan(20);
  });

  it.each(ENTRIES)('loads not one file of the emulator (%s, %s)', async (type, _entry, client, load) => {
    const { apiRoot } = await newWorld();
    const { called } = loaded(load, client, apiRoot, type);
    const own = called.filter((file) => file.includes('/dist/'));
    expect(own).not.toEqual([]);
    expect(own.filter((file) => /\/dist\/[^/]*(?:testing|emulator)[^/]*$/.test(file))).toEqual([]);
    expect(called.filter((file) => file.includes('/node_modules/@fastify/'))).toEqual([]);
    // Nor is its code in a file that the entries share with it.
    for (const file of own) expect(readFileSync(new URL(file, 'file://'), 'utf8')).not.toMatch(/emulator/i);
  });

  it.each(ENTRIES)(
    'loads no more of undici for a first call than it needs (%s, %s)',
    async (type, entry, client, load) => {
      const { apiRoot } = await newWorld();
      const { called } = loaded(load, client, apiRoot, type);
      const undici = called.filter((file) => file.includes('/node_modules/undici/'));
      // The entry, and the parts that are of no use here.
      expect(undici.filter((file) => /undici\/(index\.js|lib\/(web|mock|cache)\/)/.test(file))).toEqual([]);
      if (entry === 'mixcloud-client/sync') expect(undici).toEqual([]);
    },
  );
});

describe("undici's inner path", () => {
  const INNER = 'undici/lib/dispatcher/pool.js';

  it('leads to the class that the entry exports', () => {
    expect(createRequire(import.meta.url)(INNER)).toBe(Pool);
  });

  it('is not needed: where it leads nowhere, the entry takes over', async () => {
    const { apiRoot } = await newWorld();
    const folder = await mkdtemp(join(tmpdir(), 'mixcloud-guard-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const hide = join(folder, 'hide.cjs');
    await writeFile(
      hide,
      `
      const Module = require('node:module');
      const { _resolveFilename } = Module;
      Module._resolveFilename = (name, ...given) => {
        if (name === '${INNER}') throw new Error('moved');
        return _resolveFilename(name, ...given);
      };
      const hook = "export const resolve = (name, context, next) => {" +
        "if (name === '${INNER}') throw new Error('moved');" +
        "return next(name, context); };";
      Module.register('data:text/javascript,' + encodeURIComponent(hook));
      `,
    );
    const programs = [
      ['module', 'mixcloud-client', 'Mixcloud'],
      ['commonjs', 'mixcloud-client', 'Mixcloud'],
      ['commonjs', 'mixcloud-client/sync', 'MixcloudSync'],
    ] as const;
    for (const [type, entry, client] of programs) {
      const code = `
        (async () => {
          const { ${client}: Client } = await import('${entry}');
          console.log(JSON.stringify(await new Client({ apiRoot: '${apiRoot}' }).get('bob')));
        })();
      `;
      expect(runProgram(code, type, `--require=${hide}`)).toMatchObject({ key: '/bob/' });
    }
  });
});

describe('an upload', () => {
  it('takes one read for each half MiB of its file', async () => {
    const world = await newWorld({ log: false });
    const path = newFile('show.mp3', audio(16 * 2 ** 20));
    const file = await open(path);
    const reads = vi.spyOn(Object.getPrototypeOf(file) as typeof file, 'read');
    onTestFinished(() => reads.mockRestore());
    await file.close();
    const [{ Mixcloud }] = modes;
    const mixcloud = clientOf(Mixcloud, world, { accessToken: OWNER_TOKEN });
    expect((await mixcloud.upload(path, 'A show')).result.success).toBe(true);
    expect(reads).toHaveBeenCalledTimes(32);
  });
});

describe.each(modes)('what a call costs ($mode)', ({ Mixcloud, Resource }) => {
  it('sends one request for what is one request', async () => {
    const world = await newWorld();
    const mixcloud = clientOf(Mixcloud, world);
    const bob = await mixcloud.get('bob');
    await bob.load();
    expect(await sent(world)).toEqual(['GET /bob/?metadata=1']);
    await world.clearRequests();
    const list = await mixcloud.popular();
    await list[0]?.load();
    await list[0]?.load();
    await list.next();
    expect(await sent(world)).toHaveLength(3);
    await world.clearRequests();
    await mixcloud.getMany(['bob', 'peter', 'chris']);
    expect(await sent(world)).toHaveLength(3);
  });

  it('makes no event unless somebody listens', async () => {
    const world = await newWorld();
    const mixcloud = clientOf(Mixcloud, world);
    const ids: string[] = [];
    const listening = mixcloud.withOptions({ onEvent: ({ id }) => void ids.push(id) });
    await listening.get('bob');
    await mixcloud.getMany(['bob', 'peter', 'luke']);
    for await (const _item of (await mixcloud.popular({ limit: 10 })).all({ limit: 30 })) {
    }
    await listening.get('bob');
    // Each request that is traced takes the next number.
    const [first, , second] = ids.map((id) => Number(id.split('-')[1]));
    expect(ids).toHaveLength(4);
    expect(second).toBe(Number(first) + 1);
  });

  it('wraps nothing before it is read, and nothing twice', async () => {
    const world = await newWorld();
    let wraps = 0;
    class Counted extends Resource {
      constructor(...input: ConstructorParameters<typeof Resource>) {
        super(...input);
        wraps += 1;
      }
    }
    const list = await clientOf(Mixcloud, world, { resourceClass: Counted }).popular({ limit: 100 });
    JSON.stringify(list.data);
    expect(list).toHaveLength(100);
    expect(wraps).toBe(0);
    for (let read = 0; read < 3; read += 1) list[5]?.user.name.trim();
    // The item and the user in it.
    expect(wraps).toBe(2);
    list['chris/funky-mix']?.play_count.toFixed();
    list['chris/funky-mix']?.play_count.toFixed();
    expect(wraps).toBe(3);
  });

  it('keeps to the same connections for a hundred calls in a row', async () => {
    const world = await newWorld();
    const mixcloud = clientOf(Mixcloud, world);
    for (let call = 0; call < 100; call += 1) await mixcloud.get('bob');
    const { total, maxInFlight } = await world.connections();
    expect(maxInFlight).toBe(1);
    // undici rests a connection for a turn of the event loop, and a call that follows within that turn takes a second one.
    expect(total).toBeLessThanOrEqual(2);
  });

  it('reads at most a fifth of the bytes of a list', async () => {
    const world = await newWorld({ compression: false });
    const path = '/popular/?metadata=1';
    const text = await (await fetch(world.apiRoot + path)).text();
    const server = await ServerHandle.start([{ path, text }]);
    onTestFinished(() => server.stop());
    const mixcloud = clientOf(Mixcloud, world, { apiRoot: server.origin });
    const before = await server.counts();
    expect((await mixcloud.get('popular')).data).toEqual(JSON.parse(text));
    const { sent, requests } = await server.counts();
    expect(requests - before.requests).toBe(1);
    expect(sent - before.sent).toBeLessThan(text.length / 5);
  });
});
