import { type Json, type JsonObject, toJson } from './json.ts';

/** A response before it is sent. Faults change it, so it stays plain. */
export interface EmulatedResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** What the body says, if it is JSON. */
  readonly value?: Json;
  /** Compressed bodies by coding. Each is made once, since responses are cached until the world changes. */
  readonly encoded: Map<string, Buffer>;
}

export const JSON_TYPE = 'text/javascript; charset=utf-8';
export const HTML_TYPE = 'text/html; charset=utf-8';

export function respond(
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string | Buffer,
): EmulatedResponse {
  return { status, headers, body: typeof body === 'string' ? Buffer.from(body) : body, encoded: new Map() };
}

export function json(value: Json, status = 200, headers: Readonly<Record<string, string>> = {}): EmulatedResponse {
  return { ...respond(status, { 'Content-Type': JSON_TYPE, ...headers }, toJson(value)), value };
}

export function html(text: string, status = 200): EmulatedResponse {
  return respond(status, { 'Content-Type': HTML_TYPE }, text);
}

export function errorPage(status: number, title: string): EmulatedResponse {
  return html(
    `<html>\n<head><title>${status} ${title}</title></head>\n<body><h1>${status} ${title}</h1></body>\n</html>\n`,
    status,
  );
}

export function redirect(location: string, status = 301): EmulatedResponse {
  return respond(status, { 'Content-Type': HTML_TYPE, Location: location }, '');
}

/** What an error response has besides its message and type. */
export interface ApiErrorExtras {
  /** Fields beside `error`. */
  readonly beside?: JsonObject;
  /** Further fields of `error`. */
  readonly within?: JsonObject;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Thrown by routes, and sent in the API's form. */
export class ApiError extends Error {
  readonly status: number;
  readonly type: string;
  readonly #extras: ApiErrorExtras;

  constructor(status: number, type: string, message: string, extras: ApiErrorExtras = {}) {
    super(message);
    this.status = status;
    this.type = type;
    this.#extras = extras;
  }

  toResponse(): EmulatedResponse {
    const { beside = {}, within = {}, headers = {} } = this.#extras;
    const error = { message: this.message, type: this.type, ...within };
    return json({ error, ...beside }, this.status, headers);
  }
}

export function notFound(what: string): ApiError {
  return new ApiError(404, 'ResourceNotFoundException', `${what} does not exist.`);
}

export function badRequest(message: string): ApiError {
  return new ApiError(400, 'InvalidParameterException', message);
}

export function methodNotAllowed(): ApiError {
  return new ApiError(405, 'MethodNotAllowed', 'This method is not allowed here.');
}
