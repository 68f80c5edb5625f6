import {
  isErrorResponse,
  type Mixcloud,
  MixcloudDecodeError,
  MixcloudError,
  type MixcloudOAuth,
  type Resource,
  type ResourceList,
  toError,
} from 'mixcloud-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OWNER_APP, OWNER_TOKEN, type WorldHandle } from '../emulator/start.ts';
import { clientOf } from '../support/client.ts';
import { modes } from '../support/modes.ts';
import { emulator } from '../support/world.ts';

/** An answer that no method may take for what was asked. */
interface Kind {
  readonly name: string;
  readonly status: number;
  readonly body: string;
  /** Whether it is a text, and so what was asked for where a text was asked for. */
  readonly isText?: boolean;
}

const html = (status: number): Kind => ({
  name: `HTML with status ${status}`,
  status,
  body: '<!doctype html><title>Back soon</title>',
  isText: status === 200,
});

/** Answers that are a failure to every method. */
const KINDS: readonly Kind[] = [
  ...[503, 200, 401, 404, 429, 302].map(html),
  { name: 'cut JSON', status: 200, body: '{"key": "/bob/", "ty', isText: true },
  { name: 'an empty body', status: 200, body: '' },
  { name: 'a blank body', status: 200, body: ' \n' },
  { name: 'an array', status: 200, body: '[{"key": "/bob/"}]', isText: true },
  { name: 'null', status: 200, body: 'null', isText: true },
  { name: 'a number', status: 200, body: '42', isText: true },
  { name: 'a text', status: 200, body: '"bob"', isText: true },
  { name: 'an error', status: 404, body: '{"error": {"type": "X", "message": "User does not exist."}}' },
  { name: 'an error with status 200', status: 200, body: '{"error": {"type": "X", "message": "No."}}' },
  { name: 'an error in words', status: 200, body: '{"error": "no"}' },
  { name: 'an empty error', status: 200, body: '{"error": {}}' },
  { name: 'an error beside data', status: 200, body: '{"data": [], "error": {"message": ""}, "result": {}}' },
  { name: 'a refusal', status: 200, body: '{"result": {"success": false, "message": "Tracklist is invalid"}}' },
  { name: 'a refusal without a word', status: 200, body: '{"result": {"success": false}}' },
  { name: 'a status alone', status: 500, body: '{"key": "/bob/", "type": "user", "data": [], "result": {}}' },
];

/** Answers that are a failure where a list was asked for. */
const NO_LISTS: readonly Kind[] = [
  { name: 'an empty object', status: 200, body: '{}' },
  { name: 'a resource', status: 200, body: '{"key": "/bob/", "type": "user"}' },
  { name: 'data that are no array', status: 200, body: '{"data": {"0": 1}}' },
];

/** Answers that are a failure to an upload or edit. */
const NO_RESULTS: readonly Kind[] = [
  { name: 'an empty object', status: 200, body: '{}' },
  { name: 'a result that is no object', status: 200, body: '{"result": true}' },
  { name: 'a resource', status: 200, body: '{"key": "/bob/", "type": "user"}' },
];

interface Subject {
  readonly mixcloud: Mixcloud;
  readonly oauth: MixcloudOAuth;
  /** Fetched before the failures begin. */
  readonly user: Resource;
  readonly mix: Resource;
  readonly list: ResourceList;
}

type Call = (subject: Subject) => unknown;

const MP3 = new Uint8Array([1, 2, 3]);

const LISTS: Readonly<Record<string, Call>> = {
  popular: ({ mixcloud }) => mixcloud.popular(),
  hot: ({ mixcloud }) => mixcloud.hot(),
  new: ({ mixcloud }) => mixcloud.new(),
  search: ({ mixcloud }) => mixcloud.search('jazz'),
  next: ({ list }) => list.next(),
  previous: ({ list }) => list.previous(),
  'a connection': ({ user }) => user.followers(),
  connection: ({ user }) => user.connection('followers'),
};

