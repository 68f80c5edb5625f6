/** How an embedded player looks. */
import { throwTypeError, validateCount } from '../base/argument.ts';

/** Measures and colour of an embedded player. */
export interface EmbedOptions {
  /** Width in pixels. */
  readonly width?: number | undefined;
  /** Height in pixels. */
  readonly height?: number | undefined;
  /** Six hexadecimal digits; a leading `#` is allowed. */
  readonly color?: string | undefined;
}

/** Names of the options of {@link EmbedOptions}. */
export const EMBED_OPTION_NAMES = ['width', 'height', 'color'] as const;

/** The query parameters that a look is to the API. */
export function toEmbedParams(options: Readonly<Record<string, unknown>>): Record<string, string> {
  const { width, height, color } = options;
  const params: Record<string, string> = {};
  if (width !== undefined) params.width = String(validateCount('width', width, 1));
  if (height !== undefined) params.height = String(validateCount('height', height, 1));
  if (color !== undefined) {
    if (typeof color !== 'string' || !/^#?[0-9a-f]{6}$/i.test(color)) {
      throwTypeError('color', color, "six hexadecimal digits such as 'ff8800'");
    }
    params.color = color.replace('#', '');
  }
  return params;
}
