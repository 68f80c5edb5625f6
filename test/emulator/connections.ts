import type { Socket } from 'node:net';
import type { ConnectionCounts } from './protocol.ts';

/** Counts sockets and requests, and can end them all. */
export class Connections {
  readonly #open = new Map<Socket, number>();
  #total = 0;
  #maxOpen = 0;
  #inFlight = 0;
  #maxInFlight = 0;

  opened(socket: Socket): void {
    this.#total += 1;
    this.#open.set(socket, this.#total);
    this.#maxOpen = Math.max(this.#maxOpen, this.#open.size);
    socket.on('close', () => this.#open.delete(socket));
    // A reset is the business of many tests; without a listener it would end the process.
    socket.on('error', () => {});
  }

  number(socket: Socket): number {
    // Under TLS a request knows the secured socket only, whose port is that of the bare one.
    const same = [...this.#open].find(([open]) => open === socket || open.remotePort === socket.remotePort);
    return same?.[1] ?? 0;
  }

  began(): void {
    this.#inFlight += 1;
    this.#maxInFlight = Math.max(this.#maxInFlight, this.#inFlight);
  }

  ended(): void {
    this.#inFlight -= 1;
  }

  counts(): ConnectionCounts {
    return {
      open: this.#open.size,
      maxOpen: this.#maxOpen,
      total: this.#total,
      inFlight: this.#inFlight,
      maxInFlight: this.#maxInFlight,
    };
  }

  resetMaxima(): void {
    this.#maxOpen = this.#open.size;
    this.#maxInFlight = this.#inFlight;
  }

  closeAll(): void {
    for (const socket of this.#open.keys()) socket.destroy();
  }
}
