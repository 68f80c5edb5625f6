import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { parseRetryAfter, withDecoding } from '../../../src/async/transport/decoding.ts';
import { LargeResponse } from '../../../src/async/transport/large-response.ts';
import { connectionFailure, getRequest, newCall, rawResponse, replying } from './support.ts';

describe('withDecoding', () => {
  const decode = (response: ReturnType<typeof rawResponse>) =>
    withDecoding(replying(response).sender, false)(getRequest(), newCall());

  it('decompresses the body and decodes it', async () => {
    const body = gzipSync('\uFEFF{"city": "Αθήνα"}');
    const headers = { 'content-encoding': 'gzip', 'content-type': 'text/javascript', 'retry-after': '7' };
    expect(await decode({ ...rawResponse(503, headers), body })).toEqual({
      type: 'response',
      status: 503,
      contentType: 'text/javascript',
      retryAfter: 7,
      text: '{"city": "Αθήνα"}',
    });
  });

  it.each([
    [128 * 1024 - 1, false, true],
    [128 * 1024, true, true],
    [128 * 1024, false, false],
  ])('keeps a body of %i bytes: %s, if large ones are kept: %s', async (size, isKept, keepLarge) => {
    const text = `"${'ä'.repeat((size - 5) / 2)}"`.padEnd(size - Math.floor((size - 5) / 2), ' ');
    const response = { ...rawResponse(200, { 'retry-after': '7' }), body: gzipSync(text) };
    const headers = { 'content-encoding': 'gzip', 'content-type': 'text/javascript', 'retry-after': '7' };
    expect(Buffer.byteLength(text)).toBe(size);
    const { sender } = replying({ ...response, headers });
    const decoded = await withDecoding(sender, keepLarge)(getRequest(), newCall());
    const head = { type: 'response', status: 200, contentType: 'text/javascript', retryAfter: 7 };
    expect(decoded).toMatchObject({ ...head, text });
    expect(decoded instanceof LargeResponse).toBe(isKept);
    if (decoded instanceof LargeResponse) expect(decoded.body).toEqual(Buffer.from(text));
  });

  it('fails for a body that is not what its headers say', async () => {
    expect(await decode(rawResponse(200, { 'content-encoding': 'gzip' }, 'plain'))).toMatchObject({
      kind: 'connection',
      code: 'Z_DATA_ERROR',
    });
  });

  it('passes on a failure', async () => {
    const failure = connectionFailure('ECONNRESET');
    expect(await withDecoding(replying<never>(failure).sender, false)(getRequest(), newCall())).toBe(failure);
  });
});

describe('parseRetryAfter', () => {
  it.each([
    ['7', 7],
    ['0.5', 0.5],
    ['-3', 0],
    [['4', '5'], 4],
    ['', null],
    ['soon', null],
    [undefined, null],
  ])('reads %j as %j', (header, seconds) => {
    expect(parseRetryAfter(header)).toBe(seconds);
  });

  it('reads a date as the seconds until then', () => {
    const seconds = parseRetryAfter(new Date(Date.now() + 100_000).toUTCString());
    expect(seconds).toBeGreaterThan(90);
    expect(seconds).toBeLessThanOrEqual(100);
    expect(parseRetryAfter(new Date(0).toUTCString())).toBe(0);
  });

  it('compares a date to the clock of the server', () => {
    const now = Date.parse('2001-01-01T00:00:00Z');
    const [sentAt, until] = [new Date(now), new Date(now + 30_000)].map((date) => date.toUTCString());
    expect(parseRetryAfter(until, sentAt)).toBe(30);
    expect(parseRetryAfter(until, 'no date')).toBe(0);
  });
});
