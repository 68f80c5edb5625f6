/** Events of a blocking client whose worker stalls, and then dies. */
import { writeFileSync } from 'node:fs';
import { MixcloudSync } from 'mixcloud-client/sync';
import { attempt, tell, world } from './tell.mjs';

const events = [];
const mixcloud = new MixcloudSync({
  apiRoot: world,
  onEvent: ({ type, url }) => void events.push(`${type} ${new URL(url).pathname}`),
});
const call = (key, fate) => {
  events.length = 0;
  writeFileSync(process.env.FATE, fate);
  const { value, error } = attempt(() => mixcloud.get(key).key);
  return { value, error: error?.name, events: [...events] };
};
mixcloud.get('luke');
const stalled = call('bob', 'stall-at-answer');
// It waits long enough for a reply without results, with the first event.
const dead = call('peter', 'exit-late');
const next = call('alice', '');
tell({ stalled, dead, next });
