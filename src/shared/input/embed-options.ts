import { throwTypeError, validateCount } from '../base/argument.ts';
import type { OptionTable, Validated } from '../base/options.ts';

/** Size and colour of an embedded player. */
export interface EmbedOptions {
  /** Width in pixels. */
  readonly width?: number | undefined;
  /** Height in pixels. */
  readonly height?: number | undefined;
  /** Six hexadecimal digits. A leading `#` is allowed. */
  readonly color?: string | undefined;
}

/** @internal */
export const EMBED_OPTIONS = {
  width: (argument: string, value: unknown) => validateCount(argument, value, 1),
  height: (argument: string, value: unknown) => validateCount(argument, value, 1),
  color: parseColor,
} satisfies OptionTable<EmbedOptions>;

/** Returns the query parameters of an embedded player. */
export function toEmbedParams(options: Validated<typeof EMBED_OPTIONS>): Record<string, string> {
  const { width, height, color } = options;
  const params: Record<string, string> = {};
  if (width !== undefined) params.width = String(width);
  if (height !== undefined) params.height = String(height);
  if (color !== undefined) params.color = color;
  return params;
}

function parseColor(argument: string, value: unknown): string {
  if (typeof value !== 'string' || !/^#?[0-9a-f]{6}$/i.test(value)) {
    throwTypeError(argument, value, "six hexadecimal digits such as 'ff8800'");
  }
  return value.replace('#', '');
}
