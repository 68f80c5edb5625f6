import { createRequire } from 'node:module';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { clientOf } from '../support/client.ts';
import { modes } from '../support/modes.ts';
import { newWorld } from '../support/world.ts';

const require = createRequire(import.meta.url);
const other: Readonly<Record<string, unknown>> = { ...require('mixcloud-client'), ...require('mixcloud-client/sync') };

describe.each(modes)("classes of the caller's ($mode)", ({ Mixcloud, Resource, ResourceList }) => {
  class Show extends Resource {
    #notes: string[] = [];
    rating = 0;

    get minutes(): number {
      return Math.round(this.audio_length / 60);
    }

    get title(): string {
      return `${this.user.name}: ${this.name}`;
    }

    note(text: string): number {
      this.#notes.push(text);
      return this.#notes.length;
    }

    get notes(): readonly string[] {
      return this.#notes;
    }

    override toString(): string {
      return `Show ${this.key}`;
    }
  }

  class Shows extends ResourceList {
    #seen = 0;

    get longest(): number {
      return Math.max(...this.map(({ audio_length: length }) => length ?? 0));
    }

    look(): number {
      this.#seen += 1;
      return this.#seen;
    }
  }

  const mine = async () => clientOf(Mixcloud, await newWorld(), { resourceClass: Show, resourceListClass: Shows });

  it('have getters and methods that read the fields', async () => {
    const show = (await (await mine()).get('luke/a-nice-mix')) as unknown as Show;
    expect(show).toBeInstanceOf(Show);
    expect(show.title).toBe('Luke: A Nice Mix');
    expect(show.minutes).toBe(Math.round(show.data.audio_length / 60));
    expect(String(show)).toBe('Show /luke/a-nice-mix/');
    expect(inspect(show)).toMatch(/^Show \/luke\/a-nice-mix\/ \{/);
  });

  it('may have private fields', async () => {
    const mixcloud = await mine();
    const show = (await mixcloud.get('luke/a-nice-mix')) as unknown as Show;
    expect([show.note('first'), show.note('second')]).toEqual([1, 2]);
    expect(show.notes).toEqual(['first', 'second']);
    const list = (await mixcloud.popular()) as unknown as Shows;
    expect([list.look(), list.look()]).toEqual([1, 2]);
    expect(list.longest).toBeGreaterThan(0);
  });

  it('may have public fields, which are none of the data', async () => {
    const show = (await (await mine()).get('luke/a-nice-mix')) as unknown as Show;
    expect(show.rating).toBe(0);
    expect(Object.keys(show)).toEqual(Object.keys(show.data));
    expect(JSON.stringify(show)).toBe(JSON.stringify(show.data));
  });

  it('are used for everything that comes back, inside and after', async () => {
    const mixcloud = await mine();
    const list = await mixcloud.popular();
    expect(list).toBeInstanceOf(Shows);
    expect(list[0]).toBeInstanceOf(Show);
    expect(list[0]?.user).toBeInstanceOf(Show);
    expect(await list[0]?.load()).toBe(list[0]);
    expect(await list.next()).toBeInstanceOf(Shows);
    const mix = await mixcloud.get('someuser/somemix');
    const similar = await mix.similar();
    expect(similar).toBeInstanceOf(Shows);
    expect(await similar[0]?.load()).toBeInstanceOf(Show);
    expect((await mixcloud.getMany(['bob', 'peter']))[1]).toBeInstanceOf(Show);
  });

  it('keep what they hold when they are loaded', async () => {
    const list = await (await mine()).popular();
    const show = list[0] as unknown as Show;
    show.note('before');
    await show.load();
    expect([show.full, show.notes]).toEqual([true, ['before']]);
  });

  it('have members that come before connections and data', async () => {
    class Quiet extends Resource {
      get name(): string {
        return 'hidden';
      }

      followers(): string {
        return 'none of your business';
      }

      follow(): never {
        throw new RangeError('no');
      }
    }
    const mixcloud = clientOf(Mixcloud, await newWorld(), { resourceClass: Quiet });
    const quiet = (await mixcloud.get('bob')) as unknown as Quiet;
    expect([quiet.name, quiet.followers(), quiet.data.name]).toEqual(['hidden', 'none of your business', 'Bob']);
    expect(() => quiet.follow()).toThrow(RangeError);
  });

  it('may be derived from the class of the other module format', async () => {
    const Other = other[Mixcloud.name] as typeof Mixcloud;
    const OtherResource = other[Resource.name] as typeof Resource;
    class Theirs extends OtherResource {
      readonly mark = 'theirs';
    }
    class Ours extends Resource {
      readonly mark = 'ours';
    }
    const world = await newWorld();
    for (const [Client, resourceClass, mark] of [
      [Mixcloud, Theirs, 'theirs'],
      [Other, Ours, 'ours'],
    ] as const) {
      const mixcloud = clientOf(Client, world, { resourceClass });
      const mix = (await mixcloud.get('luke/a-nice-mix')) as unknown as Theirs;
      expect(mix).toBeInstanceOf(resourceClass);
      expect([mix.mark, mix.user.mark, mix.user.full]).toEqual([mark, mark, false]);
      expect(() => Object.assign(mix, { mark: 'changed' })).toThrow(TypeError);
      await mix.user.load();
      const [item, ...others] = await (await mixcloud.popular()).loadAll();
      expect([mix.user.full, item?.full, others.every(({ full }) => full)]).toEqual([true, true, true]);
    }
    const withOthers = clientOf(Mixcloud, world, { resourceClass: OtherResource });
    expect(await withOthers.get('bob')).toBeInstanceOf(Resource);
  });

  it('do not mix between clients', async () => {
    const world = await newWorld();
    const plain = clientOf(Mixcloud, world);
    const own = clientOf(Mixcloud, world, { resourceClass: Show });
    expect(await plain.get('bob')).not.toBeInstanceOf(Show);
    expect(await own.get('bob')).toBeInstanceOf(Show);
    expect(await plain.get('bob')).toBeInstanceOf(Resource);
  });
});
