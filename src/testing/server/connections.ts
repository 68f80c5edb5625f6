import type { Socket } from 'node:net';

export interface ConnectionCounts {
  readonly open: number;
  readonly maxOpen: number;
  readonly total: number;
  readonly inFlight: number;
  readonly maxInFlight: number;
}

/** Counts sockets and requests, and can end them all. */
export class Connections {
  readonly #open = new Map<Socket, number>();
  #total = 0;
  #maxOpen = 0;
  #inFlight = 0;
  #maxInFlight = 0;

  add(socket: Socket): void {
    this.#total += 1;
    this.#open.set(socket, this.#total);
    this.#maxOpen = Math.max(this.#maxOpen, this.#open.size);
    socket.on('close', () => this.#open.delete(socket));
    // Many tests reset connections. Without a listener, a reset would end the process.
    socket.on('error', () => {});
  }

  /** The number of a connection, from 1. Equal numbers show that a connection was used again. */
  number(socket: Socket): number {
    const number = this.#open.get(socket);
    if (number !== undefined) return number;
    // Under TLS a request knows the secured socket only, whose port is that of the bare one.
    return [...this.#open].find(([open]) => open.remotePort === socket.remotePort)?.[1] ?? 0;
  }

  requestStarted(): void {
    this.#inFlight += 1;
    this.#maxInFlight = Math.max(this.#maxInFlight, this.#inFlight);
  }

  requestEnded(): void {
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
