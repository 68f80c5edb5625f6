/** A file that a request sent. */
export interface FileRecord {
  /** Name of the form field: `mp3` or `picture`. */
  readonly field: string;
  /** Name of the file, as it was sent. */
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
  /** In upper case. */
  readonly method: string;
  /** Path without the query, as it was sent. */
  readonly path: string;
  /** Parameters of the query, decoded. */
  readonly query: Readonly<Record<string, string>>;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** Text fields of a multipart body. */
  readonly fields: Readonly<Record<string, string>>;
  /** Files of a multipart body. */
  readonly files: readonly FileRecord[];
  /** Status of the response, or `null` if none was sent. */
  readonly status: number | null;
}

/** An upload that the emulator accepted. */
export interface UploadRecord {
  /** Key of the cloudcast. */
  readonly key: string;
  /** Text fields of the upload. */
  readonly fields: Readonly<Record<string, string>>;
  /** The audio file, and the picture if there was one. */
  readonly files: readonly FileRecord[];
}

/** What one user has done: keys of users and cloudcasts, newest first. */
export interface UserState {
  /** The name as it is spelt. */
  readonly username: string;
  /** Users that they follow. */
  readonly following: readonly string[];
  /** Users that follow them. */
  readonly followers: readonly string[];
  /** Cloudcasts that they favorited. */
  readonly favorites: readonly string[];
  /** Cloudcasts that they reposted. */
  readonly reposts: readonly string[];
  /** Cloudcasts that they saved for later. */
  readonly listenLater: readonly string[];
  /** Cloudcasts that they published. */
  readonly cloudcasts: readonly string[];
}
