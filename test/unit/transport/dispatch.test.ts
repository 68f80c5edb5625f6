import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createDispatch } from '../../../src/async/transport/dispatch.ts';
import { MultipartBody } from '../../../src/async/transport/multipart-body.ts';
import type { ResponseCollector } from '../../../src/async/transport/response-collector.ts';
import { Trace } from '../../../src/async/transport/trace.ts';
import { getRequest, newCall } from './support.ts';

interface DispatchedRequest {
  readonly origin: string;
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
}

const controller = { abort: () => {} } as unknown as Parameters<ResponseCollector['onRequestStart']>[0];

/** A dispatcher without a network: `answer` calls the handler as undici does. */
function fakeDispatcher(answer: (handler: ResponseCollector) => void) {
  const requests: DispatchedRequest[] = [];
  const dispatcher = {
    dispatch(options: object, handler: object) {
      requests.push(options as DispatchedRequest);
      answer(handler as ResponseCollector);
      return true;
    },
  };
  return { dispatcher, requests };
}

const answerOk = (handler: ResponseCollector) => {
  handler.onRequestStart(controller);
  handler.onResponseStart(controller, 200, { 'content-type': 'text/plain' });
  handler.onResponseData(controller, Buffer.from('a'));
  handler.onResponseData(controller, Buffer.from('b'));
  handler.onResponseEnd();
};

const options = { userAgent: 'test/1', proxy: null };

