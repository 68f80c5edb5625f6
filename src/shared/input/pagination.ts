import { validateCount } from '../base/argument.ts';
import type { OptionTable, Validated } from '../base/options.ts';
import { type DateTimeLike, toTimestamp } from './datetime.ts';

/** Selects a part of a list, by the API's own parameters or by page number. The two forms cannot be mixed. */
export interface Pagination {
  /** Number of items to skip. The response then links its adjacent pages by offset instead of by date. */
  readonly offset?: number | null | undefined;
  /** Number of items to return. The API returns 20 by default; 1 to 100 are known to work. */
  readonly limit?: number | null | undefined;
  /** Return only items after this time. */
  readonly since?: DateTimeLike | null | undefined;
  /** Return only items before this time. */
  readonly until?: DateTimeLike | null | undefined;
  /** Page number, from 0. Replaces the four options above. */
  readonly page?: number | null | undefined;
  /**
   * Number of items on a page. Used with `page`.
   *
   * @defaultValue 20
   */
  readonly perPage?: number | null | undefined;
}

const validateNumber = (argument: string, value: unknown) => validateCount(argument, value);
const validateDatetime = (argument: string, value: unknown) => toTimestamp(value as DateTimeLike, argument);

/** @internal */
export const PAGINATION = {
  offset: validateNumber,
  limit: validateNumber,
  since: validateDatetime,
  until: validateDatetime,
  page: validateNumber,
  perPage: (argument: string, value: unknown) => validateCount(argument, value, 1),
} satisfies OptionTable<Pagination>;

const DEFAULT_PER_PAGE = 20;

/**
 * Returns the query parameters of a part of a list.
 *
 * @throws `TypeError` if `page` or `perPage` is mixed with the other options.
 */
export function toPaginationParams(options: Validated<typeof PAGINATION>): Record<string, string> {
  const { offset, limit, since, until, page, perPage } = options;
  const params: Record<string, string> = {};
  for (const [name, value] of Object.entries({ offset, limit, since, until })) {
    if (value !== undefined) params[name] = String(value);
  }
  if (page === undefined && perPage === undefined) return params;
  const [mixed] = Object.keys(params);
  if (mixed) throw new TypeError(`${mixed}: cannot be mixed with page and perPage; use one or the other`);
  const size = perPage ?? DEFAULT_PER_PAGE;
  return { limit: String(size), offset: String(validateCount('page', (page ?? 0) * size)) };
}
