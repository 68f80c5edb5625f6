import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { RateLimitGate } from '../../../src/async/transport/rate-limit-gate.ts';
import { RateLimitGates } from '../../../src/async/transport/rate-limit-gates.ts';

const of = (token: string) => ({ access_token: token });

describe('RateLimitGates', () => {
  it('has one gate for each token, and one for none, while it is used', async () => {
    const gates = new RateLimitGates();
    const seen: RateLimitGate[] = [];
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const uses = ['one', 'one', 'other'].map((token) =>
      gates.use(of(token), async (gate) => {
        seen.push(gate);
        await released;
      }),
    );
    uses.push(gates.use({}, async (gate) => void seen.push(gate)));
    expect(seen[0]).toBe(seen[1]);
    expect(new Set(seen).size).toBe(3);
    release();
    await Promise.all(uses);
    expect(gates.size).toBe(0);
  });

  it('keeps a gate while its limit lasts, without the token', async () => {
    const gates = new RateLimitGates();
    await gates.use(of('the-token-of-a-user'), async (gate) => gate.shut(60));
    expect(gates.size).toBe(1);
    expect(inspect(gates, { showHidden: true, depth: 9 })).not.toContain('the-token');
    await gates.use(of('the-token-of-a-user'), async (gate) => expect(gate.wait).toBeGreaterThan(50_000));
    await gates.use(of('another'), async (gate) => expect(gate.wait).toBe(0));
    expect(gates.size).toBe(1);
  });

  it('forgets the oldest limits when there are too many', async () => {
    const gates = new RateLimitGates();
    for (let user = 0; user < 3000; user += 1) await gates.use(of(`user-${user}`), async (gate) => gate.shut(60));
    expect(gates.size).toBe(1000);
    await gates.use(of('user-2999'), async (gate) => expect(gate.wait).toBeGreaterThan(0));
    await gates.use(of('user-0'), async (gate) => expect(gate.wait).toBe(0));
  });

  it('forgets those whose last request is oldest, and no more than it has to', async () => {
    const gates = new RateLimitGates();
    const waits = async (user: number) => gates.use(of(`user-${user}`), async (gate) => gate.wait > 0);
    for (let user = 0; user < 1000; user += 1) await gates.use(of(`user-${user}`), async (gate) => gate.shut(60));
    await waits(0);
    await gates.use(of('another'), async (gate) => gate.shut(60));
    expect(gates.size).toBe(1000);
    expect([await waits(0), await waits(1), await waits(2)]).toEqual([true, false, true]);
  });

  it('forgets no limit of a request under way', async () => {
    const gates = new RateLimitGates();
    await gates.use(of('waiting'), async (own) => {
      own.shut(60);
      for (let user = 0; user < 1000; user += 1) await gates.use(of(`user-${user}`), async (gate) => gate.shut(60));
      await gates.use(of('waiting'), async (gate) => expect(gate).toBe(own));
      await gates.use(of('user-0'), async (gate) => expect(gate.wait).toBe(0));
    });
  });

  it('lets go of a gate whose request fails', async () => {
    const gates = new RateLimitGates();
    await expect(gates.use({}, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(gates.size).toBe(0);
  });
});
