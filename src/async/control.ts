import { refuse } from '../shared/base/argument.ts';
import type { Control } from './transport/session.ts';

/** How a caller follows and ends a call. */
export interface CallControl extends Control {
  readonly signal?: AbortSignal | undefined;
}

/** How the options of a call follow and end it. The names of the options are checked by the operation. */
export function controlOf(options: object | undefined): CallControl {
  const { signal, onProgress } = (options ?? {}) as CallControl;
  if (signal !== undefined && !(signal instanceof AbortSignal)) refuse('signal', signal, 'an AbortSignal');
  return { signal, onProgress };
}
