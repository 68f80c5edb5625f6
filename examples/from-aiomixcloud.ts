/**
 * The synchronous snippets of aiomixcloud's documentation, ported. The Python is in the comments.
 *
 *   node from-aiomixcloud.ts
 */
import { type Cloudcast, isErrorResponse, MixcloudError, type User } from 'mixcloud-client';
import { MixcloudSync } from 'mixcloud-client/sync';

// from aiomixcloud.sync import MixcloudSync
// with MixcloudSync() as mixcloud:
const mixcloud = new MixcloudSync();

//     mixcloud.get('someuser/somemix').similar()[0]?.load().picture_primary_color
console.log(mixcloud.get<Cloudcast>('someuser/somemix').similar()[0]?.load().picture_primary_color);

//     some_user = mixcloud.get('bob'); some_user.name; some_user['pictures']['large']
const user = mixcloud.get<User>('bob');
console.log(user.name, user.pictures.large);

//     some_user.created_time.year   # a datetime there, a luxon DateTime here
console.log(user.created_time.year);

//     for comment in some_mix.comments(): comment.url
const [mix] = user.cloudcasts({ limit: 1 });
for (const comment of mix?.comments() ?? []) console.log(comment.url);

//     popular = mixcloud.popular(offset=3, limit=10); popular['chris/funky-mix']
const popular = mixcloud.popular({ offset: 0, limit: 10 });
console.log(popular['chris/funky-mix']?.name);

//     mixcloud.search('john', type='user', page=0)
for (const found of mixcloud.search('john', { type: 'user', page: 0 })) console.log(found.username);

//     an AccessDict with `error`, as there, unless raise_exceptions=True
const nobody = mixcloud.get('nobody-of-that-name');
if (isErrorResponse(nobody)) console.log(nobody.error.message);

//     MixcloudSync(raise_exceptions=True)
const strict = mixcloud.withOptions({ raiseExceptions: true });
try {
  strict.get('nobody-of-that-name');
} catch (error) {
  if (error instanceof MixcloudError) console.log(error.type);
}

// The end of the `with` block. With TypeScript, or from Node.js 24 on, `using mixcloud = new MixcloudSync()` does it.
mixcloud.close();
