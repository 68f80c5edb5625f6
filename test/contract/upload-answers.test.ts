import {
  MixcloudAuthorizationError,
  MixcloudDecodeError,
  MixcloudError,
  MixcloudRateLimitError,
} from 'mixcloud-client';
import { describe, expect, it } from 'vitest';
import { OWNER_TOKEN, REVOKED_TOKEN, type WorldHandle } from '../emulator/start.ts';
import { audio } from '../support/audio.ts';
import { clientOf } from '../support/client.ts';
import { modes } from '../support/modes.ts';
import { thrown } from '../support/thrown.ts';
import { newWorld } from '../support/world.ts';

const MP3 = audio(1000);

/** A tracklist that the API refuses, and no client can know that. */
const OVERLAPPING = [
  { chapter: 'One', start_time: 5 },
  { chapter: 'Two', start_time: 5 },
];

describe.each(modes)('answers to uploads and edits ($mode)', ({ Mixcloud }) => {
  const owner = (world: WorldHandle, options = {}) =>
    clientOf(Mixcloud, world, { accessToken: OWNER_TOKEN, ...options });

  it.each(['empty', 'html-200', 'html-413', 'html-500', 'html-502', 'array', 'null', 'truncated-json'])(
    'that cannot be read are thrown, whatever raiseExceptions says (%s)',
    async (fault) => {
      const world = await newWorld();
      await world.fault({ name: fault });
      for (const raiseExceptions of [false, true]) {
        const mixcloud = owner(world, { raiseExceptions });
        const error = await thrown(MixcloudDecodeError, () => mixcloud.upload(MP3, 'A show'));
        expect(error.message).toContain(': expected a JSON object with a result, but got ');
        expect([error.method, error.url]).toEqual(['POST', `${world.origin}/upload/`]);
        expect(error.status).toEqual(expect.any(Number));
        await thrown(MixcloudDecodeError, () => mixcloud.edit('stationowner/perfect-mix', { description: 'x' }));
        await thrown(MixcloudDecodeError, () => mixcloud.edit('perfect-mix', { description: 'x' }));
      }
    },
  );

  it('that refuse an upload have details by field', async () => {
    const world = await newWorld();
    const response = await owner(world).upload(Buffer.from('not an mp3'), 'A show', { sections: OVERLAPPING });
    expect(response.error.type).toBe('PostValidationError');
    expect(response.details.mp3[0]).toBe('This does not look like an MP3 file.');
    const mixcloud = owner(world, { raiseExceptions: true });
    const error = await thrown(MixcloudError, () =>
      mixcloud.upload(Buffer.from('not an mp3'), 'A show', { sections: OVERLAPPING }),
    );
    expect([error.type, error.status]).toEqual(['PostValidationError', 400]);
    expect(error.details).toEqual({
      mp3: ['This does not look like an MP3 file.'],
      sections: ['Each must start after the one before.'],
    });
    expect(error.data).toMatchObject({ details: { sections: [expect.any(String)] } });
    expect(await world.uploads()).toEqual([]);
  });

  it('that refuse an edit have them too', async () => {
    const world = await newWorld();
    const mixcloud = owner(world, { raiseExceptions: true });
    const error = await thrown(MixcloudError, () =>
      mixcloud.edit('stationowner/perfect-mix', { sections: OVERLAPPING }),
    );
    expect(error.details).toEqual({ sections: ['Each must start after the one before.'] });
  });

  it('that come before the body was sent are read', async () => {
    const world = await newWorld();
    await world.fault({ name: 'early-answer' });
    const mixcloud = owner(world, { raiseExceptions: true });
    const error = await thrown(MixcloudError, () => mixcloud.upload(audio(200_000), 'A show'));
    expect([error.message, error.details]).toEqual(['Enough was seen.', { mp3: ['Not this one.'] }]);
  });

  it('that name a rate limit or a revoked token are of those classes', async () => {
    const world = await newWorld();
    const revoked = owner(world, { raiseExceptions: true, accessToken: REVOKED_TOKEN });
    await thrown(MixcloudAuthorizationError, () => revoked.upload(MP3, 'A show'));
    await thrown(MixcloudAuthorizationError, () => revoked.edit('perfect-mix', { name: 'x' }));
    await world.fault({ name: 'rate-limit', param: 60 });
    const limited = owner(world, { raiseExceptions: true });
    expect((await thrown(MixcloudRateLimitError, () => limited.upload(MP3, 'A show'))).retryAfter).toBe(60);
  });
});
