import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createRandom } from './scripts/random.mjs';

const DONE = JSON.stringify({ result: { success: true, message: 'Done', key: '/user/mix/' } });

/** Reads a body to its end, or until its sender has gone. */
async function drain(request: IncomingMessage): Promise<void> {
  request.resume();
  await once(request, 'close').catch(() => undefined);
}

type Answer = (request: IncomingMessage, response: ServerResponse, random: () => number) => unknown;

const answer: Answer = async (request, response) => {
  await drain(request);
  response.end(DONE);
};
const reset: Answer = ({ socket }) => socket.resetAndDestroy();

/** How a request is met, and out of a hundred how often. */
const ANSWERS: readonly (readonly [number, Answer])[] = [
  [70, answer],
  [
    10,
    async (request, response, random) => {
      await sleep(random() * 60);
      await answer(request, response, random);
    },
  ],
  [5, reset],
  [
    6,
    // It takes effect, and its response is lost.
    async (request, response, random) => {
      await drain(request);
      reset(request, response, random);
    },
  ],
  [
    3,
    async (request, response) => {
      await drain(request);
      response.writeHead(200, { 'Content-Length': DONE.length });
      response.write(DONE.slice(0, 20), () => request.socket.destroy());
    },
  ],
  [
    4,
    // Asks for another attempt, which a write must not be given.
    async (request, response) => {
      await drain(request);
      response.writeHead(503, { 'Retry-After': '0' }).end();
    },
  ],
  [2, () => {}],
];

function drawAnswer(random: () => number): Answer {
  let left = random() * 100;
  for (const [weight, act] of ANSWERS) {
    left -= weight;
    if (left < 0) return act;
  }
  return answer;
}

/** A server that stalls, stops and drops its connections at random moments, and counts the requests by their tokens. */
export class CountingServer {
  readonly #random: () => number;
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;
  /** How often a request with a token arrived. A request has arrived with its first line. */
  readonly arrivals = new Map<string, number>();
  #port = 0;
  #stalled: Promise<void> = Promise.resolve();
  #ended = false;
  #troubles: Promise<void> = Promise.resolve();

  constructor(seed: number) {
    this.#random = createRandom(seed);
    this.#server = createServer((request, response) => void this.#respond(request, response));
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => this.#sockets.delete(socket));
    });
  }

  async start(): Promise<string> {
    await this.#listen();
    this.#troubles = this.#makeTrouble();
    return `http://127.0.0.1:${this.#port}`;
  }

  async stop(): Promise<void> {
    this.#ended = true;
    await this.#troubles;
    this.#drop();
    this.#server.close();
  }

  async #listen(): Promise<void> {
    await once(this.#server.listen(this.#port, '127.0.0.1'), 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  #drop(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  async #makeTrouble(): Promise<void> {
    for (;;) {
      await sleep(100 + this.#random() * 500);
      if (this.#ended) return;
      const duration = 10 + this.#random() * 100;
      if (this.#random() < 0.5) {
        this.#stalled = sleep(duration);
        await this.#stalled;
      } else {
        this.#server.close();
        this.#drop();
        await sleep(duration / 2);
        await this.#listen();
      }
    }
  }

  async #respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const token = new URL(request.url ?? '', 'http://127.0.0.1').searchParams.get('access_token') ?? '';
    this.arrivals.set(token, (this.arrivals.get(token) ?? 0) + 1);
    const act = drawAnswer(this.#random);
    await this.#stalled;
    if (!request.socket.destroyed) await act(request, response, this.#random);
  }
}
