/**
 * Values that the API's documentation fixes.
 *
 * @see https://www.mixcloud.com/developers/
 */

/** Base URL of API requests. */
export const API_ROOT = 'https://api.mixcloud.com';

/** Base URL of the pages that people see and copy. */
export const MIXCLOUD_ROOT = 'https://www.mixcloud.com';

/** Base URL of the OAuth pages. */
export const OAUTH_ROOT = 'https://www.mixcloud.com/oauth';

/** The oEmbed endpoint. The documentation names this host; the older `www` one still answers. */
export const OEMBED_ROOT = 'https://app.mixcloud.com/oembed/';

/** Largest audio file that an upload may hold, in bytes (4 GiB). */
export const MP3_MAX_SIZE = 4_294_967_296;

/** Largest picture that an upload or edit may hold, in bytes (10 MiB). */
export const PICTURE_MAX_SIZE = 10_485_760;

/** Longest description of an upload, in characters (code points). */
export const DESCRIPTION_MAX_SIZE = 1000;

/** Most tags that an upload may have. */
export const TAG_MAX_COUNT = 5;

/** Most hosts that an upload may name. */
export const HOST_MAX_COUNT = 2;
