/** What `src/sync/worker/synckit.ts` relies on. A new version of synckit or of Node.js may change it. */
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { NoReplyError, NotCloneableError, type SyncWorker, startWorker } from '../../src/sync/worker/synckit.ts';
import { eventually } from '../support/eventually.ts';
import { Script, scriptPath } from './run-script.ts';

type EchoWorker = SyncWorker<{ readonly say?: unknown; readonly after?: number; readonly end?: string }, string>;

const started: EchoWorker[] = [];

const threads = createRequire(import.meta.url)('node:worker_threads') as { Worker: typeof Worker };

/** Calls `onStart` with the arguments of each worker that `start` makes. */
function withWorkerClass(onStart: (...args: unknown[]) => void, start: () => unknown): void {
  const { Worker: original } = threads;
  threads.Worker = class extends original {
    constructor(...args: ConstructorParameters<typeof Worker>) {
      onStart(...args);
      super(...args);
    }
  };
  try {
    start();
  } finally {
    threads.Worker = original;
  }
}

function startEcho(options: { readonly timeout?: number; readonly onExit?: () => void } = {}): EchoWorker {
  const worker: EchoWorker = startWorker(scriptPath('echo-worker.cjs'), {
    timeout: 2000,
    onExit: () => {},
    ...options,
  });
  started.push(worker);
  return worker;
}

afterEach(() => {
  for (const worker of started.splice(0)) worker.terminate();
});

describe('a worker of synckit', () => {
  it('is called synchronously', () => {
    const worker = startEcho();
    expect([worker.call({ say: 'one' }), worker.call({ say: 'two' })]).toEqual(['one', 'two']);
  });

  it('that does not reply in time throws an error of our own, and can be called again', () => {
    const worker = startEcho({ timeout: 300 });
    // A busy machine may take longer than the timeout.
    const call = (say: string): string => {
      for (;;) {
        try {
          return worker.call({ say });
        } catch (error) {
          expect(error).toBeInstanceOf(NoReplyError);
        }
      }
    };
    expect(call('loaded')).toBe('loaded');
    expect(() => worker.call({ say: 'late', after: 700 })).toThrow(new NoReplyError('No reply within 300 ms'));
    expect(call('next')).toBe('next');
  });

  it('throws the error that its function threw', () => {
    expect(() => startEcho().call({ end: 'throw' })).toThrow('an error of the worker');
  });

  it('is not sent what cannot be cloned, and can be called again', () => {
    const worker = startEcho();
    expect(() => worker.call({ say: () => {} })).toThrow(NotCloneableError);
    expect(worker.call({ say: 'next' })).toBe('next');
  });

  it('that dies throws instead of waiting', () => {
    expect(() => startEcho().call({ end: 'exit' })).toThrow('Worker exited with code 3');
  });
});

describe('the thread of a worker', () => {
  it('is known, and can be terminated', async () => {
    const onExit = vi.fn();
    const worker = startEcho({ onExit });
    await sleep(0);
    worker.call({ say: 'running' });
    worker.terminate();
    await eventually(() => expect(onExit).toHaveBeenCalledTimes(1));
  });

  it('can be terminated in the same tick', async () => {
    const onExit = vi.fn();
    startEcho({ onExit }).terminate();
    await eventually(() => expect(onExit).toHaveBeenCalledTimes(1));
  });

  it('is not mistaken for others that are started in the same tick', async () => {
    const other = () => new Worker('setInterval(() => {}, 1000)', { eval: true });
    const before = other();
    const worker = startEcho();
    const after = other();
    const exits = vi.fn();
    before.on('exit', exits);
    after.on('exit', exits);
    await sleep(0);
    worker.call({ say: 'running' });
    worker.terminate();
    await sleep(100);
    expect(exits).not.toHaveBeenCalled();
    await Promise.all([before.terminate(), after.terminate()]);
  });

  it('may run out of memory without the process', async () => {
    const onExit = vi.fn();
    const limit = (_file: unknown, options: unknown) =>
      Object.assign(options as object, { resourceLimits: { maxOldGenerationSizeMb: 16 } });
    withWorkerClass(limit, () => startEcho({ onExit }).call({ say: 'running', end: 'memory' }));
    await eventually(() => expect(onExit).toHaveBeenCalledTimes(1));
  });

  it('is seen without a lasting change of the class', () => {
    const { Worker: before } = threads;
    startEcho();
    expect(threads.Worker).toBe(before);
  });

  it('runs the file itself, with none of the flags of the process, and no shims', () => {
    const args = vi.fn();
    withWorkerClass((...given) => args(...given), startEcho);
    expect(args).toHaveBeenCalledTimes(1);
    const [file, options] = args.mock.calls[0] ?? [];
    expect([String(file), options]).toEqual([
      pathToFileURL(scriptPath('echo-worker.cjs')).href,
      expect.objectContaining({ eval: false, execArgv: [] }),
    ]);
  });
});

describe("synckit's warning about the flags of NODE_OPTIONS", () => {
  // Node.js does not accept this flag for a worker, and synckit passes all of NODE_OPTIONS on to it. That a blocking client
  // prints nothing under it is tested in process.test.ts.
  const env = { NODE_OPTIONS: '--title=mine' };

  it('is suppressed without a lasting change of process', () => {
    const { emitWarning } = process;
    startEcho();
    expect(process.emitWarning).toBe(emitWarning);
  });

  it('is suppressed alone', () => {
    const emitWarning = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
    onTestFinished(() => emitWarning.mockRestore());
    const warnings = [['another'], ['another', { code: 'ANOTHER' }], ['another', 'Warning', 'ANOTHER']] as const;
    withWorkerClass(() => {
      for (const given of warnings) Reflect.apply(process.emitWarning, process, given);
      process.emitWarning('of synckit', { code: 'SYNCKIT_GUARD_ORDERING' });
    }, startEcho);
    expect(emitWarning.mock.calls).toEqual(warnings);
  });

  it('has the code that is suppressed', async () => {
    const source = `require('synckit').startWorkerThread(${JSON.stringify(scriptPath('echo-worker.cjs'))})`;
    const { stderr } = await new Script({ script: scriptPath('evaluate.cjs'), args: [source], env }).ended;
    expect(stderr).toMatch(/\[SYNCKIT_GUARD_ORDERING\]/);
  });
});
