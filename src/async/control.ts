import { refuse } from '../shared/argument.ts';
import type { Control } from './session.ts';

/** How the options of a call follow and end it. The names of the options are checked by the operation. */
export function controlOf(options: object | undefined): Control {
  const { signal, onProgress } = (options ?? {}) as Control;
  if (signal !== undefined && !(signal instanceof AbortSignal)) refuse('signal', signal, 'an AbortSignal');
  return { signal, onProgress };
}
