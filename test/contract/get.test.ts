import { describe, expect, it } from 'vitest';
import { modes } from '../support/modes.ts';
import { newWorld } from '../support/world.ts';

describe.each(modes)('get ($mode)', ({ Mixcloud, Resource }) => {
  it('fetches a user by key', async () => {
    const world = await newWorld();
    const mixcloud = new Mixcloud({ apiRoot: world.origin });
    const bob = await mixcloud.get('bob');
    expect(bob).toBeInstanceOf(Resource);
    expect(bob.city).toBe('London');
    expect((await world.requests()).map(({ method, url }) => `${method} ${url}`)).toEqual(['GET /bob/?metadata=1']);
  });
});
