/** Which files are mutated, and which tests should notice. */

/** Folders whose files are mutated. */
export const FOLDERS = ['src/async/transport', 'src/sync/worker', 'src/shared/operations'];

interface TestFiles {
  /** Unit tests, which import the file itself. They are run first. */
  readonly unit: readonly string[];
  /** Tests of the built package. They are run if no unit test fails. */
  readonly built: readonly string[];
}

const unit = (...names: string[]) => names.map((name) => `test/unit/${name}.test.ts`);
const transport = (...names: string[]) => unit(...names.map((name) => `transport/${name}`));
const contract = (...names: string[]) => names.map((name) => `test/contract/${name}.test.ts`);
const resilience = (...names: string[]) => names.map((name) => `test/resilience/${name}.test.ts`);

const UPLOADS = [...contract('upload-files', 'upload-progress'), ...resilience('upload-files')];
const WORKER = ['worker-lifetime', 'prefetch', 'progress'].map((name) => `test/sync/${name}.test.ts`);

const FILE_LIMIT = resilience('odd-processes');

const TESTS: Readonly<Record<string, TestFiles>> = {
  'async/transport/attempts': { unit: transport('trace', 'session'), built: contract('events') },
  'async/transport/connection-failure': {
    unit: transport('connection-failure', 'retries', 'dispatch'),
    built: contract('errors'),
  },
  'async/transport/connector': {
    unit: transport('connector'),
    built: resilience('localhost', 'certificates', 'connection-limit'),
  },
  'async/transport/deadline': {
    unit: transport('deadline', 'retries', 'rate-limit', 'dispatch', 'session'),
    built: contract('lifecycle'),
  },
  'async/transport/decoding': { unit: transport('decoding', 'session'), built: contract('errors') },
  'async/transport/decompress': { unit: transport('decompress', 'decoding'), built: resilience('rogue-answers') },
  'async/transport/dependency': { unit: transport('dependency'), built: FILE_LIMIT },
  'async/transport/dispatch': {
    unit: transport('dispatch', 'session', 'trace'),
    built: [...contract('options', 'token'), ...resilience('proxies')],
  },
  'async/transport/file-limit': { unit: transport('file-limit'), built: FILE_LIMIT },
  'async/transport/large-response': { unit: transport('decoding', 'session'), built: [] },
  'async/transport/light-signal': { unit: transport('light-signal', 'session'), built: contract('lifecycle') },
  'async/transport/login-listeners': { unit: transport('login-listeners'), built: contract('login') },
  'async/transport/login-page': { unit: [], built: contract('login') },
  'async/transport/multipart-body': { unit: transport('multipart-body', 'request-body', 'session'), built: UPLOADS },
  'async/transport/pool': {
    unit: transport('pool'),
    built: [...resilience('proxies', 'connection-limit'), 'test/many/leaving.test.ts', ...contract('lifecycle')],
  },
  'async/transport/proxy-route': { unit: transport('proxy-route'), built: resilience('proxies') },
  'async/transport/proxy-tunnel': {
    unit: transport('proxy-tunnel'),
    built: [...resilience('proxies'), ...contract('options')],
  },
  'async/transport/rate-limit': {
    unit: transport('rate-limit', 'trace'),
    built: ['test/many/rate-limit.test.ts'],
  },
  'async/transport/rate-limit-gate': {
    unit: transport('rate-limit-gate', 'rate-limit'),
    built: ['test/many/rate-limit.test.ts'],
  },
  'async/transport/rate-limit-gates': {
    unit: transport('rate-limit-gates'),
    built: ['test/many/rate-limit.test.ts'],
  },
  'async/transport/redirect-listener': {
    unit: transport('redirect-listener'),
    built: ['test/sync/login.test.ts', ...contract('login')],
  },
  'async/transport/redirects': { unit: transport('redirects'), built: contract('failures') },
  'async/transport/request-body': { unit: transport('request-body', 'session'), built: UPLOADS },
  'async/transport/request-queue': {
    unit: [...transport('request-queue'), ...unit('worker/worker')],
    built: ['test/many/load-ahead.test.ts'],
  },
  'async/transport/response-collector': {
    unit: transport('response-collector', 'dispatch', 'session', 'decoding'),
    built: [...contract('errors', 'failures'), ...resilience('rogue-answers')],
  },
  'async/transport/retries': { unit: transport('retries', 'session', 'trace'), built: contract('failures', 'options') },
  'async/transport/session': {
    unit: transport('session', 'trace'),
    built: contract('events', 'lifecycle'),
  },
  'async/transport/trace': { unit: transport('trace'), built: contract('events') },
  'async/transport/undici': { unit: transport('undici'), built: [] },
  'async/transport/upload-file': { unit: transport('upload-file'), built: contract('upload-files') },
  'async/transport/write-size': { unit: transport('write-size', 'multipart-body'), built: [] },
  'sync/worker/event-inbox': { unit: unit('event-inbox', 'worker/worker-client'), built: contract('events') },
  'sync/worker/shared-text': { unit: unit('worker/shared-text', 'worker/worker'), built: contract('events') },
  'sync/worker/synckit': { unit: [], built: ['test/sync/synckit.test.ts'] },
  'sync/worker/text-memory': { unit: unit('worker/shared-text'), built: [] },
  'sync/worker/transferable': { unit: unit('worker/transferable'), built: contract('upload-files') },
  'sync/worker/worker': { unit: unit('worker/worker'), built: WORKER },
  'sync/worker/worker-client': { unit: unit('worker/worker-client'), built: WORKER },
  'sync/worker/worker-loop': { unit: unit('worker/worker-loop'), built: ['test/sync/prefetch.test.ts'] },
  'sync/worker/worker-start': { unit: unit('worker/worker-start', 'worker/worker-client'), built: [] },
  'sync/worker/worker-file': { unit: unit('worker/worker-file'), built: [] },
  'shared/operations/actions': { unit: unit('writing', 'operations'), built: contract('actions') },
  'shared/operations/api-error': {
    unit: unit('parse-response', 'oauth'),
    built: contract('error-responses', 'error-properties', 'errors'),
  },
  'shared/operations/build-request': {
    unit: unit('operations', 'writing', 'parameters', 'link'),
    built: contract('token'),
  },
  'shared/operations/embedding': { unit: unit('operations', 'parameters'), built: contract('embed') },
  'shared/operations/item-queue': { unit: unit('load-ahead', 'pager'), built: ['test/many/load-ahead.test.ts'] },
  'shared/operations/oauth': { unit: unit('oauth', 'login'), built: contract('oauth', 'login') },
  'shared/operations/page-sequence': { unit: unit('pager', 'load-ahead'), built: ['test/many/all.test.ts'] },
  'shared/operations/pager': { unit: unit('pager', 'load-ahead'), built: ['test/many/all.test.ts'] },
  'shared/operations/parse-response': {
    unit: unit('parse-response', 'operations'),
    built: contract('error-responses', 'upload-answers', 'errors'),
  },
  'shared/operations/reading': {
    unit: unit('operations', 'get-many', 'resource-list'),
    built: [...contract('get', 'search-and-discover', 'pagination', 'load'), 'test/many/together.test.ts'],
  },
  'shared/operations/request': { unit: unit('writing', 'operations'), built: contract('request') },
  'shared/operations/uploads': {
    unit: unit('writing', 'upload-fields'),
    built: contract('edit', 'upload-answers', 'upload-fields'),
  },
};

const ALL_CONTRACTS = ['test/contract'];

/** Returns the tests of a file in `src`. One that is not listed is tried with all contract tests. */
export function testsOf(file: string): TestFiles {
  return TESTS[file.replace(/^src\/|\.ts$/g, '')] ?? { unit: [], built: ALL_CONTRACTS };
}
