import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as main from 'mixcloud-client';
import * as sync from 'mixcloud-client/sync';
import * as testing from 'mixcloud-client/testing';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { PROJECT } from './support/pack.ts';
import { run } from './support/run.ts';

const require = createRequire(import.meta.url);

/** Names that the declarations of an entry export, as values or as types only. */
function declared(file: string): { readonly values: string[]; readonly types: string[] } {
  const path = join(PROJECT, 'dist', file);
  const program = ts.createProgram([path], {
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    noLib: true,
  });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(path);
  const module = source && checker.getSymbolAtLocation(source);
  if (!module) throw new Error(`${file} is not a module`);
  const names = { values: [] as string[], types: [] as string[] };
  for (const symbol of checker.getExportsOfModule(module)) {
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    names[target.flags & ts.SymbolFlags.Value ? 'values' : 'types'].push(symbol.name);
  }
  return { values: names.values.sort(), types: names.types.sort() };
}

// Public names: one that disappears or changes its kind breaks callers, and one that is added stays.
const SHARED_VALUES = `
  API_ROOT AccessDict AccessList DESCRIPTION_MAX_SIZE HOST_MAX_COUNT MIXCLOUD_ROOT MP3_MAX_SIZE
  MixcloudAuthorizationError MixcloudClosedError MixcloudConnectionError MixcloudDecodeError MixcloudError
  MixcloudOAuthError MixcloudRateLimitError MixcloudTimeoutError MixcloudWorkerError OAUTH_ROOT OEMBED_ROOT
  PICTURE_MAX_SIZE TAG_MAX_COUNT formatDatetime isErrorResponse toError toTimestamp
`;
const SHARED_TYPES = `
  AccessListClass ActionResult ActionsOf AllOptions AnyFields BaseEvent CallOptions ClientOptions Cloudcast
  CloudcastActions CloudcastConnections Comment CommonUploadFields ConcurrencyOptions ConnectionsOf DateTime
  DateTimeLike DerivedOptions Dict EditFields EmbedInfo EmbedOptions Entity ErrorDetails ErrorResponse FailureEvent
  FeedItem Fields FileLike GetOptions GetResult ItemKey ItemsByKey IterableOf JsonDecoder JsonObject ListOf ListView
  Listen Listing LoadOptions LoginOptions MixcloudErrorInit MixcloudEvent MixcloudEventListener Mode OAuthOptions OEmbed
  OEmbedOptions OEmbedXmlOptions PageLinks Pagination PartialUser Pictures PlainOf PlainResource PlainResult
  Playlist Progress QueryParams RateLimitEvent RequestEvent RequestFields RequestMethod RequestOptions
  ResourceListMembers ResourceMembers ResourceOf ResourceOptions ResourceView ResponseEvent ResultOf RetryEvent
  Returned SearchOptions SearchResult SearchType Tag TagConnections TrackSection UnknownFields UploadFields
  UploadSection User UserActions UserConnections
`;
const VALUES = `${SHARED_VALUES} Mixcloud MixcloudOAuth Resource ResourceList`;
const TYPES = `
  ${SHARED_TYPES} AsyncCallOptions AsyncMode AsyncModeOf DispatcherLike MixcloudClass MixcloudOAuthOptions MixcloudOf
  MixcloudOptions ResourceClass ResourceConstructor ResourceListClass ResourceListConstructor
`;
const SYNC_VALUES = `${SHARED_VALUES} MixcloudOAuthSync MixcloudSync ResourceListSync ResourceSync`;
const SYNC_TYPES = `
  ${SHARED_TYPES} MixcloudOAuthSyncOptions MixcloudSyncClass MixcloudSyncOf MixcloudSyncOptions ResourceListSyncClass
  ResourceListSyncConstructor ResourceSyncClass ResourceSyncConstructor SyncCallOptions SyncMode SyncModeOf
`;

const TESTING_VALUES = `
  startEmulator startEmulatorSync
`;
const TESTING_TYPES = `
  AccountOptions CloudcastFields Emulator EmulatorClientOptions EmulatorHandle EmulatorOAuthOptions EmulatorOptions
  EmulatorSync FaultName FaultOptions FaultParameters FaultTarget FileRecord HandleMode NamedFault RequestRecord ReturnedBy
  UploadRecord UserFields UserState
`;

const words = (text: string) => text.trim().split(/\s+/).sort();

describe.each([
  { entry: 'mixcloud-client', file: 'index', imported: main, values: VALUES, types: TYPES },
  { entry: 'mixcloud-client/sync', file: 'sync', imported: sync, values: SYNC_VALUES, types: SYNC_TYPES },
  {
    entry: 'mixcloud-client/testing',
    file: 'testing',
    imported: testing,
    values: TESTING_VALUES,
    types: TESTING_TYPES,
  },
])('the public names of $entry', ({ entry, file, imported, values, types }) => {
  it('are these when it is imported', () => {
    expect(Object.keys(imported).sort()).toEqual(words(values));
  });

  it('are the same when it is required', () => {
    expect(Object.keys(require(entry)).sort()).toEqual(words(values));
  });

  it.each(['ts', 'cts'])('are declared as they are, and these types with them, in .d.%s', (extension) => {
    expect(declared(`${file}.d.${extension}`)).toEqual({ values: words(values), types: words(types) });
  });
});

it('every public name is documented, and the reference is built without a warning', { timeout: 60_000 }, async () => {
  const typedoc = join(PROJECT, 'node_modules', 'typedoc', 'bin', 'typedoc');
  const { code, stdout, stderr } = await run(process.execPath, [typedoc, '--emit', 'none'], { cwd: PROJECT });
  expect(`${stdout}${stderr}`).not.toMatch(/\[(?:warning|error)\]/);
  expect(code).toBe(0);
});
