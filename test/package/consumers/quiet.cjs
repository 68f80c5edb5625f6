// What does the import of an entry do besides giving its names? `node quiet.cjs import|require ENTRY`
const assert = require('node:assert/strict');
const { createHook } = require('node:async_hooks');
const { Session } = require('node:inspector');

const [, , way, entry] = process.argv;
const begun = new Set();
createHook({ init: (_id, type) => begun.add(type) }).enable();
const BUSY = ['WORKER', 'MESSAGEPORT', 'TCPWRAP', 'TLSWRAP', 'PIPEWRAP', 'UDPWRAP', 'GETADDRINFOREQWRAP', 'Timeout'];

const read = new Set();
function note(name) {
  const [, , , caller] = new Error().stack.split('\n');
  // Node.js asks for variables of its own when it loads a file.
  if (!caller?.includes('node:internal')) read.add(String(name));
}
process.env = new Proxy(process.env, {
  get: (target, name) => [note(name), Reflect.get(target, name)][1],
  has: (target, name) => [note(name), Reflect.has(target, name)][1],
  ownKeys: (target) => [note('*'), Reflect.ownKeys(target)][1],
  getOwnPropertyDescriptor: (target, name) => [note(name), Reflect.getOwnPropertyDescriptor(target, name)][1],
});

/** What the process waits for, less the files that Node.js has loaded and is about to close. */
const active = () => process.getActiveResourcesInfo().filter((type) => !/^(?:CloseReq|FSReq)/.test(type));

/** URLs of the scripts that this thread has loaded, whichever loader brought them. */
function scripts() {
  const urls = [];
  const session = new Session();
  session.connect();
  session.on('Debugger.scriptParsed', ({ params }) => urls.push(params.url));
  session.post('Debugger.enable');
  session.disconnect();
  return urls;
}

const loaded = (name) => scripts().some((url) => url.includes(`/node_modules/${name}/`));

async function main() {
  const before = active();
  void process.env.WATCHED;
  assert.deepEqual([...read], ['WATCHED'], 'the watch over variables works');
  read.clear();
  const names = way === 'import' ? await import(entry) : require(entry);
  const meanwhile = [...begun];

  assert.deepEqual([...read], [], 'it reads no environment variable');
  assert.deepEqual(active(), before, 'it keeps nothing open');
  assert.deepEqual(
    meanwhile.filter((type) => BUSY.includes(type)),
    [],
    'it starts no thread, opens no socket and sets no timer',
  );
  assert.ok(loaded('mixcloud-client') && loaded('luxon'), 'the watch over scripts works');
  assert.ok(!loaded('undici'), 'it loads no undici');
  assert.ok(!loaded('synckit'), 'it loads no synckit');
  assert.ok(!loaded('form-data-encoder') || !entry.endsWith('sync'), 'the blocking entry loads no encoder');

  if (entry.endsWith('sync')) {
    const mixcloud = new names.MixcloudSync({ apiRoot: 'http://127.0.0.1:1', retries: 0 });
    assert.throws(() => mixcloud.get('bob'), { code: 'ECONNREFUSED' });
    assert.ok(loaded('synckit') && begun.has('WORKER'), 'the watch over threads works');
    assert.ok(!loaded('undici'), 'undici stays in the worker');
  } else {
    const mixcloud = new names.Mixcloud({ apiRoot: 'http://127.0.0.1:1', retries: 0 });
    assert.ok(!loaded('undici'), 'a client that has nothing to do loads no undici');
    await assert.rejects(mixcloud.get('bob'), { code: 'ECONNREFUSED' });
    assert.ok(loaded('undici') && begun.has('TCPWRAP'), 'the watch over sockets works');
    assert.ok(!loaded('synckit'), 'the asynchronous client needs no synckit');
    assert.ok(!begun.has('WORKER'), 'nor a thread');
  }
  console.log('ok');
}

main();
