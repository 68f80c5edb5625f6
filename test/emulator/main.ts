import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Control } from './control.ts';
import type { ControlAnswer, ControlCall } from './protocol.ts';

const control = new Control();

async function answer(text: string): Promise<ControlAnswer> {
  try {
    const value = await control.call(JSON.parse(text) as ControlCall);
    return { ok: true, value: value ?? null };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}

const server = createServer(async (request, response) => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  response.setHeader('Content-Type', 'application/json');
  response.end(JSON.stringify(await answer(Buffer.concat(parts).toString())));
});

server.listen(0, '127.0.0.1');
await once(server, 'listening');
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

if (process.send) {
  // Whoever forked this is gone: so is the reason to be here.
  process.on('disconnect', () => process.exit());
  process.send({ url });
} else {
  process.stdout.write(`${url}\n`);
}
