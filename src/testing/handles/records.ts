/** A file that a request sent. */
export interface FileRecord {
  /** Name of the form field: `mp3` or `picture`. */
  readonly field: string;
  readonly filename: string;
  /** Media type that the client named. */
  readonly type: string;
  /** Bytes. */
  readonly size: number;
  /** SHA-256 of the bytes, in hex. */
  readonly sha256: string;
}

/** A request that the emulator received. */
export interface RequestRecord {
  readonly method: string;
  /** Path without the query, as it was sent. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** Text fields of a multipart body. */
  readonly fields: Readonly<Record<string, string>>;
  readonly files: readonly FileRecord[];
  /** Status of the response, or `null` if none was sent. */
  readonly status: number | null;
}

/** An upload that the emulator accepted. */
export interface UploadRecord {
  /** Key of the cloudcast. */
  readonly key: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly files: readonly FileRecord[];
}

/** What one user has done: keys of users and cloudcasts, newest first. */
export interface UserState {
  readonly username: string;
  readonly following: readonly string[];
  readonly followers: readonly string[];
  readonly favorites: readonly string[];
  readonly reposts: readonly string[];
  readonly listenLater: readonly string[];
  readonly cloudcasts: readonly string[];
}
