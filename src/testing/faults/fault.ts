import type { BodyOptions } from '../server/body.ts';
import type { Json } from '../server/json.ts';
import type { RequestContext } from '../server/request-context.ts';
import type { EmulatedResponse } from '../server/response.ts';
import type { Cloudcast } from '../world/entities.ts';
import type { ParameterSpecs, ParameterValues } from './parameters.ts';

/** What a fault does. It changes the steps that it names; the other steps are those of a request without a fault. */
export interface FaultHooks {
  /** Whether the fault can happen to this request. Requests to which it cannot do not count. @default all */
  readonly affects?: (context: RequestContext) => boolean;
  /** Changes how the body of the request is read. */
  readonly body?: (context: RequestContext) => BodyOptions;
  /** Milliseconds to wait before the response. */
  readonly delay?: number;
  /** Takes the connection over before the body arrives. The request takes no effect. */
  readonly takeOver?: (context: RequestContext) => void;
  /** Responds in place of the API. The request takes no effect. */
  readonly respond?: (context: RequestContext) => EmulatedResponse;
  /** Whether lists leave a cloudcast out. */
  readonly hides?: (cloudcast: Cloudcast) => boolean;
  /** Changes what a JSON response says. The request has taken effect; so it has for all below. */
  readonly changeValue?: (value: Json, context: RequestContext) => Json;
  readonly changeResponse?: (response: EmulatedResponse, context: RequestContext) => EmulatedResponse;
  /** Sends the response in place of the server. */
  readonly send?: (context: RequestContext, response: EmulatedResponse) => void;
  /** Called once the response is out. */
  readonly afterResponse?: (context: RequestContext) => void;
}

/** A fault with its parameters. */
export interface FaultDefinition<S extends ParameterSpecs = ParameterSpecs> {
  /** One line that says what happens, and what the parameters mean. */
  readonly description: string;
  readonly parameters: S;
  /** The hooks for checked parameters. */
  readonly create: (values: Readonly<Record<string, unknown>>) => FaultHooks;
}

export type FaultTable = Readonly<Record<string, FaultDefinition>>;

/** Defines a fault. `create` gets a value for each parameter: the one that was passed, or its default. */
export function defineFault<S extends ParameterSpecs>(
  description: string,
  parameters: S,
  create: (values: ParameterValues<S>) => FaultHooks,
): FaultDefinition<S> {
  return { description, parameters, create: (values) => create(values as ParameterValues<S>) };
}
