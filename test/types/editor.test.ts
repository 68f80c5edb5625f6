/** What an editor shows of the built declarations: hovers, their texts, and completion lists. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FILE = `${ROOT}test/types/in-an-editor.ts`;

/** Places are marked: a comment with the name of the place stands before the word under the cursor. */
const PROGRAM = `
import { isErrorResponse, type Listing, Mixcloud, MixcloudOAuth, type PartialUser, Resource, type User } from 'mixcloud-client';
import { MixcloudSync } from 'mixcloud-client/sync';
const /*client*/mixcloud = new Mixcloud({ /*option*/timeout: 5, /*options*/ });
const sync = new MixcloudSync();

const /*list*/popular = await mixcloud.popular();
for await (const /*each*/show of popular.all()) /*open show*/show./*members of a show*/key;
const /*byKey*/named = popular['chris/funky-mix'];
const /*result*/done = await mixcloud./*follow*/follow('bob', { /*call options*/ });
const /*user*/bob = await mixcloud./*get*/get<User>('bob');
bob./*connection*/followers({ /*page options*/ });
const /*connected*/followers = await bob.followers();
const /*loaded*/john = await followers[0]!.load();
const /*me*/me = await mixcloud.me();
me./*members of a user*/key;
me./*field*/created_time;
show()./*action*/favorite();
show()./*owner*/user./*members of a partial user*/key;
show()./*tags*/tags[0]!./*members of a tag*/key;
mixcloud./*members of a client*/me;
popular./*members of a list*/name;
mixcloud.search('x', { type: '/*types of a search*/' });
const /*found*/users = await mixcloud.search('x', { type: 'user' });
const /*blocking list*/popularSync = sync.popular();
for (const /*blocking each*/showSync of popularSync.all()) showSync.key;
const /*unknown*/thing = await mixcloud.get('x');
thing./*members of an unknown*/key;
const /*listing*/page = await mixcloud.get<Listing<PartialUser>>('bob/followers');
const /*plain*/plain = await mixcloud.get<User>('bob', { createConnections: false });
if (!isErrorResponse(bob)) /*narrowed*/bob.key;
class Show extends Resource {
  minutes(): number {
    return 60;
  }
}
const own = new Mixcloud({ resourceClass: Show });
const /*own*/ownShow = (await own.popular())[0]!;
const oauth = new MixcloudOAuth({ /*OAuth options*/ });
oauth./*token*/accessToken('x');
oauth./*members of OAuth*/mixcloud;
mixcloud.upload('x.mp3', 'x', { /*upload fields*/ });

declare function show(): Exclude<typeof named, undefined>;
`;

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2022.d.ts'],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  strict: true,
  types: ['node'],
};

const read = (path: string) => (path === FILE ? PROGRAM : readFileSync(path, 'utf8'));
const exists = (path: string) => path === FILE || existsSync(path);
const service = ts.createLanguageService({
  getCompilationSettings: () => OPTIONS,
  getScriptFileNames: () => [FILE],
  getScriptVersion: () => '1',
  getScriptSnapshot: (path) => (exists(path) ? ts.ScriptSnapshot.fromString(read(path)) : undefined),
  getCurrentDirectory: () => ROOT,
  getDefaultLibFileName: (options) => ts.getDefaultLibFilePath(options),
  fileExists: exists,
  readFile: read,
});

function find(place: string): number {
  const mark = `/*${place}*/`;
  const index = PROGRAM.indexOf(mark);
  if (index < 0) throw new Error(`the program has no place ${place}`);
  return index + mark.length;
}

/** The hover at a place, and the first line of its text. */
function hover(place: string): string {
  const info = service.getQuickInfoAtPosition(FILE, find(place));
  const [text = ''] = ts.displayPartsToString(info?.documentation).split('\n');
  const shown = ts.displayPartsToString(info?.displayParts);
  return text === '' ? shown : `${shown} // ${text}`;
}

const complete = (place: string) =>
  service.getCompletionsAtPosition(FILE, find(place), {})?.entries.map(({ name }) => name) ?? [];

