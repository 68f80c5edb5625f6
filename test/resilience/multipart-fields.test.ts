import fc from 'fast-check';
import type { Mixcloud } from 'mixcloud-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OWNER_TOKEN, type WorldHandle } from '../emulator/start.ts';
import { clientOf } from '../support/client.ts';
import { modes } from '../support/modes.ts';
import { emulator } from '../support/world.ts';
import { RUN_SEED, RUNS } from './fuzz/runs.ts';

const BREAKERS = [
  '\r\n',
  '\n',
  '\r',
  '"',
  "'",
  '\\',
  ';',
  '--',
  '\0',
  'é',
  '日本',
  '%0D%0A',
  '%22',
  '"; filename="evil.mp3',
  '"\r\nContent-Type: text/html\r\n\r\nevil',
  '\r\n--form-data-encoder',
  '\r\n\r\n',
];

const evil = fc.array(fc.oneof(fc.constantFrom(...BREAKERS), fc.string({ minLength: 1, maxLength: 4 })), {
  minLength: 1,
  maxLength: 5,
});
const text = evil.map((parts) => `x${parts.join('')}`);
// White space at the end of a file's name is left out by those who read it.
const filename = text.map((name) => `${name}x`);

/** A line break in a value is sent as CRLF, as browsers do. */
function sentValue(value: string): string {
  return value.replace(/\r\n|\r|\n/g, '\r\n');
}

/** In a header, what would end a name is sent encoded. */
function sentName(name: string): string {
  return name.replaceAll('\r', '%0D').replaceAll('\n', '%0A').replaceAll('"', '%22');
}

describe.each(modes)('fields of a multipart body ($mode)', ({ Mixcloud }) => {
  let world: WorldHandle;
  let mixcloud: Mixcloud;

  beforeAll(async () => {
    world = await emulator().world();
    mixcloud = clientOf(Mixcloud, world, { accessToken: OWNER_TOKEN });
  });
  afterAll(async () => {
    await mixcloud.close();
    await world.close();
  });

  it(
    'arrive as they were given, and nothing in them becomes a field of its own',
    async () => {
      const input = fc.record({
        name: text,
        description: text,
        tags: fc.array(text, { maxLength: 5 }),
        hosts: fc.array(text, { maxLength: 2 }),
        chapter: text,
        extra: fc.tuple(text, text),
        filename,
      });
      await fc.assert(
        fc.asyncProperty(input, async ({ name, description, tags, hosts, chapter, extra, filename: file }) => {
          await world.clearRequests();
          const picture = new File(['picture'], file, { type: 'image/png' });
          const fields = {
            description,
            tags,
            hosts,
            sections: [{ chapter }],
            extra: Object.fromEntries([extra]),
            picture,
          };
          await mixcloud.upload(new File(['audio'], file), name, fields);
          const [request] = await world.requests();
          expect(request?.body.problem).toBeUndefined();
          expect(request?.body.fields.map((field) => [field.name, field.value])).toEqual([
            ['name', sentValue(name)],
            ['description', sentValue(description)],
            ...tags.map((tag, index) => [`tags-${index}-tag`, sentValue(tag)]),
            ['sections-0-chapter', sentValue(chapter)],
            ...hosts.map((host, index) => [`hosts-${index}-username`, sentValue(host)]),
            [expect.any(String), sentValue(extra[1])],
          ]);
          expect(request?.body.files).toMatchObject([
            { name: 'picture', size: 7 },
            { name: 'mp3', size: 5 },
          ]);
        }),
        { numRuns: RUNS, seed: RUN_SEED },
      );
    },
    20_000 + RUNS * 50,
  );

  it.each(BREAKERS.filter((part) => !part.includes('\0')))('keep the name of a file in its place: %j', async (part) => {
    await world.clearRequests();
    const name = `a${part}b.mp3`;
    await mixcloud.upload(new File(['audio'], name), 'A show', { extra: { [`a${part}b`]: 'value' } });
    const [request] = await world.requests();
    expect(request?.body.files).toMatchObject([{ name: 'mp3', filename: sentName(name), size: 5 }]);
    expect(request?.body.fields).toHaveLength(2);
    expect(request?.body.fields[1]).toMatchObject({ name: sentName(`a${part}b`), value: 'value' });
  });

  it('keep the type of a file in its place', async () => {
    await world.clearRequests();
    const typed = new Blob(['audio']);
    Object.defineProperty(typed, 'type', { value: 'text/plain\r\nX-Evil: 1\r\n\r\nevil' });
    await mixcloud.upload(typed, 'A show');
    const [request] = await world.requests();
    expect(request?.body.files).toMatchObject([{ name: 'mp3', size: 5, contentType: 'audio/mpeg' }]);
  });
});