const WRITES: Readonly<Record<string, Call>> = {
  upload: ({ mixcloud }) => mixcloud.upload(MP3, 'Show'),
  'edit of a full key': ({ mixcloud }) => mixcloud.edit('stationowner/show', { name: 'x' }),
  'edit of a resource': ({ mix }) => mix.edit({ name: 'x' }),
};

/** Other calls that send a file, whose responses therefore must be readable. */
const FILES: Readonly<Record<string, Call>> = {
  'request with a file': ({ mixcloud }) => mixcloud.request('POST', 'bob/cover', { fields: { picture: MP3 } }),
};

const TEXTS: Readonly<Record<string, Call>> = {
  embedHtml: ({ mixcloud }) => mixcloud.embedHtml('someuser/the-best-mix'),
  'embedHtml of a resource': ({ mix }) => mix.embedHtml(),
  'oembed as XML': ({ mixcloud }) => mixcloud.oembed('someuser/the-best-mix', { format: 'xml' }),
};

const OTHERS: Readonly<Record<string, Call>> = {
  get: ({ mixcloud }) => mixcloud.get('bob'),
  'get of a URL': ({ mixcloud }) => mixcloud.get(`${mixcloud.apiRoot}/bob/`, { relative: false }),
  me: ({ mixcloud }) => mixcloud.me(),
  request: ({ mixcloud }) => mixcloud.request('GET', 'bob'),
  'request with fields': ({ mixcloud }) => mixcloud.request('POST', 'bob/comments', { fields: { text: 'x' } }),
  discover: ({ mixcloud }) => mixcloud.discover('Jazz'),
  getMany: ({ mixcloud }) => mixcloud.getMany(['bob', 'peter']),
  follow: ({ mixcloud }) => mixcloud.follow('bob'),
  unfollow: ({ mixcloud }) => mixcloud.unfollow('bob'),
  favorite: ({ mixcloud }) => mixcloud.favorite('bob/mix'),
  unfavorite: ({ mixcloud }) => mixcloud.unfavorite('bob/mix'),
  repost: ({ mixcloud }) => mixcloud.repost('bob/mix'),
  unrepost: ({ mixcloud }) => mixcloud.unrepost('bob/mix'),
  listenLater: ({ mixcloud }) => mixcloud.listenLater('bob/mix'),
  unlistenLater: ({ mixcloud }) => mixcloud.unlistenLater('bob/mix'),
  embedJson: ({ mixcloud }) => mixcloud.embedJson('bob/mix'),
  oembed: ({ mixcloud }) => mixcloud.oembed('bob/mix'),
  'follow of a resource': ({ user }) => user.follow(),
  'favorite of a resource': ({ mix }) => mix.favorite(),
  'oembed of a resource': ({ mix }) => mix.oembed(),
  'edit of an own key': ({ mixcloud }) => mixcloud.edit('show', { name: 'x' }),
};

/** Methods that throw whatever `raiseExceptions` says: what they return was there before. */
const THROWING: Readonly<Record<string, Call>> = {
  load: ({ user }) => user.load({ force: true }),
  loadAll: ({ list }) => list.loadAll({ force: true }),
  all: async ({ list }) => {
    const items: unknown[] = [];
    for await (const item of list.all()) items.push(item);
    return items;
  },
};

type Outcome = { readonly returned: unknown } | { readonly thrown: unknown };

async function outcomeOf(call: Call, subject: Subject): Promise<Outcome> {
  try {
    return { returned: await call(subject) };
  } catch (thrown) {
    return { thrown };
  }
}

