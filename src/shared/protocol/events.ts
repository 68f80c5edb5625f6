/** What a client reports of its requests. */
import { fromFailure } from './failure.ts';
import type { Failure } from './messages.ts';

/** What every event has. */
export interface BaseEvent {
  /** The same for one request with its retries and redirects, and unique in the process. */
  readonly id: string;
  /** Number of the attempt, from 1. The hops of a redirect are one attempt. */
  readonly attempt: number;
  /** HTTP method. */
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** URL without secrets. */
  readonly url: string;
}

/** A request is sent. Each hop of a redirect is one. */
export interface RequestEvent extends BaseEvent {
  /** Kind of the event. */
  readonly type: 'request';
}

/** A response has arrived, of any status. */
export interface ResponseEvent extends BaseEvent {
  /** Kind of the event. */
  readonly type: 'response';
  /** HTTP status. */
  readonly status: number;
  /** Headers by their names in lower case, without secrets and cookies. */
  readonly headers: Readonly<Record<string, string>>;
  /** Size of the body in bytes, as it was received. */
  readonly bytes: number;
  /** Milliseconds since the `request` event. */
  readonly elapsed: number;
}

/** An attempt has failed, or its wait was ended: there is no complete response. */
export interface FailureEvent extends BaseEvent {
  /** Kind of the event. */
  readonly type: 'failure';
  /** Why, such as a `MixcloudConnectionError`. For an aborted call, the reason of its signal if that is an error. */
  readonly error: Error;
}

/** The request is sent again after a pause, because the attempt failed. `attempt` is the one that failed. */
export interface RetryEvent extends BaseEvent {
  /** Kind of the event. */
  readonly type: 'retry';
  /** Milliseconds of the pause. */
  readonly wait: number;
}

/** The request waits until a rate limit ends. `attempt` is the one that was refused, or the first if another request was. */
export interface RateLimitEvent extends BaseEvent {
  /** Kind of the event. */
  readonly type: 'rate-limit';
  /** Milliseconds until the limit ends. */
  readonly wait: number;
}

/** Something that happened to a request. `type` tells which properties it has. */
export type MixcloudEvent = RequestEvent | ResponseEvent | FailureEvent | RetryEvent | RateLimitEvent;

/** Is called with every event, in order. */
export type MixcloudEventListener = (event: MixcloudEvent) => void;

/** A failure event that can cross a thread. */
export interface PlainFailureEvent extends BaseEvent {
  readonly type: 'failure';
  /** Timeout of the request in milliseconds. */
  readonly timeout: number;
  readonly failure: Failure;
}

/** An event that can cross a thread. */
export type PlainEvent = Exclude<MixcloudEvent, FailureEvent> | PlainFailureEvent;

/** Returns the event for a listener. `reason` is the reason of the signal of an aborted call. */
export function fromPlainEvent(plain: PlainEvent, reason?: unknown): MixcloudEvent {
  if (plain.type !== 'failure') return plain;
  const { failure, timeout, ...event } = plain;
  const aborted = failure.kind === 'aborted' && reason instanceof Error;
  return { ...event, error: aborted ? reason : fromFailure(failure, { ...event, timeout }) };
}

/** A log that the environment enables, as `debuglog` of `node:util` returns it. */
export interface DebugLog {
  (format: string, text: string): void;
  readonly enabled: boolean;
}

/** Returns the listener of a client, which also prints events if the log is enabled. `undefined` if nobody listens. */
export function withDebugLog(onEvent: MixcloudEventListener | null, log: DebugLog): MixcloudEventListener | undefined {
  if (!log.enabled) return onEvent ?? undefined;
  return (event) => {
    log('%s', describeEvent(event));
    onEvent?.(event);
  };
}

/** Returns an event as one line. */
export function describeEvent(event: MixcloudEvent): string {
  const { type, id, attempt, method, url } = event;
  const line = `${id} attempt ${attempt} ${type} ${method} ${url}${describeOutcome(event)}`;
  // Messages contain what a server sends. Line breaks and control sequences would spoil a log.
  return line.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}

function describeOutcome(event: MixcloudEvent): string {
  if (event.type === 'response') return `: ${event.status}, ${event.bytes} bytes, ${Math.round(event.elapsed)} ms`;
  if (event.type === 'failure') {
    const { name, message } = event.error;
    // Most messages begin with the method and the URL, which the line has already.
    return `: ${name}: ${message.replace(`${event.method} ${event.url}: `, () => '')}`;
  }
  return event.type === 'request' ? '' : `: waiting ${Math.round(event.wait)} ms`;
}
