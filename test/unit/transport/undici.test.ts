import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Undici } from '../../../src/async/transport/undici.ts';

describe('undici', () => {
  let load: () => Promise<Undici>;
  beforeEach(async () => {
    // What is loaded is kept.
    vi.resetModules();
    ({ loadUndici: load } = await import('../../../src/async/transport/undici.ts'));
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });
  const numberTimers = () => vi.stubGlobal('setTimeout', () => 1);
  const addDocument = () => vi.stubGlobal('document', {});

  it.each([
    ['timers that are numbers', numberTimers],
    ['a document', addDocument],
  ])('is loaded where there are only %s', async (_what, prepare) => {
    prepare();
    expect(Object.keys(await load())).toEqual(['Pool', 'Client', 'buildConnector']);
  });

  it('is not loaded in a jsdom environment, which says what to do', async () => {
    numberTimers();
    addDocument();
    await expect(load()).rejects.toThrow("use the environment 'node'");
  });

  it('is not loaded without WebAssembly, which says what to do', async () => {
    const WebAssembly: unknown = Reflect.get(globalThis, 'WebAssembly');
    Reflect.deleteProperty(globalThis, 'WebAssembly');
    onTestFinished(() => void Object.assign(globalThis, { WebAssembly }));
    await expect(load()).rejects.toThrow('it needs WebAssembly; start Node.js without --jitless');
  });

  it("leaves no timer to the program's fake ones", async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await load();
    expect(vi.getTimerCount()).toBe(0);
  });
});
