/** Which part of a list to fetch. */
import { validateCount } from '../base/argument.ts';
import { type DateTimeLike, toTimestamp } from './datetime.ts';

/** The part of a list, as the API counts it, or by pages. The two ways cannot be mixed. */
export interface Pagination {
  /** How many items to skip. With it, the links of the answer count items instead of naming dates. */
  readonly offset?: number | undefined;
  /** How many items to return; the API's own default is 20, and 100 is known to work. */
  readonly limit?: number | undefined;
  /** Only items after this time. */
  readonly since?: DateTimeLike | undefined;
  /** Only items before this time. */
  readonly until?: DateTimeLike | undefined;
  /** Which page, the first being 0. In place of the four above. */
  readonly page?: number | undefined;
  /**
   * Items on a page; goes with `page`.
   *
   * @defaultValue 20
   */
  readonly perPage?: number | undefined;
}

/** Names of the options of {@link Pagination}. */
export const PAGINATION_NAMES = ['offset', 'limit', 'since', 'until', 'page', 'perPage'] as const;

const DEFAULT_PER_PAGE = 20;

/** The query parameters that a choice of items is to the API. */
export function toPaginationParams(options: Readonly<Record<string, unknown>>): Record<string, string> {
  const { offset, limit, since, until, page, perPage } = options;
  const direct = { offset, limit, since, until };
  const params: Record<string, string> = {};
  if (page !== undefined || perPage !== undefined) {
    const mixed = Object.entries(direct).find(([, value]) => value !== undefined);
    if (mixed) throw new TypeError(`${mixed[0]}: cannot be mixed with page and perPage; give one or the other`);
    const size = perPage === undefined ? DEFAULT_PER_PAGE : validateCount('perPage', perPage, 1);
    const skipped = (page === undefined ? 0 : validateCount('page', page)) * size;
    return { limit: String(size), offset: String(validateCount('page', skipped)) };
  }
  if (offset !== undefined) params.offset = String(validateCount('offset', offset));
  if (limit !== undefined) params.limit = String(validateCount('limit', limit));
  if (since !== undefined) params.since = String(toTimestamp(since as DateTimeLike, 'since'));
  if (until !== undefined) params.until = String(toTimestamp(until as DateTimeLike, 'until'));
  return params;
}
