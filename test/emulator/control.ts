import { APPS } from './constants.ts';
import type { Cloudcast, User } from './data/entities.ts';
import type {
  CloudcastState,
  ControlCall,
  FaultSpec,
  ProxyOptions,
  Started,
  UserState,
  WorldOptions,
} from './protocol.ts';
import { ForwardProxy } from './proxy.ts';
import { cloudcastKey, userKey } from './view.ts';
import { World } from './world.ts';

type Method<T> = (target: T, argument: never) => unknown;

const WORLD_METHODS: Readonly<Record<string, Method<World>>> = {
  requests: (world) => world.log.entries(),
  clearRequests: (world) => world.log.clear(),
  fault: (world, spec: FaultSpec) => world.armed.arm(spec),
  clearFaults: (world) => world.armed.clear(),
  set: (world, patch: WorldOptions) => world.set(patch),
  state: (world, username: string) => userState(world, known(world.store.user(username), username)),
  cloudcast: (world, key: string) => cloudcastState(world, findShow(world, key)),
  uploads: (world) => world.uploads.all(cloudcastKey),
  connections: (world) => world.connections.counts(),
  resetConnections: (world) => world.connections.resetMaxima(),
  dropConnections: (world) => world.connections.closeAll(),
  code: (world, clientId: string) =>
    world.codes.issue(
      known(
        APPS.find((app) => app.clientId === clientId),
        clientId,
      ),
    ),
};

const PROXY_METHODS: Readonly<Record<string, Method<ForwardProxy>>> = {
  requests: (proxy) => proxy.requests(),
  clearRequests: (proxy) => proxy.clear(),
  set: (proxy, patch: ProxyOptions) => proxy.set(patch),
  connections: (proxy) => proxy.connections.counts(),
  dropConnections: (proxy) => proxy.connections.closeAll(),
};

/** All worlds and proxies of a process, and the calls that reach them. */
export class Control {
  readonly #worlds = new Map<number, World>();
  readonly #proxies = new Map<number, ForwardProxy>();
  #count = 0;

  async call({ target, id, method, argument }: ControlCall): Promise<unknown> {
    if (target === 'emulator') {
      if (method === 'world') return this.#start(this.#worlds, new World((argument ?? {}) as WorldOptions));
      if (method === 'proxy') return this.#start(this.#proxies, new ForwardProxy((argument ?? {}) as ProxyOptions));
      throw new Error(`the emulator has no method ${method}`);
    }
    return target === 'world'
      ? this.#reach(this.#worlds, WORLD_METHODS, id, method, argument)
      : this.#reach(this.#proxies, PROXY_METHODS, id, method, argument);
  }

  async #start<T extends World | ForwardProxy>(all: Map<number, T>, server: T): Promise<Started> {
    await server.listen();
    this.#count += 1;
    all.set(this.#count, server);
    return { id: this.#count, origin: server.origin };
  }

  #reach<T extends World | ForwardProxy>(
    all: Map<number, T>,
    methods: Readonly<Record<string, Method<T>>>,
    id: number | undefined,
    method: string,
    argument: unknown,
  ): unknown {
    const server = all.get(id ?? -1);
    // Closing twice is fine; anything else after closing is a mistake of the test.
    if (method === 'close') {
      all.delete(id ?? -1);
      return server?.close();
    }
    const act = methods[method];
    if (!server || !act) throw new Error(`nothing numbered ${id} with a method ${method}`);
    return act(server, argument as never);
  }
}

function known<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`${what} is not in this world`);
  return value;
}

function findShow(world: World, key: string): Cloudcast {
  const [name = '', slug = ''] = decodeURIComponent(key).split('/').filter(Boolean);
  const owner = world.store.user(name);
  return known(owner && world.store.cloudcast(owner, slug), key);
}

function userState({ store }: World, user: User): UserState {
  return {
    username: user.username,
    following: store.following.of(user).map(({ item }) => userKey(item)),
    followers: store.following.to(user).map(({ item }) => userKey(item)),
    favorites: store.favorites.of(user).map(({ item }) => cloudcastKey(item)),
    reposts: store.reposts.of(user).map(({ item }) => cloudcastKey(item)),
    listenLater: store.listenLater.of(user).map(({ item }) => cloudcastKey(item)),
    cloudcasts: store.cloudcastsOf(user).map(cloudcastKey),
  };
}

function cloudcastState({ uploads }: World, show: Cloudcast): CloudcastState {
  return {
    key: cloudcastKey(show),
    name: show.name,
    description: show.description,
    tags: show.tags.map((tag) => tag.name),
    sections: uploads.sections.get(show) ?? [],
    hosts: show.hosts.map((host) => host.username),
    unlisted: show.unlisted,
    hiddenStats: show.hiddenStats,
    disabledComments: show.disabledComments,
    publishDate: show.publishDate ?? null,
  };
}
