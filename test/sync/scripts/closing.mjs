import { MixcloudSync } from 'mixcloud-client/sync';
import { attempt, tell, world } from './tell.mjs';

const describe = (client) => ({
  again: attempt(() => client.close()),
  disposed: attempt(() => client[Symbol.dispose]()),
  get: attempt(() => client.get('bob')),
  getMany: attempt(() => client.getMany(['bob', 'peter'])),
  search: attempt(() => client.search('mix')),
});
const mixcloud = new MixcloudSync({ apiRoot: world });
const bob = mixcloud.get('bob');
const list = mixcloud.get('archive/cloudcasts');
const seen = [];
const walked = attempt(() => {
  for (const { key } of list.all()) {
    seen.push(key);
    mixcloud.close();
  }
});
const told = {
  ...describe(mixcloud),
  load: attempt(() => bob.load({ force: true })),
  next: attempt(() => list.next()),
};
const disposed = new MixcloudSync({ apiRoot: world });
disposed[Symbol.dispose]();
const unused = new MixcloudSync();
unused.close();
tell({ seen: seen.length, walked, closed: told, disposed: describe(disposed), unused: describe(unused) });
