/** Requests, responses and senders to compose the senders of `src/async/transport` with. */
import { type FileHandle, open } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { vi } from 'vitest';
import { Deadline } from '../../../src/async/transport/deadline.ts';
import type { RawResponse } from '../../../src/async/transport/response-collector.ts';
import type { Call, Sender } from '../../../src/async/transport/sender.ts';
import type { ApiRequest, ApiResponse, Failure } from '../../../src/shared/protocol/messages.ts';

export function getRequest(rest: Partial<ApiRequest> = {}): ApiRequest {
  return { method: 'GET', url: 'https://api.example/bob/', secrets: {}, idempotent: true, timeout: 10_000, ...rest };
}

export function newCall(timeout = 10_000, signal?: AbortSignal): Call {
  return { deadline: new Deadline(timeout, signal) };
}

export function apiResponse(status = 200, rest: Partial<ApiResponse> = {}): ApiResponse {
  return { type: 'response', status, contentType: null, retryAfter: null, text: '{}', ...rest };
}

export function rawResponse(status = 200, headers: RawResponse['headers'] = {}, body = '{}'): RawResponse {
  return { type: 'response', status, headers, body: Buffer.from(body) };
}

export function connectionFailure(code: string): Failure {
  return { type: 'failure', kind: 'connection', code, message: code };
}

/** A response that says for how many seconds the API refuses requests. */
export function rateLimit(seconds: number): ApiResponse {
  const error = { type: 'RateLimitException', message: 'Too many requests', retry_after: seconds };
  return apiResponse(403, { text: JSON.stringify({ error }) });
}

/** A sender that returns the given results in turn, and then the last one again. It records what it was asked to send. */
export function replying<R>(...results: (R | Failure)[]): { readonly sender: Sender<R>; readonly sent: ApiRequest[] } {
  const sent: ApiRequest[] = [];
  const sender: Sender<R> = async (request) => {
    sent.push(request);
    return results[Math.min(sent.length, results.length) - 1] as R | Failure;
  };
  return { sender, sent };
}

/** The methods that all open files have in common, to spy on. */
export async function fileHandlePrototype(): Promise<FileHandle> {
  const handle = await open(fileURLToPath(import.meta.url));
  await handle.close();
  return Object.getPrototypeOf(handle);
}

/** Notes every file whose size is asked for, as is done for each one that is sent. Returns those that are still open. */
export async function watchFiles(): Promise<{ readonly seen: () => number; readonly open: () => number }> {
  const contexts = vi.spyOn(await fileHandlePrototype(), 'stat').mock.contexts as FileHandle[];
  // A closed file has no descriptor.
  return { seen: () => contexts.length, open: () => contexts.filter(({ fd }) => fd !== -1).length };
}

/** Number of timers of the process. */
export const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
