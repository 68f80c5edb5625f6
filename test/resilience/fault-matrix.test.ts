import {
  isErrorResponse,
  type Mixcloud,
  MixcloudAuthorizationError,
  MixcloudConnectionError,
  MixcloudDecodeError,
  MixcloudError,
  type MixcloudOptions,
  MixcloudRateLimitError,
  MixcloudTimeoutError,
  toError,
} from 'mixcloud-client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { AWKWARD_TOKEN, OWNER_TOKEN, type WorldHandle } from '../emulator/start.ts';
import { clientOf } from '../support/client.ts';
import { modes } from '../support/modes.ts';
import { emulator } from '../support/world.ts';
import {
  FAULT_CASES,
  FAULTS_TRIED,
  type FaultCase,
  GENEROUS_TIMEOUT,
  PLACE_CASES,
  type Settled,
} from './matrix/index.ts';
import { leak, shown } from './shown.ts';

const classes: Readonly<Record<string, abstract new (...args: never[]) => Error>> = {
  TypeError,
  MixcloudAuthorizationError,
  MixcloudConnectionError,
  MixcloudDecodeError,
  MixcloudError,
  MixcloudRateLimitError,
  MixcloudTimeoutError,
};

const variants = [
  { raise: 'with raiseExceptions', raiseExceptions: true, accessToken: AWKWARD_TOKEN },
  { raise: 'without raiseExceptions', raiseExceptions: false, accessToken: OWNER_TOKEN },
];

type Result = { readonly ms: number; readonly value?: unknown; readonly error?: unknown };

async function attempt(act: () => unknown): Promise<Result> {
  const began = performance.now();
  try {
    const value = await act();
    return { ms: performance.now() - began, value };
  } catch (error) {
    return { ms: performance.now() - began, error };
  }
}

function expectOutcome(settled: Settled, { value, error }: Result, raiseExceptions: boolean): void {
  if ('gives' in settled) {
    if (error !== undefined) throw error;
    settled.gives(value);
    return;
  }
  const { name, code, status, says, fields, always } = settled.throws;
  if (!raiseExceptions && !always) {
    if (error !== undefined) throw error;
    // It is known as an error, shows its message, and is the error that would have been thrown.
    expect(isErrorResponse(value)).toBe(true);
    expect(String(value)).toMatch(/^<AccessDict: error /);
    expectOutcome(settled, { ms: 0, error: toError(value) }, true);
    return;
  }
  if (!(error instanceof Error)) throw new Error(`expected a ${name}, but the call gave ${String(value)}`);
  const names = name.split(' or ');
  if (!names.includes(error.name)) throw new Error(`expected a ${name}, but got ${error.stack}`, { cause: error });
  expect(error).toBeInstanceOf(classes[error.name]);
  if (code !== undefined)
    expect(error).toHaveProperty('code', typeof code === 'string' ? code : expect.stringMatching(code));
  if (status !== undefined) expect(error).toHaveProperty('status', status);
  if (says) expect(error.message).toMatch(says);
  if (fields) expect(error).toMatchObject(fields);
  // A bad link is found before a request is made.
  if (code === 'ERR_MIXCLOUD_LINK') return;
  expect(error).toMatchObject({
    method: expect.stringMatching(/^(?:GET|POST|DELETE)$/),
    url: expect.stringMatching(/^https?:/),
  });
  // Where there is no response, the message begins with what was asked.
  if (/Timeout|Connection/.test(error.name)) expect(error.message).toMatch(/^(?:GET|POST|DELETE) https?:\/\/\S+: ./);
}

describe.each(modes)('a server that fails ($mode)', ({ Mixcloud }) => {
  let world: WorldHandle;

  beforeAll(async () => {
    world = await emulator().world();
  });
  afterEach(() => world.clearFaults());
  afterAll(() => world.close());

  function client(options: MixcloudOptions) {
    return clientOf(Mixcloud, world, { timeout: GENEROUS_TIMEOUT, retries: 0, ...options });
  }

  describe.each(variants)('$raise', ({ raiseExceptions, accessToken }) => {
    it.each(FAULT_CASES)('$name', async ({ fault, call, options, within, settled }: FaultCase) => {
      await world.fault(fault);
      const mixcloud = client({ raiseExceptions, accessToken, ...options });
      const result = await attempt(() => (call ? call(mixcloud) : mixcloud.get('bob')));
      expectOutcome(settled, result, raiseExceptions);
      expect(result.ms).toBeLessThan(within);
      const { value, error } = result;
      expect(leak(shown(error ?? value), accessToken)).toBeUndefined();
      expect(leak(shown(mixcloud), accessToken)).toBeUndefined();

      await world.clearFaults();
      await expectNextCall(mixcloud, () => mixcloud.get('peter', { timeout: 5000 }));
    });

    it.each(PLACE_CASES)('$name', async ({ arrange, within, settled }) => {
      const { options, mend, leave } = await arrange(emulator(), world);
      const mixcloud = client({ raiseExceptions, accessToken, ...options });
      const result = await attempt(() => mixcloud.get('bob'));
      expectOutcome(settled, result, raiseExceptions);
      expect(result.ms).toBeLessThan(within);
      expect(leak(shown(result.error), accessToken)).toBeUndefined();
      expect(leak(shown(result.error), 'station:password')).toBeUndefined();

      await mend?.();
      const url = `${world.apiRoot}/peter/`;
      const elsewhere = () => mixcloud.get(url, { relative: false, timeout: 5000 });
      if (mend) await expectNextCall(mixcloud, () => mixcloud.get('peter', { timeout: 5000 }));
      else if (options.proxy === undefined) await expectNextCall(mixcloud, elsewhere);
      await leave?.();
    });
  });
});

/** The next call works, and then the client ends at once: nothing of what failed is left waiting. */
async function expectNextCall(mixcloud: Mixcloud, call: () => unknown): Promise<void> {
  expect(await call()).toHaveProperty('key', '/peter/');
  const began = performance.now();
  await mixcloud.close();
  // Less than any timeout that may be left.
  expect(performance.now() - began).toBeLessThan(GENEROUS_TIMEOUT / 2);
}

describe('the matrix', () => {
  it('has every fault once, and says how many they are', () => {
    const names = [...FAULT_CASES, ...PLACE_CASES].map(({ name }) => name);
    expect(new Set(names).size).toBe(FAULTS_TRIED);
    console.info(`${FAULTS_TRIED} faults, each in both modes, with and without raiseExceptions`);
  });
});
