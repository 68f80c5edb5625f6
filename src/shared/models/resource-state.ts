import { isJsonObject, type JsonObject } from '../base/json.ts';
import type { Mode, OperationRunner } from '../operations/mode.ts';
import { ObjectState } from './object-state.ts';

/** Fetches one of a resource's connections. */
type ConnectionMethod = (page?: object) => unknown;

/** A resource, with its `connection` method. */
interface Connected {
  connection(name: string, page?: object): unknown;
}

/** The origin of a resource's data. */
export interface ResourceOrigin {
  /** Whether the data has every field of the resource. */
  readonly full?: boolean;
  /** Whether to create a method for each connection. */
  readonly createConnections?: boolean;
}

/** State of a resource: its data and the methods of its connections. */
export class ResourceState<M extends Mode = Mode> extends ObjectState {
  /** Whether the data has every field of the resource. */
  full: boolean;
  readonly client: OperationRunner<M>;
  readonly #createConnections: boolean;
  // API names by method names. Created on first use, because most resources never need them.
  #names: ReadonlyMap<string, string> | undefined;
  readonly #methods = new Map<string, ConnectionMethod>();
  readonly #targeted: object;

  /** Connections take precedence over members of the prototype `targeted`, unless a subclass overrides them. */
  constructor(data: JsonObject, client: OperationRunner<M>, origin: ResourceOrigin, targeted: object) {
    super(data, client.models);
    this.client = client;
    this.full = origin.full ?? false;
    this.#createConnections = origin.createConnections ?? true;
    this.#targeted = targeted;
  }

  /** URLs of the connections, by API name. */
  get links(): JsonObject | undefined {
    const { metadata } = this.data;
    if (!isJsonObject(metadata) || !isJsonObject(metadata.connections)) return undefined;
    return metadata.connections;
  }

  override connectionMethod(target: object, name: string, receiver: unknown): unknown {
    const connection = this.#connections().get(name);
    if (connection === undefined) return undefined;
    // Order: members of the class, connections, targeted methods.
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
        // A method named `then` would make `await` wait forever.
        if (typeof url === 'string' && camelCase(name) !== 'then') names.set(camelCase(name), name);
      }
    }
    this.#names = names;
    return names;
  }
}

/** Converts an API name to a method name: `listen-later` becomes `listenLater`. */
export function camelCase(name: string): string {
  const [first = '', ...words] = name.split(/[-_\s]+/);
  // A name of separators alone stays as it is.
  return first + words.map(capitalize).join('') || name;
}

function capitalize(word: string): string {
  const [letter = ''] = word;
  return letter.toUpperCase() + word.slice(letter.length);
}
