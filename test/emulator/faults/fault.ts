import type { Pace } from '../body.ts';
import type { Exchange } from '../exchange.ts';
import type { Json } from '../json.ts';
import type { Reply } from '../reply.ts';

type Param = string | undefined;

/** One way to misbehave. A fault fills in the step it spoils; the others go on as ever. */
export interface Fault {
  /** One line for the table: what happens, and what the parameter means. */
  readonly about: string;
  /** Spoils how the request's body is read. */
  readonly pace?: (exchange: Exchange, param: Param) => Pace;
  /** Milliseconds to wait before anything is answered. */
  readonly delay?: (param: Param) => number;
  /** Takes the bare connection over before the body came. Nothing is done. */
  readonly seize?: (exchange: Exchange, param: Param) => void;
  /** Answers in place of the API. What was asked for is not done. */
  readonly instead?: (exchange: Exchange, param: Param) => Reply;
  /** Changes what a JSON answer says. What was asked for was done; so for all below. */
  readonly value?: (value: Json, exchange: Exchange, param: Param) => Json;
  readonly reply?: (reply: Reply, exchange: Exchange, param: Param) => Reply;
  /** Sends the answer in place of the server. */
  readonly send?: (exchange: Exchange, reply: Reply, param: Param) => void;
  /** Once the answer is out. */
  readonly after?: (exchange: Exchange, param: Param) => void;
}

export type FaultTable = Readonly<Record<string, Fault>>;

export function numberOr(param: Param, fallback: number): number {
  const value = param === undefined || param === '' ? Number.NaN : Number(param);
  return Number.isFinite(value) ? value : fallback;
}
