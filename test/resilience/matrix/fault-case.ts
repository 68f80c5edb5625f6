import type { Mixcloud, MixcloudOptions } from 'mixcloud-client';
import { expect } from 'vitest';
import type { FaultSpec } from '../../emulator/start.ts';

/** How a call ends, with `raiseExceptions`. */
export type Settled = { readonly throws: Thrown } | { readonly gives: (value: unknown) => void };

/** An error, by its class and what it carries. */
export interface Thrown {
  readonly name: string;
  readonly code?: string | RegExp;
  readonly status?: number;
  readonly says?: RegExp;
  readonly fields?: Readonly<Record<string, unknown>>;
  /** Whether it is thrown without `raiseExceptions` too. */
  readonly always: boolean;
}

/** One way in which a server fails, and what a call makes of it. */
export interface FaultCase {
  readonly name: string;
  readonly fault: FaultSpec;
  /** What is called; by default the user `bob` is fetched. */
  readonly call?: (mixcloud: Mixcloud) => unknown;
  readonly options?: MixcloudOptions;
  /** Milliseconds that the call may take. */
  readonly within: number;
  readonly settled: Settled;
}

/** The time-out of calls that are to run into it. */
export const TIMEOUT = 250;

/** The timeout of all other calls, which a loaded machine does not run into. */
export const GENEROUS_TIMEOUT = 5000;

// Milliseconds that a loaded machine may take for the rest of a call.
const PATIENCE = 4000;

export function case_(fault: string | FaultSpec, settled: Settled, rest: Partial<FaultCase> = {}): FaultCase {
  const spec = typeof fault === 'string' ? { name: fault } : fault;
  const name = spec.param === undefined ? spec.name : `${spec.name}:${spec.param}`;
  const endsInTimeout = 'throws' in settled && settled.throws.name === 'MixcloudTimeoutError';
  const timeout = rest.options?.timeout ?? (endsInTimeout ? TIMEOUT : GENEROUS_TIMEOUT);
  return { name, fault: spec, settled, within: timeout + PATIENCE, ...rest, options: { ...rest.options, timeout } };
}

export function timesOut(timeout: number = TIMEOUT): Settled {
  const says = new RegExp(`no complete answer within ${timeout} ms`);
  return {
    throws: { name: 'MixcloudTimeoutError', code: 'ERR_MIXCLOUD_TIMEOUT', says, fields: { timeout }, always: true },
  };
}

export function disconnects(code: string | RegExp, says?: RegExp): Settled {
  return { throws: { name: 'MixcloudConnectionError', code, always: true, ...(says && { says }) } };
}

export function unreadable(status: number, always = false): Settled {
  return { throws: { name: 'MixcloudDecodeError', code: 'ERR_MIXCLOUD_DECODE', status, always } };
}

/** The API answers with an error, whose words are the message. */
export function refuses(name: string, status: number, fields: Readonly<Record<string, unknown>> = {}): Settled {
  return { throws: { name, status, fields, always: false } };
}

/** The right answer, whatever is odd about the way it came. */
export const london: Settled = {
  gives: (value) => expect(value).toMatchObject({ key: '/bob/', city: 'London', type: 'user' }),
};

export function gives(check: (value: unknown) => void): Settled {
  return { gives: check };
}
