import { describe, expect, it } from 'vitest';
import { certificatePath, OWNER_TOKEN } from '../emulator/start.ts';
import { modes } from '../support/modes.ts';
import { newWorld } from '../support/world.ts';
import { type Attempt, run } from '../sync/run-script.ts';

const script = new URL('scripts/over-tls.mjs', import.meta.url).pathname;

describe.each(modes)('certificates ($mode)', ({ mode }) => {
  /** A call over TLS by a program that trusts the certificate's maker; such trust is read when a program starts. */
  async function call(tls: 'wrong-name' | 'localhost') {
    const world = await newWorld({ tls });
    const env = { ORIGIN: world.origin, MODE: mode, TOKEN: OWNER_TOKEN, NODE_EXTRA_CA_CERTS: certificatePath(tls) };
    const reports = await run<Attempt<string>>({ script, env, watchdog: 30 });
    return { reports, requests: await world.requests() };
  }

  it('of a trusted maker for another name are refused, and nothing is sent', async () => {
    const { reports, requests } = await call('wrong-name');
    expect(reports.error).toMatchObject({ name: 'MixcloudConnectionError', code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
    expect(reports.error?.message).toMatch(/^GET https:\/\/127\.0\.0\.1:\d+\/me\/\?metadata=1: /);
    expect(requests).toEqual([]);
  });

  it('of a trusted maker for this name are taken', async () => {
    expect((await call('localhost')).reports).toEqual({ value: '/stationowner/' });
  });
});