it('the program has no error', () => {
  const found = [...service.getSyntacticDiagnostics(FILE), ...service.getSemanticDiagnostics(FILE)];
  expect(found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual([]);
});

describe('a hover', () => {
  it.each([
    ['client', 'const mixcloud: Mixcloud'],
    ['list', 'const popular: ResourceList<Cloudcast>'],
    ['each', 'const show: Resource<Cloudcast>'],
    ['byKey', 'const named: Resource<Cloudcast> | undefined'],
    ['result', 'const done: ActionResult'],
    ['user', 'const bob: Resource<User>'],
    ['connected', 'const followers: ResourceList<PartialUser>'],
    ['loaded', 'const john: Resource<User>'],
    ['me', 'const me: Resource<User>'],
    ['field', '(property) created_time: DateTime<boolean> // When the user joined.'],
    ['owner', '(property) user: Resource<PartialUser> // The owner.'],
    ['tags', '(property) tags: AccessList<Resource<Tag>> // Genres.'],
    ['found', 'const users: ResourceList<PartialUser>'],
    ['blocking list', 'const popularSync: ResourceListSync<Cloudcast>'],
    ['blocking each', 'const showSync: ResourceSync<Cloudcast>'],
    ['unknown', 'const thing: Resource<AnyFields>'],
    ['listing', 'const page: ResourceList<PartialUser>'],
    ['plain', 'const plain: PlainResource<AsyncMode, User>'],
    ['narrowed', 'const bob: Resource<User>'],
    ['own', 'const ownShow: ResourceView<AsyncModeOf<Show, unknown>, Cloudcast, Show>'],
    [
      'follow',
      '(method) Client<AsyncMode>.follow(user: string, options?: AsyncCallOptions | undefined): Promise<ActionResult> // Follows a user. Needs an access token, as do the other actions.',
    ],
    [
      'get',
      '(method) Client<AsyncMode>.get<User>(key: string, options?: (GetOptions & AsyncCallOptions) | undefined): Promise<Resource<User>> (+1 overload) // Fetches a key: a user, a cloudcast, a list…',
    ],
    [
      'connection',
      '(method) UserConnections<AsyncMode>.followers(page?: (Pagination & AsyncCallOptions) | undefined): Promise<ResourceList<PartialUser>> // Users who follow this one.',
    ],
    [
      'action',
      '(method) CloudcastActions<AsyncMode>.favorite(options?: AsyncCallOptions | undefined): Promise<ActionResult> // Adds this cloudcast to the favorites. Needs an access token.',
    ],
    [
      'token',
      '(method) OAuth<AsyncMode, Mixcloud>.accessToken(code: string, options?: AsyncCallOptions | undefined): Promise<string | null> // Exchanges the code of a redirect for an access token. Returns `null` if that fails.',
    ],
    [
      'option',
      '(property) ClientOptions.timeout?: number | null | undefined // Maximum duration of one request in milliseconds, including its retries and redirects. For an upload, it limits',
    ],
  ])('at %s is short', (place, text) => {
    expect(hover(place)).toBe(text);
  });
});

describe('completion', () => {
  const MEMBERS = ['connection', 'data', 'full', 'items', 'key', 'keys', 'load', 'mixcloud', 'toJSON', 'toString'];
  const words = (text: string) => text.trim().split(/\s+/).sort();

  it.each([
    ['members of an unknown', 'type values'],
    ['members of a tag', 'latest name popular type url values'],
    [
      'members of a show',
      `audio_length comment_count comments created_time description edit embedHtml embedJson favorite favorite_count
      favorited favorites hidden_stats hosts is_exclusive is_listen_later listenLater listener_count listeners name oembed
      picture_primary_color pictures play_count repost repost_count reposted sections similar slug tags type unfavorite
      unlistenLater unrepost updated_time url user values`,
    ],
    [
      'members of a user',
      `biog city cloudcast_count cloudcasts comments country cover_pictures created_time favorite_count favorites feed
      follow follower follower_count followers following following_count is_current_user is_premium is_pro listen_count
      listens name oembed picture_primary_color pictures playlists type unfollow updated_time url username values`,
    ],
  ])('lists what the kind has: %s', (place, names) => {
    expect(complete(place).sort()).toEqual([...MEMBERS, ...words(names)].sort());
  });

  it('lists the same for a partial user', () => {
    expect(complete('members of a partial user').sort()).toEqual(complete('members of a user').sort());
  });

  it('has nothing but public members of clients and OAuth helpers', () => {
    const internal = ['models', 'callOptions', 'runOn', 'validateClient', 'constructor'];
    const shown = [...complete('members of a client'), ...complete('members of OAuth')];
    expect(shown.filter((name) => internal.includes(name))).toEqual([]);
    expect(shown).toEqual(expect.arrayContaining(['popular', 'accessToken', 'authorizationUrl']));
  });

  it('has the reading methods of arrays and the members of a list', () => {
    const names = complete('members of a list');
    expect(names).toEqual(expect.arrayContaining(['map', 'length', 'at', 'next', 'all', 'loadAll', 'paging']));
    expect(names.filter((name) => ['push', 'sort', 'splice', 'reverse'].includes(name))).toEqual([]);
  });

  it('has the types of a search', () => {
    expect(complete('types of a search').sort()).toEqual(['cloudcast', 'tag', 'user']);
  });

  it.each(['options', 'call options', 'page options', 'OAuth options', 'upload fields'])(
    'has a text for each of the %s',
    (place) => {
      const names = complete(place);
      expect(names.length).toBeGreaterThan(1);
      const textless = names.filter((name) => {
        const details = service.getCompletionEntryDetails(FILE, find(place), name, {}, undefined, {}, undefined);
        return ts.displayPartsToString(details?.documentation) === '';
      });
      expect(textless).toEqual([]);
    },
  );

  it.each(['members of a user', 'members of a show', 'members of a tag', 'members of a client', 'members of a list'])(
    'has a text for each of the %s, less those of every object or array',
    (place) => {
      const names = complete(place).filter((name) => !Object.hasOwn(Array.prototype, name));
      const textless = names.filter((name) => {
        const details = service.getCompletionEntryDetails(FILE, find(place), name, {}, undefined, {}, undefined);
        return ts.displayPartsToString(details?.documentation) === '';
      });
      expect(textless).toEqual([]);
    },
  );
});
