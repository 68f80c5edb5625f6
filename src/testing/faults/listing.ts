/** Lists that lag behind. */
import { defineFault } from './fault.ts';
import { optionalNumber } from './parameters.ts';

/** Last segments of the paths of lists that can show an upload. */
const LISTS: ReadonlySet<string> = new Set(['cloudcasts', 'feed', 'popular', 'hot', 'new', 'latest', 'search']);

export const LISTING_FAULTS = {
  'late-listing': defineFault(
    'lists leave uploaded shows out, for some seconds after the upload or as long as the fault stays',
    { seconds: optionalNumber() },
    ({ seconds = Number.POSITIVE_INFINITY }) => ({
      affects: ({ method, path }) => method === 'GET' && LISTS.has(path.split('/').filter(Boolean).at(-1) ?? ''),
      hides: ({ uploadedAt }) => uploadedAt !== undefined && performance.now() - uploadedAt < seconds * 1000,
    }),
  ),
};
