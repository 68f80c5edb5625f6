/** The few lines that a user writes, in the forms that the environments need. */

export type Mode = 'async' | 'sync';
export type Format = 'esm' | 'cjs';

/** What `main` returns if everything works. */
export const EXPECTED = 'London, 3 followers, 100 mixes, uploaded, MixcloudError 404, ECONNREFUSED, London by proxy';

const CLIENTS = { async: 'Mixcloud', sync: 'MixcloudSync' };
const ENTRIES = { async: 'mixcloud-client', sync: 'mixcloud-client/sync' };

/** The statements that bring the names of the package, of both entry points for the blocking client. */
export function imports(mode: Mode, format: Format): string {
  const from = (names: string, entry: string) =>
    format === 'esm' ? `import { ${names} } from '${entry}';\n` : `const { ${names} } = require('${entry}');\n`;
  const errors = 'MixcloudConnectionError, MixcloudError';
  return from(CLIENTS[mode], ENTRIES[mode]) + from(errors, 'mixcloud-client');
}

/** `main(world)`: reads, lists, reads a large list, uploads, fails in two ways, and uses a proxy. It is valid TypeScript too. */
export function main(mode: Mode, typed = false): string {
  const await_ = mode === 'async' ? 'await ' : '';
  const async_ = mode === 'async' ? 'async ' : '';
  const any = typed ? ': any' : '';
  return `
${async_}function main({ apiRoot, accessToken, proxy }${any}) {
  const failure = ${async_}(call${any}) => {
    try {
      return ${await_}call();
    } catch (error) {
      return error;
    }
  };
  const mixcloud = new ${CLIENTS[mode]}({ apiRoot, accessToken, raiseExceptions: true });
  const bob${any} = ${await_}mixcloud.get('bob');
  const followers = ${await_}bob.followers({ limit: 3 });
  const mp3 = new Uint8Array(100_000);
  mp3.set([0x49, 0x44, 0x33]);
  const upload${any} = ${await_}mixcloud.upload(mp3, 'Mix ' + Math.random());
  const missing${any} = ${await_}failure(() => mixcloud.get('nobody-of-that-name'));
  const offline = new ${CLIENTS[mode]}({ apiRoot: 'http://127.0.0.1:1', retries: 0 });
  const refused${any} = ${await_}failure(() => offline.get('bob'));
  const behindProxy = new ${CLIENTS[mode]}({ apiRoot, proxy });
  const proxied${any} = ${await_}behindProxy.get('bob');
  // Without a token, a response of this size reaches a blocking client in shared memory.
  const mixes = ${await_}behindProxy.popular({ limit: 100 });
  for (const client of [mixcloud, offline, behindProxy]) ${await_}client.close();
  return [
    bob.city,
    followers.length + ' followers',
    mixes.length + ' mixes',
    upload.result.success ? 'uploaded' : 'not uploaded',
    missing instanceof MixcloudError ? 'MixcloudError ' + missing.status : String(missing),
    refused instanceof MixcloudConnectionError ? refused.code : String(refused),
    proxied.city + ' by proxy',
  ].join(', ');
}
`;
}

/** A program that prints what \`main\` returns. */
export function script(mode: Mode, format: Format, typed = false): string {
  const world = typed ? 'process.env.WORLD as string' : 'process.env.WORLD';
  const run =
    mode === 'async' ? `main(JSON.parse(${world})).then(console.log);\n` : `console.log(main(JSON.parse(${world})));\n`;
  return imports(mode, format) + main(mode, typed) + run;
}

/** How a test runner's file declares a test. */
interface Suite {
  /** Statement that brings `test`, if it is not a global. */
  readonly header?: string;
  /** Name of the function that declares a test. */
  readonly test?: string;
  readonly parameter?: string;
  readonly typed?: boolean;
}

/** A file of tests. It throws if the result differs, and writes it to a file, so that a skipped test is noticed. */
export function suite(
  mode: Mode,
  format: Format,
  { header = '', test = 'test', parameter = '', typed = false }: Suite,
) {
  const write =
    format === 'esm' ? "import { writeFileSync } from 'node:fs';\n" : "const { writeFileSync } = require('node:fs');\n";
  const env = (name: string) => `process.env.${name}${typed ? ' as string' : ''}`;
  return `${header}${write}${imports(mode, format)}${main(mode, typed)}
${test}('the client works', async (${parameter}) => {
  const result = await main(JSON.parse(${env('WORLD')}));
  writeFileSync(${env('RESULT')}, result);
  ${parameter === '' ? '' : `${parameter.replace(/:.*/, '')}.pass?.();`}
  if (result !== ${JSON.stringify(EXPECTED)}) throw new Error(result);
});
`;
}
