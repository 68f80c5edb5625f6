import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startEmulator } from 'mixcloud-client/testing';
import { describe, expect, it } from 'vitest';
import { Script } from './sync/run-script.ts';

type Emulator = Awaited<ReturnType<typeof startEmulator>>;

const FOLDER = fileURLToPath(new URL('../examples/', import.meta.url));

/** How an example is run, and what it must print. */
interface Example {
  readonly file: string;
  /** Arms faults and adds to the world. */
  readonly prepare?: (emulator: Emulator) => Promise<unknown>;
  readonly env?: (emulator: Emulator) => Readonly<Record<string, string>>;
  readonly check: (stdout: string, emulator: Emulator) => unknown;
}

const EXAMPLES: readonly Example[] = [
  {
    file: 'events-opentelemetry.ts',
    prepare: async (emulator) => {
      await emulator.fault({ name: 'reset', times: 1 });
      await emulator.fault({ name: 'html-503', times: 1 });
    },
    check: (stdout, { url }) => {
      const spans = stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
      const span = {
        name: 'GET',
        'http.request.method': 'GET',
        'url.full': `${url}/stationowner/?metadata=1`,
      };
      expect(spans).toEqual([
        { ...span, 'http.request.resend_count': 0, exception: expect.stringContaining('ECONNRESET') },
        { ...span, 'http.request.resend_count': 1, 'http.response.status_code': 503 },
        { ...span, 'http.request.resend_count': 2, 'http.response.status_code': 200 },
      ]);
    },
  },
];

describe('an example', () => {
  it.each(EXAMPLES.map((example) => [example.file, example] as const))(
    'runs against the emulator: %s',
    async (file, { prepare, env, check }) => {
      await using emulator = await startEmulator();
      await prepare?.(emulator);
      const variables = { API_ROOT: emulator.url, ...env?.(emulator) };
      const script = new Script({
        script: `${FOLDER}${file}`,
        env: variables,
        flags: ['--import', 'tsx'],
        watchdog: 20,
      });
      const { code, stdout, stderr } = await script.ended;
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      await check(stdout, emulator);
    },
  );

  it('is in the table, whichever it is', () => {
    const files = readdirSync(FOLDER).filter((file) => file.endsWith('.ts'));
    expect(EXAMPLES.map(({ file }) => file).sort()).toEqual(files.sort());
  });
});
