/**
 * A plugin of TypeDoc. It names the modules as they are imported, and groups the public names by what one does with them.
 * `typedoc.json` has the order of the groups. The groups are here and not in tags beside the
 * names, because tags would be bytes of the package.
 */
import { Comment, CommentTag, Converter } from 'typedoc';

const GROUPS = {
  Clients: /^(?:Mixcloud(?:Sync)?(?:Options)?|ClientOptions|DerivedOptions|\w+CallOptions|JsonDecoder|DispatcherLike)$/,
  'What comes back':
    /^(?:Resource(?:List)?(?:Sync)?|AccessDict|AccessList|User|PartialUser|Cloudcast|Tag|Comment|FeedItem|Listen|Playlist|TrackSection|Pictures|Entity|Listing|ActionResult|EmbedInfo|OEmbed|PageLinks|UserConnections|CloudcastConnections|TagConnections|UserActions|CloudcastActions|ResourceMembers|ResourceListMembers|DateTime)$/,
  'Options of methods':
    /^(?:Pagination|(?:Get|Search|Load|Concurrency|All|Embed|OEmbed|OEmbedXml|Request|Resource)Options|SearchType|QueryParams|RequestMethod|RequestFields|DateTimeLike|ItemKey|toTimestamp|formatDatetime)$/,
  Uploads: /^(?:\w*(?:Upload|Edit)(?:Fields|Section)|FileLike|Progress|\w+_MAX_\w+)$/,
  OAuth: /^(?:MixcloudOAuth(?:Sync)?(?:Options)?|OAuthOptions|Login\w*)$/,
  Errors: /^(?:Mixcloud\w*Error(?:Init)?|ErrorResponse|ErrorDetails|isErrorResponse|toError)$/,
  Events: /^(?:\w*Event\w*)$/,
  Constants: /^\w+_ROOT$/,
  'Types for authors': /./,
};
const TESTING = 'Testing';
const ENTRIES = { index: 'mixcloud-client', sync: 'mixcloud-client/sync', testing: 'mixcloud-client/testing' };

/** @param {import('typedoc').Application} app */
export function load(app) {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const module of project.children ?? []) {
      const isTesting = module.name === 'testing';
      module.name = ENTRIES[module.name] ?? module.name;
      for (const reflection of module.children ?? []) {
        const group = isTesting ? TESTING : findGroup(reflection.name);
        // A class is an interface and a constant of the same name; both stand in the same group.
        addGroup(reflection, group);
        if (!reflection.isReference()) for (const signature of reflection.signatures ?? []) addGroup(signature, group);
      }
    }
  });
}

function findGroup(name) {
  return Object.keys(GROUPS).find((group) => GROUPS[group].test(name)) ?? '';
}

function addGroup(reflection, group) {
  reflection.comment ??= new Comment();
  reflection.comment.blockTags.push(new CommentTag('@group', [{ kind: 'text', text: group }]));
}
