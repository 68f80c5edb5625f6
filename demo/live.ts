import { Mixcloud, MixcloudConnectionError, MixcloudError, MixcloudTimeoutError } from 'mixcloud-client';
import { MixcloudSync } from 'mixcloud-client/sync';
import * as asynchronous from './async-walk.ts';
import * as blocking from './blocking-walk.ts';
import type { Reporter } from './reporter.ts';
import type { Subject } from './subject.ts';

/** Long enough for a slow line, short enough for somebody who watches. */
const OPTIONS = { raiseExceptions: true, timeout: 20_000, retries: 1, proxy: 'env' } as const;

/** The reading half, against the real API: once asynchronous, once blocking. */
export async function walkLive(reporter: Reporter, user: string): Promise<void> {
  const subject: Subject = { user, query: 'jazz', known: null };
  await using mixcloud = new Mixcloud(OPTIONS);
  reporter.say(`The real API at ${mixcloud.apiRoot}; nothing is changed there.`);
  const reports = reporter.chapter('const mixcloud = new Mixcloud()');
  await asynchronous.read(mixcloud, subject, reports);
  await asynchronous.gather(mixcloud, subject, reports);

  using mixcloudSync = new MixcloudSync(OPTIONS);
  const retold = reporter.repeat('const mixcloud = new MixcloudSync()');
  blocking.read(mixcloudSync, subject, retold);
  blocking.gather(mixcloudSync, subject, retold);
  // What people play changes between the two.
  reporter.compare([reports], [retold]);
  reporter.end('Both forms read what they were asked to.');
}

/** What to tell somebody whose walk on the real API ended, or nothing if that says nothing about the network. */
export function aboutNetwork(error: unknown): string | undefined {
  if (!(error instanceof MixcloudError)) return undefined;
  if (error instanceof MixcloudTimeoutError) return 'There is no network, or it is very slow: the API did not answer.';
  if (!(error instanceof MixcloudConnectionError)) return undefined;
  return `There is no network, or it does not reach the API (${error.message}).`;
}
