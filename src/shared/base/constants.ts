/**
 * Values that the API's documentation fixes.
 *
 * @see https://www.mixcloud.com/developers/
 */

/** Base URL of API requests. */
export const API_ROOT = 'https://api.mixcloud.com';

/** Base URL of the pages of the website. */
export const MIXCLOUD_ROOT = 'https://www.mixcloud.com';

/** Base URL of the OAuth pages. */
export const OAUTH_ROOT = 'https://www.mixcloud.com/oauth';

/** The oEmbed endpoint. This host is the documented one. The older `www` host still responds. */
export const OEMBED_ROOT = 'https://app.mixcloud.com/oembed/';

/** Maximum size of an audio file, in bytes (4 GiB). */
export const MP3_MAX_SIZE = 4_294_967_296;

/** Maximum size of a picture, in bytes (10 MiB). */
export const PICTURE_MAX_SIZE = 10_485_760;

/** Maximum length of a description, in characters (code points). */
export const DESCRIPTION_MAX_SIZE = 1000;

/** Maximum number of tags of a cloudcast. */
export const TAG_MAX_COUNT = 5;

/** Maximum number of hosts of a cloudcast. */
export const HOST_MAX_COUNT = 2;
