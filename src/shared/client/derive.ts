/** Clients that share the connections of another one. */
import { validateRecord } from '../base/argument.ts';
import { CLIENT_HINT, CLIENT_OPTIONS } from '../input/client-options.ts';
import type { Mode } from '../operations/mode.ts';

/** Options of a derived client: those of the mode's clients that do not belong to the connections. */
export type DerivedOptions<M extends Mode> = Omit<M['options'], 'proxy' | 'dispatcher'>;

/** Names of the options that belong to the connections. They cannot be read back. */
export const CONNECTION_OPTIONS = ['proxy', 'dispatcher'];

/** Names of the options that can be read back as properties of a client. */
export const READABLE_OPTIONS: readonly string[] = [
  ...Object.keys(CLIENT_OPTIONS).filter((name) => !CONNECTION_OPTIONS.includes(name)),
  'resourceClass',
  'resourceListClass',
];

/**
 * The option that names the client to derive from. It is a symbol that only this package has, so that callers cannot give it,
 * and a constructor that spreads its options passes it on.
 */
const PARENT: unique symbol = Symbol('parent');

/** Returns the client that a new client with these options is derived from. */
export function getParent<C extends object>(options: object): C | undefined {
  return (options as { readonly [PARENT]?: C })[PARENT];
}

/**
 * Returns the options of a client that is derived from `parent`: all of its settings, changed by `input`.
 *
 * Options of a subclass's own pass through. The constructor validates all of them.
 *
 * @throws `TypeError` if `input` has an option that belongs to the connections.
 */
export function deriveOptions(parent: object, input: unknown): object {
  const changes = validateRecord('withOptions options', input, CLIENT_HINT);
  const options: Record<string | symbol, unknown> = { [PARENT]: parent };
  for (const name of READABLE_OPTIONS) options[name] = Reflect.get(parent, name);
  for (const [name, value] of Object.entries(changes)) {
    // A visitor without a token must not act with the token of the parent.
    if (name === 'accessToken') options.accessToken = value ?? null;
    else if (value === undefined || value === null) continue;
    else if (!CONNECTION_OPTIONS.includes(name)) options[name] = value;
    else throw new TypeError(`${name}: the new client shares the connections; create a client of its own for another`);
  }
  return options;
}
