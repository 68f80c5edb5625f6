/** Notes how long each wait of the thread may take. */
const waits = [];
const { wait } = Atomics;
Atomics.wait = (view, index, value, timeout) => {
  waits.push(timeout ?? Number.POSITIVE_INFINITY);
  return wait(view, index, value, timeout);
};
const { MixcloudSync } = await import('mixcloud-client/sync');
const { attempt, tell, world } = await import('./tell.mjs');

const mixcloud = new MixcloudSync({ apiRoot: world, retries: 0 });
const hanging = attempt(() => mixcloud.get('bob', { timeout: 2500 }));
tell({ hanging, longest: Math.max(...waits), count: waits.length });
