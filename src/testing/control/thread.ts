/** The emulator's thread: starts servers, and answers the calls of a handle. */
import { workerData } from 'node:worker_threads';
import type { ThreadCall, ThreadData, ThreadReply } from '../handles/messages.ts';
import { Control } from './control.ts';

function main({ port, signal }: ThreadData): void {
  const control = new Control();
  port.on('message', async (call: ThreadCall) => {
    port.postMessage(await answer(control, call));
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

async function answer(control: Control, call: ThreadCall): Promise<ThreadReply> {
  const { id } = call;
  try {
    return { id, type: 'result', value: await control.call(call) };
  } catch (error) {
    if (!(error instanceof Error)) return { id, type: 'error', name: 'Error', message: String(error) };
    const { name, message, code } = error as NodeJS.ErrnoException;
    return { id, type: 'error', name, message, ...(code === undefined ? {} : { code }) };
  }
}

main(workerData as ThreadData);
