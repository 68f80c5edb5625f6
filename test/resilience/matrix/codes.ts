/** Codes of connection errors. */

/** The connection ended before its answer did; which of these depends on who noticed first. */
export const RESET = /^(?:ECONNRESET|EPIPE|UND_ERR_SOCKET|UND_ERR_RES_CONTENT_LENGTH_MISMATCH)$/;
export const NOT_HTTP = /^(?:HPE_\w+|UND_ERR_SOCKET|ERR_MIXCLOUD_CONNECTION)$/;
export const HEADERS = 'UND_ERR_HEADERS_OVERFLOW';
export const REDIRECT = 'ERR_MIXCLOUD_REDIRECT';
export const BODY_SIZE = 'ERR_MIXCLOUD_BODY_SIZE';
/** What zlib says of a damaged body. */
export const DAMAGED = /^Z_(?:DATA|BUF)_ERROR$/;
