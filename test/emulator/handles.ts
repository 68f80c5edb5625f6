import type { ChildProcess } from 'node:child_process';
import { request } from 'node:http';
import { toPageRoot } from '../../src/testing/api/page-root.ts';
import type { FileRecord } from '../../src/testing/handles/records.ts';
import type { LogEntry } from '../../src/testing/server/request-log.ts';
import type { SentForm } from '../../src/testing/world/uploads.ts';
import type {
  CloudcastRecord,
  ConnectionCounts,
  ControlCall,
  ControlResult,
  FaultSpec,
  FileFacts,
  ProxyLogEntry,
  ProxyOptions,
  RequestLogEntry,
  StartedServer,
  StoredUpload,
  UserState,
  WorldOptions,
} from './protocol.ts';

/** A new connection for each call: a kept one would keep the caller's process alive, or be stale after it was blocked. */
function callControl<T>(url: string, call: ControlCall): Promise<T> {
  return new Promise((resolve, reject) => {
    const post = request(url, { method: 'POST', agent: false }, async (response) => {
      const parts: Buffer[] = [];
      for await (const part of response) parts.push(part as Buffer);
      const result = JSON.parse(Buffer.concat(parts).toString()) as ControlResult;
      if (result.ok) resolve(result.value as T);
      else reject(new Error(`emulator: ${result.message}`));
    });
    post.on('error', reject);
    post.end(JSON.stringify(call));
  });
}

interface ApiStored {
  readonly key: string;
  readonly upload: SentForm | undefined;
  readonly edits: readonly SentForm[];
}

function toFileFacts(files: readonly FileRecord[]): FileFacts[] {
  return files.map(({ field, type, ...rest }) => ({ name: field, contentType: type, ...rest }));
}

class Remote {
  readonly #url: string;
  readonly #target: 'world' | 'proxy';
  readonly #id: number;
  /** Scheme, host and port. */
  readonly origin: string;

  constructor(url: string, target: 'world' | 'proxy', started: StartedServer) {
    this.#url = url;
    this.#target = target;
    this.#id = started.id;
    this.origin = started.origin;
  }

  protected call<T>(method: string, argument?: unknown): Promise<T> {
    return callControl<T>(this.#url, { target: this.#target, id: this.#id, method, argument });
  }

  clearRequests(): Promise<void> {
    return this.call('clearLog');
  }

  connections(): Promise<ConnectionCounts> {
    return this.call('connections');
  }

  /** Closes all its sockets from the server's side, and goes on listening. */
  dropConnections(): Promise<void> {
    return this.call('dropConnections');
  }

  close(): Promise<void> {
    return this.call('stop');
  }
}

export class WorldHandle extends Remote {
  /** The roots that a client is given to talk to this world. */
  readonly apiRoot: string;
  readonly oauthRoot: string;
  readonly oembedRoot: string;
  readonly mixcloudRoot: string;

  constructor(url: string, started: StartedServer, options: WorldOptions) {
    super(url, 'world', started);
    this.apiRoot = this.origin;
    this.oauthRoot = `${this.origin}/oauth`;
    this.oembedRoot = `${this.origin}/oembed/`;
    this.mixcloudRoot = toPageRoot(options.mixcloudRoot, this.origin);
  }

  /** An API root under which every request suffers a fault, without arming anything. */
  faultRoot(name: string, param?: string | number, times?: number): string {
    const value = param === undefined ? '' : `:${encodeURIComponent(String(param)).replaceAll('*', '%2A')}`;
    return `${this.origin}/fault/${name}${value}${times === undefined ? '' : `*${times}`}`;
  }

  async requests(): Promise<RequestLogEntry[]> {
    const entries = await this.call<LogEntry[]>('log');
    return entries.map(({ body, ...entry }) => ({ ...entry, body: { ...body, files: toFileFacts(body.files) } }));
  }

  /** Arms a fault for requests to come. Of several, the oldest acts. */
  fault(spec: FaultSpec): Promise<void> {
    return this.call('armFault', spec);
  }

  clearFaults(): Promise<void> {
    return this.call('clearFaults');
  }

  configure(options: Omit<WorldOptions, 'tls'>): Promise<void> {
    return this.call('configure', options);
  }

  state(username: string): Promise<UserState> {
    return this.call('state', username);
  }

  /** A cloudcast by its key, with what its JSON does not show. */
  cloudcast(key: string): Promise<CloudcastRecord> {
    return this.call('cloudcast', key);
  }

  /** Uploads and edits that were taken, with their fields and files. */
  async uploads(): Promise<StoredUpload[]> {
    const stored = await this.call<ApiStored[]>('storedUploads');
    return stored.map(({ key, upload, edits }) => ({
      key,
      fields: upload?.fields ?? [],
      files: toFileFacts(upload?.files ?? []),
      edits: edits.map(({ fields, files }) => ({ fields, files: toFileFacts(files) })),
    }));
  }

  /** Starts the maxima of `connections()` anew. */
  resetConnections(): Promise<void> {
    return this.call('resetConnections');
  }

  /** A fresh code for the app, to be exchanged once. */
  code(clientId: string): Promise<string> {
    return this.call('code', clientId);
  }
}

export class ProxyHandle extends Remote {
  constructor(url: string, started: StartedServer) {
    super(url, 'proxy', started);
  }

  requests(): Promise<ProxyLogEntry[]> {
    return this.call('requests');
  }

  configure(options: ProxyOptions): Promise<void> {
    return this.call('configure', options);
  }
}

export class Emulator {
  /** Where other processes reach the same emulator, through `connectEmulator`. */
  readonly controlUrl: string;
  readonly #child: ChildProcess | undefined;

  constructor(controlUrl: string, child?: ChildProcess) {
    this.controlUrl = controlUrl;
    this.#child = child;
  }

  /** A fresh world, on a port of its own. */
  async world(options: WorldOptions = {}): Promise<WorldHandle> {
    const started = await callControl<StartedServer>(this.controlUrl, {
      target: 'emulator',
      method: 'world',
      argument: options,
    });
    return new WorldHandle(this.controlUrl, started, options);
  }

  /** A forward proxy, on a port of its own. */
  async startProxy(options: ProxyOptions = {}): Promise<ProxyHandle> {
    const started = await callControl<StartedServer>(this.controlUrl, {
      target: 'emulator',
      method: 'proxy',
      argument: options,
    });
    return new ProxyHandle(this.controlUrl, started);
  }

  /** Ends the process, if this handle started it. */
  async stop(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.ref();
    child.kill();
    await gone;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }
}
