import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MixcloudWorkerError } from '../../../src/shared/protocol/errors.ts';
import type { ApiResult, Progress } from '../../../src/shared/protocol/messages.ts';
import { NoReplyError, NotCloneableError, startWorker } from '../../../src/sync/worker/synckit.ts';
import { WorkerClient } from '../../../src/sync/worker/worker-client.ts';
import type { JobEvent, WorkerMessage, WorkerReply } from '../../../src/sync/worker/worker-messages.ts';
import { apiResponse, getRequest } from '../transport/support.ts';
import { limitFiles } from './file-limit.ts';

vi.mock(import('../../../src/sync/worker/synckit.ts'), async (original) => ({
  ...(await original()),
  startWorker: vi.fn(),
}));
vi.mock(import('../../../src/sync/worker/worker-file.ts'), () => ({ findWorkerFile: () => '/the/worker.cjs' }));

const OPTIONS = { retries: 0, maxRateLimitWait: 0, proxy: null, userAgent: 'test/1' };
const BATCH = { requests: [getRequest({ method: 'POST', idempotent: false })], concurrency: 1 };
const RESULTS: readonly ApiResult[] = [apiResponse()];

/** A reply, or what the call throws. */
type Scripted = WorkerReply | Error;

const running = (progress: Progress | null = null): WorkerReply => ({ type: 'reply', results: null, progress });
const done = (progress: Progress | null = null): WorkerReply => ({ type: 'reply', results: RESULTS, progress });
const silence = () => new NoReplyError('No reply within 1000 ms');

/** Stands for a worker thread: it notes the messages, and replies as it is told. */
class ScriptedWorker {
  /** All but the question whether it has loaded, which every new worker is asked. */
  readonly messages: Exclude<WorkerMessage, { type: 'ping' }>[] = [];
  terminated = 0;
  readonly pings: WorkerMessage[] = [];
  /** Replies to the first messages, which ask whether it has loaded. */
  readonly loads: Scripted[] = [];
  readonly #replies: Scripted[];
  readonly #otherwise: () => Scripted;
  /** Ends the worker, as when its thread dies. */
  exit: () => void = () => {};

  constructor(replies: readonly Scripted[] = [], otherwise: () => Scripted = done) {
    this.#replies = [...replies];
    this.#otherwise = otherwise;
  }

  call(message: WorkerMessage): WorkerReply {
    if (message.type === 'ping') return this.#load(message);
    this.messages.push(message);
    const reply = this.#replies.shift() ?? this.#otherwise();
    if (reply instanceof Error) throw reply;
    return reply;
  }

  terminate(): void {
    this.terminated += 1;
  }

  #load(message: WorkerMessage): WorkerReply {
    this.pings.push(message);
    const reply = this.loads.shift() ?? running();
    if (reply instanceof Error) throw reply;
    return reply;
  }

  /** The messages in short: `start 1`, `poll 1`, `close 1`. */
  get told(): string[] {
    return this.messages.map((message) => `${message.type} ${'job' in message ? message.job : message.session}`);
  }
}

/** A client whose workers are these, one after the other. */
function clientOf(...workers: ScriptedWorker[]) {
  for (const worker of workers) {
    vi.mocked(startWorker).mockImplementationOnce((_path, { onExit }) => {
      worker.exit = onExit;
      return worker as never;
    });
  }
  const client = new WorkerClient();
  return { client, session: client.open({}) };
}

