/** Passes large texts from the worker to the calling thread, in memory that both share. */
import { decodeBody } from '../../shared/protocol/body-text.ts';
import type { ApiResponse, OperationResult } from '../../shared/protocol/messages.ts';
import type { WorkerReply } from './worker-messages.ts';

/** A text in shared memory. It is there until the worker gets its next message. */
export interface SharedText {
  readonly memory: SharedArrayBuffer;
  readonly offset: number;
  /** In bytes of UTF-8. */
  readonly length: number;
}

/** A text on its way to the calling thread. */
export type SentText = string | SharedText;

/** Returns a reply with the texts that are in shared memory. They must be read before the worker gets another message. */
export function decodeTexts(reply: WorkerReply<SentText>): WorkerReply {
  return mapTexts(reply, ({ text }) => (typeof text === 'string' ? text : decodeText(text)));
}

/** Returns a reply in which each response has the text that `map` returns. */
export function mapTexts<From, To>(
  reply: WorkerReply<From>,
  map: (response: ApiResponse<From>) => To,
): WorkerReply<To> {
  if (reply.type === 'prefetched') {
    return { ...reply, results: reply.results.map(({ id, result }) => ({ id, result: mapText(result, map) })) };
  }
  if (reply.type !== 'reply' || reply.results === null) return reply as WorkerReply<never>;
  return { ...reply, results: reply.results.map((result) => mapText(result, map)) };
}

function mapText<From, To, R extends OperationResult<From>>(
  result: R,
  map: (response: ApiResponse<From>) => To,
): Exclude<R, ApiResponse<From>> | ApiResponse<To> {
  if (result.type !== 'response') return result as Exclude<R, ApiResponse<From>>;
  // Not spread: that would decode the text.
  const { type, status, contentType, retryAfter } = result;
  return { type, status, contentType, retryAfter, text: map(result) };
}

function decodeText({ memory, offset, length }: SharedText): string {
  return decodeBody(Buffer.from(memory, offset, length));
}
