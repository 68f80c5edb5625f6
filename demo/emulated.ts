import assert from 'node:assert/strict';
import { Mixcloud } from 'mixcloud-client';
import { MixcloudSync } from 'mixcloud-client/sync';
import type { FaultSpec } from '../test/emulator/start.ts';
import * as asynchronous from './async-walk.ts';
import * as blocking from './blocking-walk.ts';
import { makeMp3 } from './mp3.ts';
import { ProgressBar } from './progress-bar.ts';
import type { Reporter } from './reporter.ts';
import { openTheatre } from './stage.ts';

/** The whole walk, against a made-up world: once asynchronous, once blocking, and many at once in both forms. */
export async function walkEmulated(reporter: Reporter, fault: FaultSpec | null): Promise<void> {
  await using theatre = await openTheatre(fault);
  reporter.say('A stand-in for the Mixcloud API runs on this machine, in another process. Nothing leaves it,');
  const mp3 = await makeMp3();
  const [first, second] = [await theatre.stage(), await theatre.stage()];
  reporter.say(`and its users and shows are made up. ${mp3.minutes} minutes of silence were written to ${mp3.path}`);

  await using mixcloud = new Mixcloud(first.client);
  const reports = reporter.chapter('const mixcloud = new Mixcloud()');
  await asynchronous.read(mixcloud, first.subject, reports);
  await asynchronous.write(mixcloud, first, reports, { ...mp3, bar: new ProgressBar(process.stdout) });
  await first.check(mp3);
  const gathered = reporter.chapter('Many at once: new Mixcloud()');
  await asynchronous.gather(mixcloud, first.subject, gathered);

  using mixcloudSync = new MixcloudSync(second.client);
  const retold = reporter.repeat('const mixcloud = new MixcloudSync()');
  blocking.read(mixcloudSync, second.subject, retold);
  blocking.write(mixcloudSync, second, retold, { ...mp3, bar: new ProgressBar(NOWHERE) });
  await second.check(mp3);
  const regathered = reporter.repeat('Many at once: new MixcloudSync()');
  blocking.gather(mixcloudSync, second.subject, regathered);

  const isSame = reporter.compare([reports, gathered], [retold, regathered]);
  assert.ok(isSame, 'the blocking form told another story');
  reporter.end('Both forms told the same story, word for word, and the emulator has got what they sent.');
}

/** The second form is compared, and its progress is not shown again. */
const NOWHERE = { write: () => true };
