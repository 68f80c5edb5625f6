/** Decodes a body as UTF-8. JSON does not allow the byte order mark that some servers put before it. */
export function decodeBody(body: Buffer): string {
  return body.toString('utf8').replace(/^\uFEFF/, '');
}
