import type { RequestContext } from '../server/request-context.ts';
import type { EmulatedResponse } from '../server/response.ts';

const CAPACITY = 500;

/** Responses by address, for as long as the world does not change. */
export class ResponseCache {
  readonly #responses = new Map<string, EmulatedResponse>();
  #version = 0;

  async get(
    { base, target }: RequestContext,
    version: number,
    create: () => EmulatedResponse | Promise<EmulatedResponse>,
  ): Promise<EmulatedResponse> {
    if (this.#version !== version || this.#responses.size > CAPACITY) this.clear();
    this.#version = version;
    const address = `${base} ${target}`;
    const known = this.#responses.get(address);
    if (known) return known;
    const response = await create();
    this.#responses.set(address, response);
    return response;
  }

  clear(): void {
    this.#responses.clear();
  }
}
