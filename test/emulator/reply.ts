import { type Json, type JsonObject, toJson } from './json.ts';

/** An answer before it is sent. Faults work on this, so it stays plain. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** What the body says, when it is JSON. */
  readonly value?: Json;
  /** Compressed forms, by coding; made once, as answers without state changes are served again and again. */
  readonly encoded: Map<string, Buffer>;
}

export function reply(status: number, headers: Readonly<Record<string, string>>, body: string | Buffer): Reply {
  return { status, headers, body: typeof body === 'string' ? Buffer.from(body) : body, encoded: new Map() };
}

export const JSON_TYPE = 'text/javascript; charset=utf-8';
export const HTML_TYPE = 'text/html; charset=utf-8';

export function json(value: Json, status = 200, headers: Readonly<Record<string, string>> = {}): Reply {
  return { ...reply(status, { 'Content-Type': JSON_TYPE, ...headers }, toJson(value)), value };
}

export function html(text: string, status = 200): Reply {
  return reply(status, { 'Content-Type': HTML_TYPE }, text);
}

export function errorPage(status: number, title: string): Reply {
  return html(
    `<html>\n<head><title>${status} ${title}</title></head>\n<body><h1>${status} ${title}</h1></body>\n</html>\n`,
    status,
  );
}

export function redirect(location: string, status = 301): Reply {
  return reply(status, { 'Content-Type': HTML_TYPE, Location: location }, '');
}

/** Thrown by routes; `error` carries the message and type, whatever else there is goes beside it. */
export class ApiError extends Error {
  readonly status: number;
  readonly type: string;
  readonly beside: JsonObject;
  readonly within: JsonObject;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    type: string,
    message: string,
    more: { beside?: JsonObject; within?: JsonObject; headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(message);
    this.status = status;
    this.type = type;
    this.beside = more.beside ?? {};
    this.within = more.within ?? {};
    this.headers = more.headers ?? {};
  }

  reply(): Reply {
    const error = { message: this.message, type: this.type, ...this.within };
    return json({ error, ...this.beside }, this.status, this.headers);
  }
}

export function notFound(what: string): ApiError {
  return new ApiError(404, 'ResourceNotFoundException', `${what} does not exist.`);
}

export function badRequest(message: string): ApiError {
  return new ApiError(400, 'InvalidParameterException', message);
}