beforeEach(() => {
  vi.mocked(startWorker).mockReset();
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe('a call of the worker', () => {
  it('starts the batch once, and polls until its results are there', () => {
    const worker = new ScriptedWorker([running(), running(), done()]);
    const { client, session } = clientOf(worker);
    expect(client.run(session, OPTIONS, BATCH, {})).toEqual(RESULTS);
    expect(worker.told).toEqual(['start 1', 'poll 1', 'poll 1']);
    expect(worker.messages[0]).toMatchObject({ session, options: OPTIONS, step: BATCH });
  });

  it.each([1, 2, 4])('never starts the batch again when %i replies are missing', (count) => {
    const worker = new ScriptedWorker([done(), ...Array.from({ length: count }, silence), running(), done()]);
    const { client, session } = clientOf(worker);
    client.run(session, OPTIONS, BATCH, {});
    expect(client.run(session, OPTIONS, BATCH, {})).toEqual(RESULTS);
    expect(worker.told).toEqual(['start 1', 'start 2', ...Array(count + 1).fill('poll 2')]);
    expect(worker.terminated).toBe(0);
  });

  it.each([
    ['that has not replied to a call', 15, []],
    ['that has replied before', 5, [done()]],
  ])('gives up a worker %s after %i replies that are missing, and stops it', (_what, most, before) => {
    const worker = new ScriptedWorker(before, silence);
    const { client, session } = clientOf(worker, new ScriptedWorker());
    for (const _reply of before) client.run(session, OPTIONS, BATCH, {});
    expect(() => client.run(session, OPTIONS, BATCH, {})).toThrow(`No answer for ${most} seconds`);
    const job = before.length + 1;
    expect(worker.told.slice(before.length)).toEqual([`start ${job}`, ...Array(most - 1).fill(`poll ${job}`)]);
    expect(worker.terminated).toBe(1);
    // The next call has another worker.
    expect(client.run(session, OPTIONS, BATCH, {})).toEqual(RESULTS);
  });

  it('waits until the worker has loaded, and asks once', () => {
    const worker = new ScriptedWorker();
    worker.loads.push(...Array.from({ length: 14 }, silence));
    const { client, session } = clientOf(worker);
    client.run(session, OPTIONS, BATCH, {});
    client.run(session, OPTIONS, BATCH, {});
    expect(worker.pings).toEqual(
      Array(15).fill({ type: 'ping', collectedSessions: [], collectedJobs: [], received: 0 }),
    );
    expect(worker.told).toEqual(['start 1', 'start 2']);
  });

  it.each([
    ['does not reply', Array.from({ length: 15 }, silence), 'No answer for 15 seconds'],
    ['ends', [new Error('Worker exited with code 3')], 'Worker exited with code 3'],
  ])('says that nothing was sent if a new worker %s, and starts another for the next call', (_what, loads, reason) => {
    const [dead, next] = [new ScriptedWorker(), new ScriptedWorker()];
    dead.loads.push(...loads);
    const { client, session } = clientOf(dead, next);
    const message = `The worker of the blocking client could not start: ${reason}`;
    expect(() => client.run(session, OPTIONS, BATCH, {})).toThrow(expect.objectContaining({ message, sent: false }));
    expect([dead.pings.length, dead.told, dead.terminated]).toEqual([loads.length, [], 1]);
    expect(client.run(session, OPTIONS, BATCH, {})).toEqual(RESULTS);
    expect(next.pings).toHaveLength(1);
  });

  it('throws the error that ended the worker, and starts another one for the next call', () => {
    const [dead, next] = [new ScriptedWorker([new Error('Worker exited with code 3')]), new ScriptedWorker()];
    const { client, session } = clientOf(dead, next);
    expect(() => client.run(session, OPTIONS, BATCH, {})).toThrow(MixcloudWorkerError);
    expect(dead.terminated).toBe(1);
    client.run(session, OPTIONS, BATCH, {});
    expect(next.told).toEqual(['start 2']);
  });

  it.each([
    [{ type: 'error', error: { name: 'TypeError', message: 'a defect' } } as const, /a defect/],
    [{ type: 'dropped' } as const, /does not know the request/],
  ])('throws a MixcloudWorkerError for the reply %o', (reply, message) => {
    const { client, session } = clientOf(new ScriptedWorker([reply]));
    expect(() => client.run(session, OPTIONS, BATCH, {})).toThrow(message);
  });

  it('throws a TypeError for what cannot be sent to the worker, and tells it the rest with the next message', () => {
    const worker = new ScriptedWorker([running({ sent: 1, total: 2 }), done(), new NotCloneableError('not cloneable')]);
    const { client, session } = clientOf(worker);
    const other = client.open({});
    client.run(other, OPTIONS, BATCH, { onProgress: () => client.close(other) });
    const loop = client.openLoop(undefined);
    client.cancel(loop, false);
    const call = () => client.run(session, OPTIONS, BATCH, {});
    expect(call).toThrow(new TypeError('A value cannot be sent to the worker thread: not cloneable'));
    expect(call()).toEqual(RESULTS);
    const ended = { collectedSessions: [other], collectedJobs: [loop.job] };
    expect(worker.messages.slice(2)).toMatchObject([ended, ended]);
    expect(worker.terminated).toBe(0);
  });

  it('reports each progress once, and polls more often for it', () => {
    const progress = [
      { sent: 1, total: 3 },
      { sent: 1, total: 3 },
      { sent: 2, total: 3 },
    ] as const;
    const worker = new ScriptedWorker([...progress.map(running), done({ sent: 3, total: 3 })]);
    const { client, session } = clientOf(worker);
    const reports: number[] = [];
    client.run(session, OPTIONS, BATCH, { onProgress: ({ sent }) => reports.push(sent) });
    expect(reports).toEqual([1, 2, 3]);
    expect(new Set(worker.messages.map((message) => 'wait' in message && message.wait))).toEqual(new Set([100]));
  });

  it('is cancelled when its listener throws, unless its results are there', () => {
    const stop = new Error('stop');
    const fail = () => {
      throw stop;
    };
    const worker = new ScriptedWorker([running({ sent: 1, total: 2 }), running(), done({ sent: 2, total: 2 })]);
    const { client, session } = clientOf(worker);
    expect(() => client.run(session, OPTIONS, BATCH, { onProgress: fail })).toThrow(stop);
    expect(() => client.run(session, OPTIONS, BATCH, { onProgress: fail })).toThrow(stop);
    expect(worker.told).toEqual(['start 1', 'cancel 1', 'start 2']);
  });
});

describe('the events of a call', () => {
  const event = (job: number, id: string): JobEvent => ({
    job,
    event: { type: 'request', id, attempt: 1, method: 'GET', url: 'https://api.example/' },
  });

  it('reach its listener in order, and are acknowledged with the next message', () => {
    const worker = new ScriptedWorker([
      { ...running(), events: [event(1, '1'), event(1, '2')] },
      { ...done(), events: [event(1, '3'), event(9, '4')] },
      // Too late: the call is over.
      { ...done(), events: [event(1, '5')] },
    ]);
    const { client, session } = clientOf(worker);
    const ids: string[] = [];
    client.run(session, OPTIONS, BATCH, { onEvent: ({ id }) => ids.push(id) });
    client.run(session, OPTIONS, BATCH, {});
    expect(ids).toEqual(['1', '2', '3']);
    expect(worker.messages.map(({ received }) => received)).toEqual([0, 2, 4]);
    expect(worker.messages.map((message) => 'events' in message && message.events)).toEqual([true, false, false]);
  });

  it('end the call when the listener throws', () => {
    const stop = new Error('stop');
    const onEvent = () => {
      throw stop;
    };
    const worker = new ScriptedWorker([{ ...running(), events: [event(1, '1')] }]);
    const { client, session } = clientOf(worker);
    expect(() => client.run(session, OPTIONS, BATCH, { onEvent })).toThrow(stop);
    expect(worker.told).toEqual(['start 1', 'cancel 1']);
  });
});

describe('a loop', () => {
  const REQUESTS = [1, 2].map((id) => ({ id, request: getRequest() }));
  const bodyOf = (session: number, waitFor: readonly number[] = []) => ({
    session,
    options: OPTIONS,
    prefetch: { requests: REQUESTS, waitFor, concurrency: 2 },
    pending: [1, 2],
    events: true,
  });
  const [id, result] = [1, apiResponse()];
  const prefetched = (...events: JobEvent[]): WorkerReply => ({
    type: 'prefetched',
    results: [{ id, result }],
    events,
  });
  const event: JobEvent = {
    job: 1,
    event: { type: 'request', id: '1', attempt: 1, method: 'GET', url: 'https://api.example/' },
  };

  it('sends requests without waiting, and waits for those that are needed', () => {
    const worker = new ScriptedWorker([], prefetched);
    const { client, session } = clientOf(worker);
    const loop = client.openLoop(undefined);
    expect(worker.told).toEqual([]);
    expect(client.prefetch(loop, bodyOf(session))).toEqual([{ id, result }]);
    expect(client.prefetch(loop, bodyOf(session, [1]))).toEqual([{ id, result }]);
    expect(worker.messages).toMatchObject([
      { type: 'prefetch', job: 1, wait: 0, ...bodyOf(session) },
      { type: 'prefetch', job: 1, wait: 500, ...bodyOf(session, [1]) },
    ]);
  });

  it('repeats its message when a reply is missing', () => {
    const worker = new ScriptedWorker([silence()], prefetched);
    const { client, session } = clientOf(worker);
    client.prefetch(client.openLoop(undefined), bodyOf(session, [1]));
    expect(worker.messages[1]).toEqual(worker.messages[0]);
  });

  it('hears that the worker has dropped it', () => {
    const { client, session } = clientOf(new ScriptedWorker([{ type: 'dropped' }]));
    expect(client.prefetch(client.openLoop(undefined), bodyOf(session))).toBeUndefined();
  });

  it('throws the error of the worker', () => {
    const reply = { type: 'error', error: { name: 'TypeError', message: 'a defect' } } as const;
    const { client, session } = clientOf(new ScriptedWorker([reply]));
    expect(() => client.prefetch(client.openLoop(undefined), bodyOf(session))).toThrow('a defect');
  });

  it('has events, the last with the reply to its end', () => {
    const late = { ...done(), events: [event] };
    const worker = new ScriptedWorker([prefetched(event), { ...running(), events: [event] }, late]);
    const { client, session } = clientOf(worker);
    const types: string[] = [];
    const loop = client.openLoop(({ type }) => types.push(type));
    client.prefetch(loop, bodyOf(session));
    client.cancel(loop);
    expect(types).toEqual(['request', 'request']);
    client.run(session, OPTIONS, BATCH, {});
    expect(types).toHaveLength(2);
  });

  it('throws what its listener throws, also while another call waits', () => {
    const stop = new Error('stop');
    const worker = new ScriptedWorker([{ ...done(), events: [event] }], prefetched);
    const { client, session } = clientOf(worker);
    const loop = client.openLoop(() => {
      throw stop;
    });
    expect(client.run(session, OPTIONS, BATCH, {})).toEqual(RESULTS);
    expect(() => client.throwIfListenerThrew(loop)).toThrow(stop);
    expect(() => client.prefetch(loop, bodyOf(session))).toThrow(stop);
  });

  it('is not known to the worker that replaced its own', () => {
    const [old, next] = [new ScriptedWorker([], prefetched), new ScriptedWorker()];
    const { client, session } = clientOf(old, next);
    const loops = [client.openLoop(undefined), client.openLoop(undefined)] as const;
    client.prefetch(loops[0], bodyOf(session));
    old.exit();
    client.run(session, OPTIONS, BATCH, {});
    expect(client.has(loops[0])).toBe(false);
    expect(() => client.prefetch(loops[0], bodyOf(session))).toThrow('The worker was replaced in the meantime');
    client.cancel(loops[1]);
    expect([old.messages.length, next.told, next.terminated]).toEqual([1, ['start 3'], 0]);
  });

  it('is cancelled, which never throws for a dead worker', () => {
    const worker = new ScriptedWorker([running(), new Error('Worker exited with code 3')]);
    const { client } = clientOf(worker);
    client.cancel(client.openLoop(undefined));
    client.cancel(client.openLoop(undefined));
    expect(worker.told).toEqual(['cancel 1', 'cancel 2']);
    expect(worker.terminated).toBe(1);
  });

  it('that has nothing under way is ended with the next message', () => {
    const worker = new ScriptedWorker();
    const { client, session } = clientOf(worker);
    client.cancel(client.openLoop(undefined), false);
    client.run(session, OPTIONS, BATCH, {});
    client.run(session, OPTIONS, BATCH, {});
    expect(worker.messages).toMatchObject([
      { type: 'start', job: 2, collectedJobs: [1] },
      { type: 'start', job: 3, collectedJobs: [] },
    ]);
  });
});

describe('the worker', () => {
  it('ends with the last open session, and starts again with the next', () => {
    const [first, second] = [new ScriptedWorker(), new ScriptedWorker()];
    const { client, session } = clientOf(first, second);
    const other = client.open({});
    expect(startWorker).toHaveBeenCalledTimes(1);
    client.close(session);
    expect([first.told, first.terminated]).toEqual([['close 1'], 0]);
    client.close(other);
    expect([first.told, first.terminated]).toEqual([['close 1'], 1]);
    client.open({});
    expect(startWorker).toHaveBeenCalledTimes(2);
    expect(second.terminated).toBe(0);
  });

  it('lets a call complete whose own listener closes the client, and ends then', () => {
    const worker = new ScriptedWorker([running({ sent: 1, total: 2 }), done({ sent: 2, total: 2 })]);
    const { client, session } = clientOf(worker);
    const states: number[] = [];
    const onProgress = () => {
      client.close(session);
      states.push(worker.terminated);
    };
    const results = client.run(session, OPTIONS, BATCH, { onProgress });
    expect(results).toEqual(RESULTS);
    expect(states).toEqual([0, 0]);
    expect(worker.told).toEqual(['start 1', 'poll 1']);
    expect(worker.terminated).toBe(1);
  });

  it('hears with the next message of a session that was closed during a call', () => {
    const worker = new ScriptedWorker([running({ sent: 1, total: 2 }), done()]);
    const { client, session } = clientOf(worker);
    const other = client.open({});
    client.run(session, OPTIONS, BATCH, { onProgress: () => client.close(session) });
    client.run(other, OPTIONS, BATCH, {});
    client.run(other, OPTIONS, BATCH, {});
    const told = worker.messages.map(({ collectedSessions }) => collectedSessions);
    expect(told).toEqual([[], [], [session], []]);
  });

  it('that replaces another has to load, and hears nothing of what the other one had', () => {
    const event: JobEvent = {
      job: 1,
      event: { type: 'request', id: '1', attempt: 1, method: 'GET', url: 'https://api.example/' },
    };
    const old = new ScriptedWorker([{ ...running({ sent: 1, total: 2 }), events: [event] }]);
    const next = new ScriptedWorker([], silence);
    const { client, session } = clientOf(old, next);
    const other = client.open({});
    client.run(session, OPTIONS, BATCH, { onProgress: () => client.close(other) });
    client.cancel(client.openLoop(undefined), false);
    old.exit();
    // It may still be loading what it needs for the first call.
    expect(() => client.run(session, OPTIONS, BATCH, {})).toThrow('No answer for 15 seconds');
    expect(next.pings).toHaveLength(1);
    expect(next.messages[0]).toMatchObject({ collectedSessions: [], collectedJobs: [], received: 0 });
  });

  it('that exits is not asked again', () => {
    const [old, next] = [new ScriptedWorker(), new ScriptedWorker()];
    const { client, session } = clientOf(old, next);
    old.exit();
    client.run(session, OPTIONS, BATCH, {});
    // A late report of its end changes nothing.
    old.exit();
    client.run(session, OPTIONS, BATCH, {});
    expect([old.told, next.told]).toEqual([[], ['start 1', 'start 2']]);
  });

  it('that cannot start is reported, and that nothing was sent', () => {
    vi.mocked(startWorker).mockImplementationOnce(() => {
      throw new Error('no threads');
    });
    const call = () => new WorkerClient().open({});
    expect(call).toThrow(expect.objectContaining({ sent: false, message: expect.stringContaining('no threads') }));
  });

  it.each([
    ['dies', new Error('Worker exited with code 3'), 8],
    ['cannot open its files', silence(), 0],
  ])('that %s before it has loaded does not make close() fail', (_what, reply, files) => {
    const worker = new ScriptedWorker();
    worker.loads.push(reply);
    const { client, session } = clientOf(worker, new ScriptedWorker());
    const other = client.open({});
    limitFiles(files);
    client.close(session);
    expect([worker.told, worker.terminated]).toEqual([[], 1]);
    expect(client.run(other, OPTIONS, BATCH, {})).toEqual(RESULTS);
  });

  it('keeps its client by a timer that does not keep the process', () => {
    const timers = process.getBuiltinModule('node:timers');
    const [set, clear] = [vi.spyOn(timers, 'setTimeout'), vi.spyOn(timers, 'clearTimeout')];
    const { client, session } = clientOf(new ScriptedWorker());
    const timer = set.mock.results[0]?.value;
    // Longer, and Node.js would fire it at once.
    expect(set).toHaveBeenCalledExactlyOnceWith(expect.any(Function), 2 ** 31 - 1);
    expect(timer.hasRef()).toBe(false);
    client.close(session);
    expect(clear).toHaveBeenCalledExactlyOnceWith(timer);
  });

  it('is shared by everything that asks for its client', () => {
    expect(WorkerClient.get()).toBeInstanceOf(WorkerClient);
    expect(WorkerClient.get()).toBe(WorkerClient.get());
  });
});

describe('the garbage collector', () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  /** Lets garbage be collected until it has been noticed. */
  const collectUntil = (check: () => void) =>
    vi.waitFor(() => {
      collectGarbage();
      check();
    });

  it('ends the sessions whose clients it has collected, unless they were closed', async () => {
    const worker = new ScriptedWorker();
    const { client, session: closed } = clientOf(worker);
    const owner = {};
    const [collected, open] = [client.open({}), client.open(owner)];
    client.close(closed);
    const told = () => worker.messages.flatMap(({ collectedSessions }) => collectedSessions);
    await collectUntil(() => {
      client.run(open, OPTIONS, BATCH, {});
      expect(told()).not.toEqual([]);
    });
    client.run(open, OPTIONS, BATCH, {});
    expect(told()).toEqual([collected]);
    expect([owner, worker.terminated]).toEqual([{}, 0]);
  });

  it('ends the worker when it has collected the last open client', async () => {
    const worker = new ScriptedWorker();
    const { client } = clientOf(worker);
    await collectUntil(() => expect(worker.terminated).toBe(1));
    expect([worker.told, client.has(undefined)]).toEqual([[], false]);
  });

  it('ends the loops that it has collected, unless they were cancelled', async () => {
    const event = { type: 'request', id: '1', attempt: 1, method: 'GET', url: 'https://api.example/' } as const;
    const late = (): WorkerReply => ({ ...done(), events: [{ job: 3, event }] });
    const worker = new ScriptedWorker([], late);
    const { client } = clientOf(worker);
    const owner = {};
    const session = client.open(owner);
    const listener = vi.fn();
    // In a function of its own, whose end lets go of the handles.
    const openLoops = () => {
      for (let count = 0; count < 2; count += 1) client.cancel(client.openLoop(undefined), false);
      client.openLoop(listener);
    };
    openLoops();
    const told = () => worker.messages.flatMap(({ collectedJobs }) => collectedJobs);
    await collectUntil(() => {
      client.run(session, OPTIONS, BATCH, {});
      expect(told()).toContain(3);
    });
    listener.mockClear();
    collectGarbage();
    await new Promise((resolve) => setImmediate(resolve));
    client.run(session, OPTIONS, BATCH, {});
    expect(listener).not.toHaveBeenCalled();
    expect(told()).toEqual([1, 2, 3]);
    expect(owner).toEqual({});
  });
});
