import assert from 'node:assert/strict';
import type { MixcloudOptions } from 'mixcloud-client';
import { type FaultSpec, OWNER, OWNER_APP, startEmulator, type WorldHandle } from '../test/emulator/start.ts';
import type { Mp3 } from './mp3.ts';
import type { Subject } from './subject.ts';
import { UPLOAD } from './writing-steps.ts';

/** Where one walk happens: a world of its own, as plain values that a blocking walk can use too. */
export interface Stage {
  readonly client: Pick<MixcloudOptions, 'apiRoot' | 'mixcloudRoot' | 'oembedRoot'>;
  readonly oauth: { oauthRoot: string; clientId: string; clientSecret: string };
  readonly owner: string;
  readonly subject: Subject;
  /** Throws if the world is not as the walk must have left it. */
  check(mp3: Mp3): Promise<void>;
}

/** Bytes a second that the emulator takes an upload in at, so that there is some progress to be seen. */
const UPLOAD_SPEED = 40_000_000;

export const SUBJECT: Subject = {
  user: 'bob',
  query: 'jazz',
  known: { name: 'Bob', city: 'London', cloudcasts: 25, followers: 56, mostPopular: 'chris/funky-mix' },
};

/** Starts the emulator; every stage is a fresh world in it, all with the same fault if there is one. */
export async function openTheatre(fault: FaultSpec | null) {
  const emulator = await startEmulator();
  return {
    stage: async () => stageOf(await emulator.world(), fault),
    [Symbol.asyncDispose]: () => emulator.stop(),
  };
}

async function stageOf(world: WorldHandle, fault: FaultSpec | null): Promise<Stage> {
  // Of several faults that match, the oldest acts.
  if (fault) await world.fault(fault);
  await world.fault({ name: 'slow-read', param: UPLOAD_SPEED, on: 'POST /upload/' });
  const { apiRoot, mixcloudRoot, oembedRoot, oauthRoot } = world;
  const { clientId, clientSecret } = OWNER_APP;
  return {
    client: { apiRoot, mixcloudRoot, oembedRoot },
    oauth: { oauthRoot, clientId, clientSecret },
    owner: OWNER,
    subject: SUBJECT,
    check: (mp3) => check(world, mp3),
  };
}

async function check(world: WorldHandle, mp3: Mp3): Promise<void> {
  const { following } = await world.state(OWNER);
  assert.ok(following.includes(`/${SUBJECT.user}/`), 'the world knows of no one being followed');
  const uploads = await world.uploads();
  const [upload] = uploads;
  assert.equal(uploads.length, 1, 'the world has not got exactly one upload');
  assert.equal(upload?.files[0]?.size, mp3.size);
  assert.equal(upload?.files[0]?.sha256, mp3.sha256, 'other bytes arrived than were in the file');
  assert.equal(upload?.edits.length, 1, 'the world has not got exactly one edit');
  const { tags, description } = await world.cloudcast(upload?.key ?? '');
  assert.deepEqual({ tags, description }, { tags: UPLOAD.tags, description: UPLOAD.description });
}

/** `NAME`, `NAME:PARAMETER` or either with `@PATTERN`: the paths that meet it, with `*` for any characters. */
export function readFault(text: string): FaultSpec {
  const [, name = '', param, on] = /^([^:@]+)(?::([^@]*))?(?:@(.*))?$/.exec(text) ?? [];
  return { name, ...(param === undefined ? {} : { param }), ...(on === undefined ? {} : { on }) };
}
