import { ApiServer, type ApiServerOptions } from '../api/api-server.ts';
import type { InternalOptions } from '../api/api-state.ts';
import type { FaultSpec } from '../faults/armed-faults.ts';
import { toParameters } from '../faults/fault-prefix.ts';
import { findFault, PUBLIC_FAULTS, throwUnknownFault } from '../faults/table.ts';
import type { Account, Added, CloudcastInput, Started, ThreadCall, UserInput } from '../handles/messages.ts';
import { OWNER_APP } from '../world/constants.ts';
import { cloudcastKey, userKey } from '../world/keys.ts';
import { addCloudcast, addUser } from './additions.ts';
import { findCloudcast, findUser, toCloudcastRecord, toRequestRecord, toUploadRecord, toUserState } from './records.ts';

type Methods = Readonly<Record<string, (server: ApiServer, argument: never) => unknown>>;

/** The methods of a handle. */
const PUBLIC_METHODS: Methods = {
  addUser: (server, fields: UserInput): Added => {
    const { user, account } = addUser(server, fields);
    return { key: userKey(user), account };
  },
  addCloudcast: (server, { username, fields }: { readonly username: string; readonly fields: CloudcastInput }) =>
    cloudcastKey(addCloudcast(server.store, findUser(server, username), fields)),
  fault: (server, { query: _query, ...spec }: FaultSpec) => {
    // The other faults may change at any time: only the project's own tests use them.
    if (!PUBLIC_FAULTS.includes(spec.name)) throwUnknownFault(spec.name);
    server.armedFaults.arm(spec);
  },
  requests: (server) => server.log.entries().map(toRequestRecord),
  uploads: (server) => server.uploads.all().flatMap(toUploadRecord),
  state: (server, username: string) => toUserState(server, findUser(server, username)),
  revoke: (server, username: string): Account => {
    const account = server.accounts.revoke(findUser(server, username));
    server.store.changed();
    return account;
  },
  reset: (server): readonly Account[] => {
    server.reset();
    return server.accounts.all();
  },
};

/** Methods that only the project's own tests call. */
const INTERNAL_METHODS: Methods = {
  armFault: (server, { name, param, ...spec }: FaultSpec & { readonly param?: string | number }) =>
    server.armedFaults.arm({ name, ...spec, ...toParameters(findFault(name).parameters, param) }),
  clearFaults: (server) => server.armedFaults.clear(),
  log: (server) => server.log.entries(),
  clearLog: (server) => server.log.clear(),
  configure: (server, options: InternalOptions) => server.configure(options),
  cloudcast: (server, key: string) => toCloudcastRecord(server, findCloudcast(server, key)),
  storedUploads: (server) =>
    server.uploads.all().map(({ cloudcast, ...stored }) => ({ key: cloudcastKey(cloudcast), ...stored })),
  connections: (server) => server.connections.counts(),
  resetConnections: (server) => server.connections.resetMaxima(),
  dropConnections: (server) => server.connections.closeAll(),
  code: (server, clientId: string) => {
    const found = server.accounts.appById(clientId);
    if (!found) throw new TypeError(`clientId: no app ${JSON.stringify(clientId)}`);
    return server.accounts.issueCode(found.app, found.user);
  },
};

const METHODS: Methods = { ...PUBLIC_METHODS, ...INTERNAL_METHODS };

/** The servers of a thread, and the calls that reach them. */
export class ServerHost {
  readonly #servers = new Map<number, ApiServer>();
  #count = 0;

  async call({ server: number, method, argument }: ThreadCall): Promise<unknown> {
    if (number === undefined) return this.#start((argument ?? {}) as ApiServerOptions);
    const server = this.#servers.get(number);
    if (method === 'stop') {
      this.#servers.delete(number);
      return server?.close();
    }
    const run = METHODS[method];
    if (!server || !run) throw new Error(`there is no server ${number} with a method ${method}`);
    return run(server, argument as never);
  }

  async #start(options: ApiServerOptions): Promise<Started> {
    const server = new ApiServer(options);
    await server.listen();
    this.#count += 1;
    this.#servers.set(this.#count, server);
    // Once the caller knows where it listens, and before the first request if there is time.
    setImmediate(() => server.store.build());
    const { clientId, clientSecret } = OWNER_APP;
    return {
      server: this.#count,
      url: server.origin,
      port: server.port,
      accounts: server.accounts.all(),
      app: { clientId, clientSecret },
    };
  }
}
