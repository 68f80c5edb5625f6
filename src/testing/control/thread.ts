/** The emulator's thread: starts servers, and answers the calls of a handle. */
import { workerData } from 'node:worker_threads';
import type { ThreadCall, ThreadData, ThreadReply } from '../handles/messages.ts';
import { ServerHost } from './server-host.ts';

function main({ port, signal }: ThreadData): void {
  const host = new ServerHost();
  port.on('message', async (call: ThreadCall) => {
    port.postMessage(await run(host, call));
    // A caller may be blocked: tell it that there is a reply.
    Atomics.add(signal, 0, 1);
    Atomics.notify(signal, 0);
  });
  process.on('exit', () => {
    Atomics.store(signal, 1, 1);
    Atomics.add(signal, 0, 1);
    Atomics.notify(signal, 0);
  });
}

async function run(host: ServerHost, call: ThreadCall): Promise<ThreadReply> {
  const { id } = call;
  try {
    return { id, type: 'result', value: await host.call(call) };
  } catch (error) {
    if (!(error instanceof Error)) return { id, type: 'error', name: 'Error', message: String(error) };
    const { name, message, code } = error as NodeJS.ErrnoException;
    return { id, type: 'error', name, message, ...(code === undefined ? {} : { code }) };
  }
}

main(workerData as ThreadData);
