import { beforeAll, describe, expect, it } from 'vitest';
import { emulator } from '../support/world.ts';
import { type Attempt, run, scriptPath } from './run-script.ts';

const expected = {
  api: { name: 'MixcloudError', code: 'ERR_MIXCLOUD', mixcloud: true },
  authorization: { name: 'MixcloudAuthorizationError', mixcloud: true },
  limit: { name: 'MixcloudRateLimitError', mixcloud: true },
  decode: { name: 'MixcloudDecodeError', mixcloud: true, cause: { name: 'SyntaxError' } },
  reset: { name: 'MixcloudConnectionError', mixcloud: true, cause: {} },
  refused: {
    name: 'MixcloudConnectionError',
    code: 'ECONNREFUSED',
    mixcloud: true,
    cause: { message: 'connect ECONNREFUSED 127.0.0.1:9' },
  },
  timeout: { name: 'MixcloudTimeoutError', code: 'ERR_MIXCLOUD_TIMEOUT', mixcloud: true },
  oauth: { name: 'MixcloudOAuthError', mixcloud: true },
  misuse: { name: 'TypeError', mixcloud: false },
  range: { name: 'RangeError', mixcloud: false },
  file: { name: 'TypeError', code: 'ENOENT', mixcloud: false },
  connection: { name: 'MixcloudError', mixcloud: true },
  many: { name: 'MixcloudError', mixcloud: true },
  all: { name: 'MixcloudError', mixcloud: true },
  following: { name: 'TypeError', mixcloud: false },
} as const;

describe('an error of a blocking call', () => {
  let reports: Record<string, Attempt>;

  beforeAll(async () => {
    const world = await emulator().world();
    reports = await run<Record<string, Attempt>>({ script: 'errors.mjs', env: { WORLD: world.origin } });
    return () => world.close();
  });

  it.each(Object.entries(expected))('is of its own class, with its cause (%s)', (what, error) => {
    expect(reports[what]?.error).toMatchObject({ ...error, worker: false });
  });

  it.each(Object.keys(expected))('has a stack that leads straight to the line of the caller (%s)', (what) => {
    const { stack = '', message = '' } = reports[what]?.error ?? {};
    // Behind the message, which may have lines of its own: the frames of this package, then the caller's.
    const frames = stack
      .slice(stack.indexOf(message) + message.length)
      .split('\n')
      .slice(1);
    const foreign = frames.find((frame) => !/[\\/]dist[\\/]|<anonymous>|node:internal/.test(frame));
    expect(foreign).toContain(scriptPath('errors.mjs'));
    expect(frames.join('\n')).not.toContain('synckit');
  });
});
