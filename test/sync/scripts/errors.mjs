import { MixcloudOAuthSync, MixcloudSync } from 'mixcloud-client/sync';
import { attempt, tell, world } from './tell.mjs';

const mixcloud = new MixcloudSync({ apiRoot: world, raiseExceptions: true, retries: 0 });
const broken = (fault) => new MixcloudSync({ apiRoot: `${world}/fault/${fault}`, raiseExceptions: true, retries: 0 });
const nowhere = new MixcloudSync({ apiRoot: 'http://127.0.0.1:9', retries: 0 });
const oauth = { clientId: 'a', clientSecret: 'b', redirectUri: 'https://c.example', raiseExceptions: true };
const bob = mixcloud.get('bob');
const list = mixcloud.get('bob/cloudcasts');
const missing = new MixcloudSync({ apiRoot: `${world}/missing`, raiseExceptions: true });

tell({
  api: attempt(() => mixcloud.get('nobody-at-all')),
  authorization: attempt(() => new MixcloudSync({ apiRoot: world, accessToken: 'wrong', raiseExceptions: true }).me()),
  limit: attempt(() => broken('rate-limit:452').get('bob')),
  decode: attempt(() => broken('truncated-json').get('bob')),
  reset: attempt(() => broken('reset').get('bob')),
  refused: attempt(() => nowhere.get('bob')),
  timeout: attempt(() => broken('hang').get('bob', { timeout: 200 })),
  oauth: attempt(() => new MixcloudOAuthSync({ ...oauth, oauthRoot: `${world}/oauth` }).accessToken('wrong')),
  misuse: attempt(() => mixcloud.get(7)),
  range: attempt(() => mixcloud.popular({ limit: -1 })),
  file: attempt(() => new MixcloudSync({ apiRoot: world, accessToken: 'x' }).upload('/no/such/file.mp3', 'name')),
  connection: attempt(() => bob.connection('no-such-connection')),
  many: attempt(() => mixcloud.getMany(['bob', 'nobody-at-all'])),
  all: attempt(() => {
    for (const item of missing.popular().all()) item.key;
  }),
  following: attempt(() => list.next({ timeout: 'soon' })),
});
