/**
 * Prints what the owner of the token listens to, from now on and for the last page before. Ends with Ctrl+C.
 *
 *   MIXCLOUD_TOKEN=… node listening-history.ts [MINUTES]
 */
import { setTimeout } from 'node:timers/promises';
import {
  type Listen,
  Mixcloud,
  MixcloudConnectionError,
  MixcloudTimeoutError,
  type ResourceList,
} from 'mixcloud-client';

const minutes = Number(process.argv[2] ?? 5);
const stop = new AbortController();
process.once('SIGINT', () => stop.abort());
process.once('SIGTERM', () => stop.abort());
const { signal } = stop;

const mixcloud = new Mixcloud({
  accessToken: process.env.MIXCLOUD_TOKEN,
  raiseExceptions: true,
  maxRateLimitWait: 3600,
});
const seen = new Set<string>();

/** A show that is listened to twice is two listens. */
const identify = ({ key, listen_time }: Listen): string => `${key} ${listen_time.toISO() ?? ''}`;

function print(page: ResourceList<Listen>): void {
  const fresh = page.filter((listen) => !seen.has(identify(listen)));
  // The API sends the latest first.
  for (const listen of fresh.reverse()) {
    seen.add(identify(listen));
    console.log(`${listen.listen_time.toFormat('yyyy-MM-dd HH:mm')}  ${listen.name}, by ${listen.user.name}`);
  }
}

try {
  const me = await mixcloud.me({ signal });
  for (;;) {
    try {
      print(await me.listens({ limit: 50, signal }));
    } catch (error) {
      // A network that is away is no reason to end. A token that was revoked is.
      if (!(error instanceof MixcloudConnectionError || error instanceof MixcloudTimeoutError)) throw error;
      console.error(`${error.message}; trying again in ${minutes} min`);
    }
    await setTimeout(minutes * 60_000, undefined, { signal });
  }
} catch (error) {
  // An abort throws the signal's reason.
  if (!signal.aborted) throw error;
} finally {
  await mixcloud.close();
}