/** Fails unless a cell of the table is a failure that its caller can tell from a success. */
function expectFailure(outcome: Outcome, cell: string, mustThrow: boolean): void {
  if ('thrown' in outcome) {
    expect(outcome.thrown, cell).toBeInstanceOf(MixcloudError);
    const { message, status, method, url } = outcome.thrown as MixcloudError;
    expect(message, cell).toMatch(/\S/);
    expect([typeof status, typeof method, typeof url], cell).toEqual(['number', 'string', 'string']);
    return;
  }
  expect(mustThrow, `${cell} should throw`).toBe(false);
  const { returned } = outcome;
  for (const answer of Array.isArray(returned) && !isErrorResponse(returned) ? returned : [returned]) {
    expect(isErrorResponse(answer), cell).toBe(true);
    if (!isErrorResponse(answer)) return;
    expect(answer.error.message, cell).toMatch(/\S/);
    expect(answer.error.type === null || typeof answer.error.type === 'string', cell).toBe(true);
    expect(Object.keys(answer), cell).toContain('error');
    expect(toError(answer)?.message, cell).toBe(answer.error.message);
  }
}

describe.each(modes)('failures ($mode)', ({ Mixcloud, MixcloudOAuth }) => {
  describe.each([false, true])('with raiseExceptions %s', (raiseExceptions) => {
    let world: WorldHandle;
    let subject: Subject;

    beforeAll(async () => {
      world = await emulator().world();
      const mixcloud = clientOf(Mixcloud, world, { accessToken: OWNER_TOKEN, raiseExceptions, retries: 0 });
      const [user, mix, list] = [
        await mixcloud.get('bob'),
        await mixcloud.get('chris/funky-mix'),
        await mixcloud.popular({ page: 1, perPage: 3 }),
      ];
      const oauth = new MixcloudOAuth({
        oauthRoot: world.oauthRoot,
        clientId: OWNER_APP.clientId,
        clientSecret: OWNER_APP.clientSecret,
        redirectUri: 'https://example.com/store-code',
        mixcloud,
      });
      subject = { mixcloud, oauth, user, mix, list };
    });

    afterAll(() => world.close());

    const fails = async (kind: Kind, calls: Readonly<Record<string, Call>>, throws = raiseExceptions) => {
      await world.fault({ name: 'body', param: `${kind.status} ${kind.body}` });
      try {
        for (const [method, call] of Object.entries(calls)) {
          expectFailure(await outcomeOf(call, subject), `${method}: ${kind.name}`, throws);
        }
      } finally {
        await world.clearFaults();
      }
    };

    it.each(KINDS)('no method takes it for a success: $name', async (kind) => {
      await fails(kind, { ...LISTS, ...WRITES, ...FILES, ...OTHERS });
      await fails(kind, THROWING, true);
      if (!kind.isText) await fails(kind, TEXTS, true);
    });

    it.each(NO_LISTS)('no method takes it for a list: $name', async (kind) => {
      await fails(kind, LISTS);
      await fails(kind, { all: THROWING.all as Call }, true);
    });

    it.each(NO_RESULTS)('no upload or edit takes it for a success: $name', async (kind) => {
      await fails(kind, WRITES, true);
    });

    it.each(KINDS.filter(({ isText }) => isText))(
      'a text where a text was asked for is what was asked for: $name',
      async (kind) => {
        await world.fault({ name: 'body', param: `${kind.status} ${kind.body}` });
        for (const call of Object.values(TEXTS)) expect(await call(subject)).toBe(kind.body);
        await world.clearFaults();
      },
    );

    it.each(KINDS)('the exchange of a code gives no token: $name', async (kind) => {
      await world.fault({ name: 'body', param: `${kind.status} ${kind.body}` });
      const outcome = await outcomeOf(({ oauth }) => oauth.accessToken('code'), subject);
      await world.clearFaults();
      if (raiseExceptions) expectFailure(outcome, kind.name, true);
      else expect(outcome).toEqual({ returned: null });
    });

    it('an unreadable answer to a request that sends a file is always thrown', async () => {
      for (const kind of KINDS.slice(0, 13)) {
        await world.fault({ name: 'body', param: `${kind.status} ${kind.body}` });
        for (const call of [...Object.values({ ...WRITES, ...FILES }), OTHERS['edit of an own key'] as Call]) {
          expect(await outcomeOf(call, subject), kind.name).toEqual({ thrown: expect.any(MixcloudDecodeError) });
        }
        await world.clearFaults();
      }
    });
  });
});
