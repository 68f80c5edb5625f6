import { throwTypeError, validateCount } from '../base/argument.ts';
import type { OptionTable, Validated } from '../base/options.ts';

/** Size and colour of an embedded player. */
export interface EmbedOptions {
  /** Width in pixels, or `'100%'`. */
  readonly width?: number | '100%' | null | undefined;
  /** Height in pixels, or `'100%'`. */
  readonly height?: number | '100%' | null | undefined;
  /** Six hexadecimal digits. A leading `#` is allowed. */
  readonly color?: string | null | undefined;
}

/** Options of `oembed`. */
export interface OEmbedOptions extends EmbedOptions {
  /**
   * Format of the response.
   *
   * @defaultValue `'json'`
   */
  readonly format?: 'json' | null | undefined;
}

/** Options of an `oembed` that returns text. */
export interface OEmbedXmlOptions extends EmbedOptions {
  /** Format of the response. */
  readonly format: 'xml';
}

/** @internal */
export const EMBED_OPTIONS = {
  width: validateLength,
  height: validateLength,
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

function validateLength(argument: string, value: unknown): number | '100%' {
  if (value === '100%') return value;
  if (typeof value !== 'number') throwTypeError(argument, value, "a number of pixels or '100%'");
  return validateCount(argument, value, 1);
}

function parseColor(argument: string, value: unknown): string {
  if (typeof value !== 'string' || !/^#?[0-9a-f]{6}$/i.test(value)) {
    throwTypeError(argument, value, "six hexadecimal digits such as 'ff8800'");
  }
  return value.replace('#', '');
}
