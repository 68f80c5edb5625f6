import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Control } from './control.ts';
import type { ControlCall, ControlResult } from './protocol.ts';

const control = await Control.start();

async function run(text: string): Promise<ControlResult> {
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
  response.end(JSON.stringify(await run(Buffer.concat(parts).toString())));
});

server.listen(0, '127.0.0.1');
await once(server, 'listening');
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

if (process.send) {
  // The parent is gone, and nobody else can call.
  process.on('disconnect', () => process.exit());
  process.send({ url });
} else {
  process.stdout.write(`${url}\n`);
}
