/** Logs in with two processes of a cluster, which share the ports of servers that do not ask for one of their own. */
import cluster from 'node:cluster';
import { once } from 'node:events';
import { MixcloudOAuth } from 'mixcloud-client';

if (cluster.isPrimary) {
  const workers = [cluster.fork(), cluster.fork()];
  const ports = await Promise.all(workers.map(async (worker) => (await once(worker, 'message'))[0]));
  for (const worker of workers) worker.kill();
  console.log(JSON.stringify({ ports }));
} else {
  const onUrl = (url) => process.send(Number(new URL(new URL(url).searchParams.get('redirect_uri')).port));
  await new MixcloudOAuth({ clientId: 'id', clientSecret: 'secret' }).login({ onUrl });
}
