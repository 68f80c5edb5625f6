import { isJsonObject, type JsonObject } from '../base/json.ts';
import type { Mode, OperationRunner } from '../operations/mode.ts';
import { ObjectState } from './object-state.ts';

/** Fetches one of a resource's connections. */
type ConnectionMethod = (page?: object) => unknown;

/** A resource that has connections, as its own method for them. */
interface Connected {
  connection(name: string, page?: object): unknown;
}

/** Where the data of a resource come from. */
export interface ResourceOrigin {
  /** Whether they are those of the resource's own page. */
  readonly full?: boolean;
  /** Whether the resource gets a method for each of its connections. */
  readonly createConnections?: boolean;
}

/** A JSON object with a type, and the methods for its connections. */
export class ResourceState<M extends Mode = Mode> extends ObjectState {
  /** Whether the data are those of the resource's own page. */
  full: boolean;
  readonly client: OperationRunner<M>;
  readonly #createConnections: boolean;
  // Names of the API by names of methods; made when the first one is wanted, since most resources are never asked.
  #names: ReadonlyMap<string, string> | undefined;
  readonly #methods = new Map<string, ConnectionMethod>();
  readonly #targeted: object;

  /** `targeted` is the prototype whose members give way to connections, unless a subclass has replaced them. */
  constructor(data: JsonObject, client: OperationRunner<M>, origin: ResourceOrigin, targeted: object) {
    super(data, client.models);
    this.client = client;
    this.full = origin.full ?? false;
    this.#createConnections = origin.createConnections ?? true;
    this.#targeted = targeted;
  }

  /** URLs of the connections by the API's names. */
  get links(): JsonObject | undefined {
    const { metadata } = this.data;
    if (!isJsonObject(metadata) || !isJsonObject(metadata.connections)) return undefined;
    return metadata.connections;
  }

  override connectionMethod(target: object, name: string, receiver: unknown): unknown {
    const connection = this.#connections().get(name);
    if (connection === undefined) return undefined;
    // The class's own members come first, then connections, then the client's targeted methods.
    if (name in target) {
      const isTargeted = Object.hasOwn(this.#targeted, name);
      if (!isTargeted || Reflect.get(target, name) !== Reflect.get(this.#targeted, name)) return undefined;
    }
    const kept = this.#methods.get(name);
    if (kept) return kept;
    const method: ConnectionMethod = (page) => (receiver as Connected).connection(connection, page);
    this.#methods.set(name, method);
    return method;
  }

  override merge(data: JsonObject): void {
    super.merge(data);
    this.#names = undefined;
  }

  #connections(): ReadonlyMap<string, string> {
    if (this.#names) return this.#names;
    const names = new Map<string, string>();
    if (this.#createConnections) {
      for (const [name, url] of Object.entries(this.links ?? {})) {
        // A method called `then` would make a promise of the resource, which nothing would ever resolve.
        if (typeof url === 'string' && camelCase(name) !== 'then') names.set(camelCase(name), name);
      }
    }
    this.#names = names;
    return names;
  }
}

/** A name of the API as the name of a method: `listen-later` becomes `listenLater`. */
export function camelCase(name: string): string {
  return name.replace(/[-_\s]+(.)/gu, (_, letter: string) => letter.toUpperCase());
}
