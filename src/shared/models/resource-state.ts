import { brand } from '../base/brand.ts';
import { isJsonObject, type JsonObject } from '../base/json.ts';
import type { Mode, OperationRunner } from '../operations/mode.ts';
import { getKnownConnections } from './known-connections.ts';
import { ObjectState } from './object-state.ts';

/** Fetches one of a resource's connections. */
type ConnectionMethod = (page?: object) => unknown;

/** A resource, with its `connection` method. */
interface Connected {
  connection(name: string, page?: object): unknown;
}

/** Options of the constructor of a resource. */
export interface ResourceOptions {
  /**
   * Whether the data has every field of the resource. If not, `load()` sends a request.
   *
   * @defaultValue `false`
   */
  readonly full?: boolean | null | undefined;
  /**
   * Whether to create a method for each connection.
   *
   * @defaultValue `true`
   */
  readonly createConnections?: boolean | null | undefined;
}

/** State of a resource: its data and the methods of its connections. */
export class ResourceState<M extends Mode = Mode> extends ObjectState {
  /** Whether the data has every field of the resource. */
  full: boolean;
  declare readonly client: OperationRunner<M>;
  /** Whether the resource has a method for each connection. A `load()` that sends a request creates them. */
  createConnections: boolean;
  // API names by method names. Created on first use, because most resources never need them.
  #names: ReadonlyMap<string, string> | undefined;
  readonly #methods = new Map<string, ConnectionMethod>();
  readonly #targeted: object;

  /** Connections take precedence over members of the prototype `targeted`, unless a subclass overrides them. */
  constructor(data: JsonObject, client: OperationRunner<M>, options: ResourceOptions, targeted: object) {
    super(data, client);
    this.full = options.full ?? false;
    this.createConnections = options.createConnections ?? true;
    this.#targeted = targeted;
  }

  /** URLs of the connections, by API name. */
  get links(): JsonObject | undefined {
    const { metadata } = this.data;
    if (!isJsonObject(metadata) || !isJsonObject(metadata.connections)) return undefined;
    return metadata.connections;
  }

  override connectionMethod(target: object, name: string, receiver: unknown): unknown {
    // The names of the connections are worked out last: `await` reads `then` of every resource, and most callers read members.
    if (name === THEN) return undefined;
    // Order: members of the class, connections, targeted methods.
    if (name in target) {
      // A getter, such as `mixcloud`, is a member of the class.
      const targeted: unknown = Object.getOwnPropertyDescriptor(this.#targeted, name)?.value;
      if (targeted === undefined || Reflect.get(target, name) !== targeted) return undefined;
    }
    const connection = this.#connections().get(name);
    if (connection === undefined) return undefined;
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
    if (!this.createConnections) return NO_CONNECTIONS;
    this.#names ??= this.links
      ? toMethodNames([...getKnownConnections(this.data.type), ...getLinkedNames(this.links)])
      : getKnownMethodNames(this.data.type);
    return this.#names;
  }
}

brand(ResourceState, 'ResourceState');

const THEN = 'then';

const NO_CONNECTIONS: ReadonlyMap<string, string> = new Map();

// Items of lists have no links, and there are many of them.
const knownMethodNames = new Map<unknown, ReadonlyMap<string, string>>();

function getKnownMethodNames(type: unknown): ReadonlyMap<string, string> {
  const connections = getKnownConnections(type);
  if (connections.length === 0) return NO_CONNECTIONS;
  const names = knownMethodNames.get(type) ?? toMethodNames(connections);
  knownMethodNames.set(type, names);
  return names;
}

function getLinkedNames(links: JsonObject): string[] {
  return Object.entries(links).flatMap(([name, url]) => (typeof url === 'string' ? name : []));
}

/** Returns API names by the names of their methods. */
function toMethodNames(names: readonly string[]): ReadonlyMap<string, string> {
  const methods = names.map((name): [string, string] => [camelCase(name), name]);
  // A method named `then` would make `await` wait forever.
  return new Map(methods.filter(([method]) => method !== THEN));
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