describe('createDispatch', () => {
  it('sends the request with its secrets and returns the response as it was received', async () => {
    const { dispatcher, requests } = fakeDispatcher(answerOk);
    const request = getRequest({ url: 'https://api.example/bob/?a=1', secrets: { access_token: 'x y' } });
    const response = await createDispatch(options, () => dispatcher)(request, newCall());
    expect(response).toMatchObject({ status: 200, body: Buffer.from('ab') });
    expect(requests).toMatchObject([
      { origin: 'https://api.example', path: '/bob/?a=1&access_token=x+y', method: 'GET' },
    ]);
    expect(requests[0]?.headers).toMatchObject({ 'user-agent': 'test/1', 'accept-encoding': 'gzip, deflate, br' });
  });

  it.each([
    ['https://api.example/bob/?a=1', 'https://api.example', '/bob/?a=1'],
    ['http://[::1]:8000/', 'http://[::1]:8000', '/'],
    // Where a redirect may lead. The user is not sent.
    ['https://api.example/bob/?a=/@/?#part', 'https://api.example', '/bob/?a=/@/?'],
    ['https://bob:secret@api.example/bob/', 'https://api.example', '/bob/'],
  ])('sends %s to its origin', async (url, origin, path) => {
    const { dispatcher, requests } = fakeDispatcher(answerOk);
    await createDispatch(options, () => dispatcher)(getRequest({ url }), newCall());
    expect(requests).toMatchObject([{ origin, path }]);
  });

  it('parses a URL only where it has to', async () => {
    let parsed = 0;
    class CountedUrl extends URL {
      constructor(...given: ConstructorParameters<typeof URL>) {
        super(...given);
        parsed += 1;
      }
    }
    vi.stubGlobal('URL', CountedUrl);
    onTestFinished(() => void vi.unstubAllGlobals());
    const count = async (request: Parameters<typeof getRequest>[0]) => {
      parsed = 0;
      const { dispatcher } = fakeDispatcher(answerOk);
      await createDispatch(options, () => dispatcher)(getRequest(request), newCall());
      return parsed;
    };
    expect(await count({})).toBe(0);
    expect(await count({ url: 'https://api.example/#part' })).toBe(1);
    expect(await count({ secrets: { access_token: 'x' } })).toBe(1);
  });

  it('returns an error of the dispatcher as a failure, whether it is reported or thrown', async () => {
    const error = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
    const reported = fakeDispatcher((handler) => handler.onResponseError(null, error)).dispatcher;
    const throwing = fakeDispatcher(() => {
      throw error;
    }).dispatcher;
    for (const dispatcher of [reported, throwing]) {
      const result = await createDispatch(options, () => dispatcher)(getRequest(), newCall());
      expect(result).toMatchObject({ type: 'failure', kind: 'connection', code: 'ECONNREFUSED' });
    }
  });

  it('aborts the request when the call ends', async () => {
    let aborted: Error | undefined;
    const abort = (reason: Error) => {
      aborted = reason;
    };
    const { dispatcher } = fakeDispatcher((handler) =>
      handler.onRequestStart({ abort } as unknown as typeof controller),
    );
    const result = await createDispatch(options, () => dispatcher)(getRequest(), startedCall(20));
    expect(result).toMatchObject({ kind: 'timeout' });
    expect(aborted?.message).toBe('no complete answer within 20 ms');
  });

  it('aborts no request that is complete', async () => {
    const abort = vi.fn();
    const { dispatcher } = fakeDispatcher((handler) => {
      answerOk(handler);
      handler.onRequestStart({ abort } as unknown as typeof controller);
    });
    const call = newCall();
    expect(await createDispatch(options, () => dispatcher)(getRequest(), call)).toMatchObject({ status: 200 });
    call.deadline.end({ type: 'failure', kind: 'aborted', message: 'aborted' });
    expect(abort).not.toHaveBeenCalled();
  });

  it('reports the request and the response', async () => {
    const { dispatcher } = fakeDispatcher(answerOk);
    const { events, trace } = listen();
    await createDispatch(options, () => dispatcher)(getRequest(), { ...newCall(), trace });
    expect(events).toEqual(['request', 'response']);
  });

  it('reports no response if there is none', async () => {
    const { dispatcher } = fakeDispatcher((handler) => handler.onResponseError(null, new Error('reset')));
    const { events, trace } = listen();
    await createDispatch(options, () => dispatcher)(getRequest(), { ...newCall(), trace });
    expect(events).toEqual(['request']);
  });

  it('sends and reports nothing for a call that has ended', async () => {
    const { dispatcher, requests } = fakeDispatcher(answerOk);
    const { events, trace } = listen();
    const call = { ...newCall(100, AbortSignal.abort()), trace };
    expect(await createDispatch(options, () => dispatcher)(getRequest(), call)).toMatchObject({ kind: 'aborted' });
    expect(requests).toHaveLength(0);
    expect(events).toEqual([]);
  });

  it('returns anything else that a dispatcher throws as a failure', async () => {
    const { dispatcher } = fakeDispatcher(() => {
      throw 'refused';
    });
    const result = await createDispatch(options, () => dispatcher)(getRequest(), newCall());
    expect(result).toMatchObject({ kind: 'connection', message: 'refused' });
  });

  it('says which undici is needed if an interceptor of undici 6 refuses the handler', async () => {
    const { dispatcher } = fakeDispatcher(() => {
      throw new TypeError('invalid onConnect method');
    });
    const result = await createDispatch(options, () => dispatcher)(getRequest(), newCall());
    expect(result).toMatchObject({ kind: 'misuse', message: expect.stringContaining('undici 7 or later is needed') });
  });

  it('sends a body with its type and its length', async () => {
    const parts = [{ name: 'name', value: 'A show' }];
    const body = await MultipartBody.open(parts);
    if (!(body instanceof MultipartBody)) throw new Error(body.message);
    const { dispatcher, requests } = fakeDispatcher(answerOk);
    const request = getRequest({ method: 'POST', idempotent: false, parts });
    await createDispatch(options, () => dispatcher)(request, { ...newCall(), body });
    expect(requests[0]).toMatchObject({
      method: 'POST',
      headers: { 'content-type': body.contentType, 'content-length': String(body.size) },
    });
    const { body: sent } = requests[0] as unknown as { readonly body: AsyncIterable<Uint8Array> };
    const pieces: Uint8Array[] = [];
    for await (const piece of sent) pieces.push(piece);
    expect(Buffer.concat(pieces)).toHaveLength(body.size);
  });

  it('leaves every limit of time to the deadline', async () => {
    const { dispatcher, requests } = fakeDispatcher(answerOk);
    await createDispatch(options, () => dispatcher)(getRequest(), newCall());
    // Otherwise undici would end the request after 300 s, however long the timeout is.
    expect(requests).toMatchObject([{ headersTimeout: 0, bodyTimeout: 0 }]);
  });

  it.each([
    ['', 'misuse'],
    ['api.example', undefined],
  ])('sends a secret in plain text through no proxy of the environment, with NO_PROXY=%s', async (except, kind) => {
    const { dispatcher, requests } = fakeDispatcher(answerOk);
    const proxy = { by: 'env', http: 'http://proxy.example:8080/', https: '', except } as const;
    const request = getRequest({ url: 'http://api.example/bob/', secrets: { access_token: 'secret' } });
    const result = await createDispatch({ ...options, proxy }, () => dispatcher)(request, newCall());
    expect(result.type === 'failure' ? result.kind : undefined).toBe(kind);
    expect(requests).toHaveLength(kind ? 0 : 1);
  });

  it.each([
    ['http://api.example/', 'http://proxy.example:8080/', 'misuse'],
    ['http://127.0.0.1:1/', 'http://proxy.example:8080/', 'misuse'],
    ['http://127.0.0.1:1/', 'http://127.0.0.1:8080/', undefined],
    ['https://api.example/', 'http://proxy.example:8080/', undefined],
  ])('sends a secret in plain text through no other machine: %s by %s', async (url, proxyUrl, kind) => {
    const { dispatcher, requests } = fakeDispatcher(answerOk);
    const dispatch = createDispatch({ ...options, proxy: { by: 'url', url: proxyUrl } }, () => dispatcher);
    const result = await dispatch(getRequest({ url, secrets: { access_token: 'secret' } }), newCall());
    expect(result.type === 'failure' ? result.kind : undefined).toBe(kind);
    expect(requests).toHaveLength(kind ? 0 : 1);
    expect((await dispatch(getRequest({ url }), newCall())).type).toBe('response');
  });
});

/** A trace, and the types of the events that it reports. */
function listen() {
  const events: string[] = [];
  return { events, trace: new Trace(getRequest(), ({ type }) => void events.push(type)) };
}

function startedCall(timeout: number) {
  const call = newCall(timeout);
  call.deadline.start();
  return call;
}
