/**
 * Parameters of each fault, by its name. A name says what the server does. Unless its comment says otherwise, a fault responds
 * in place of the API, and the request takes no effect.
 */
export interface FaultParameters {
  /** Responds `403` with the API's rate limit error, and a `Retry-After` header. */
  'rate-limit': {
    /** Seconds until the limit ends. @defaultValue `452` */
    readonly retryAfter?: number | null | undefined;
  };
  /** Responds with an error in the API's form. */
  'api-error': {
    /** Status of the response. @defaultValue `400` */
    readonly status?: number | null | undefined;
    /** Type of the error. @defaultValue `'DoesNotExist'` */
    readonly type?: string | null | undefined;
    /** Text of the error. @defaultValue `'The object is not here.'` */
    readonly message?: string | null | undefined;
    /** Messages by field, beside the error. @defaultValue messages about `name` */
    readonly details?: Readonly<Record<string, readonly string[]>> | null | undefined;
  };
  /** Refuses an upload or edit. Requests of other kinds are not affected. */
  'refused-upload': {
    /** Why it is refused. @defaultValue `'Tracklist is invalid'` */
    readonly message?: string | null | undefined;
    /**
     * Messages by field. With them, the response is a `400` of the type `PostValidationError`. Without them, it is a `200` with
     * `{ result: { success: false, message } }`: the API does both.
     *
     * @defaultValue none
     */
    readonly details?: Readonly<Record<string, readonly string[]>> | null | undefined;
  };
  /** Publishes an upload, and responds `{ result: { success: true } }` without its key. Only uploads and edits are affected. */
  'keyless-upload': object;
  /** Leaves uploaded shows out of lists. The show itself can be fetched. Only requests of lists are affected. */
  'late-listing': {
    /** How long a show is left out, in seconds after its upload. @defaultValue as long as the fault stays */
    readonly seconds?: number | null | undefined;
  };
  /** The request takes effect, and its response never arrives. */
  'lost-response': {
    /** Whether the connection is reset, or stays open until the client gives up. @defaultValue `'reset'` */
    readonly connection?: 'reset' | 'open' | null | undefined;
  };
  /** The user denies access on the OAuth page. Only requests of that page are affected. */
  'access-denied': object;
  /** Resets the connection before anything is done. */
  reset: object;
  /** Accepts the request and never responds. */
  hang: object;
  /** Closes the connection in an orderly way, without a response. */
  'close-at-once': object;
  /** The right response, of which half arrives before the connection is reset. */
  'reset-mid-body': object;
  /** The right response, of which half arrives before the connection is closed. */
  'end-early': object;
  /** Resets the connection in the middle of an upload. */
  'close-mid-upload': {
    /** Bytes of the body that are read. @defaultValue `65536` */
    readonly bytes?: number | null | undefined;
  };
  /** Stops reading in the middle of an upload. */
  'stall-upload': {
    /** Bytes of the body that are read. @defaultValue `65536` */
    readonly bytes?: number | null | undefined;
  };
  /** The right response, late. */
  delay: {
    /** How late. @defaultValue `1000` */
    readonly milliseconds?: number | null | undefined;
  };
  /** The right response over a slow line: both directions are limited. */
  slow: {
    /** Speed of both directions. @defaultValue `16384` */
    readonly bytesPerSecond?: number | null | undefined;
  };
  /** Reads the body of the request slowly. The response is the right one. */
  'slow-read': {
    /** Speed of reading. @defaultValue `1000000` */
    readonly bytesPerSecond?: number | null | undefined;
  };
  /** Responds `200` with an empty body. */
  empty: object;
  /** The right response, of which the JSON is cut off. */
  'truncated-json': {
    /** Bytes that are left. @defaultValue half of them */
    readonly bytes?: number | null | undefined;
  };
  /** Responds `200` with a page of HTML. */
  'html-200': object;
  /** Responds `413` with a page of HTML. */
  'html-413': object;
  /** Responds `429` with a page of HTML. */
  'html-429': object;
  /** Responds `500` with a page of HTML. */
  'html-500': object;
  /** Responds `502` with a page of HTML. */
  'html-502': object;
  /** Responds `503` with a page of HTML. */
  'html-503': object;
  /** Responds `504` with a page of HTML. */
  'html-504': object;
  /** Responds `503` with a page of HTML and a `Retry-After` header. */
  unavailable: {
    /** Seconds. @defaultValue `1` */
    readonly retryAfter?: number | null | undefined;
  };
}

/** Name of a fault. */
export type FaultName = keyof FaultParameters;

/** Which requests meet a fault, and how many. */
export interface FaultTarget {
  /**
   * `'METHOD /path/'` or `'/path/'`. It is compared with the whole path, without the query. `*` stands for any characters.
   *
   * @defaultValue `'*'`
   */
  readonly on?: string | null | undefined;
  /**
   * Number of matching requests that meet the fault.
   *
   * @defaultValue all until `reset()`
   */
  readonly times?: number | null | undefined;
}

/** The name of one fault. */
export interface NamedFault<Name extends FaultName> {
  /** What the server does. */
  readonly name: Name;
}

/** A fault: its name, its parameters, and which requests meet it. */
export type FaultOptions = {
  readonly [Name in FaultName]: NamedFault<Name> & FaultParameters[Name] & FaultTarget;
}[FaultName];
