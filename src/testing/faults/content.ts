/** Bodies that are not what they should be. */
import { once } from 'node:events';
import { createGzip } from 'node:zlib';
import { encode, prepare } from '../server/encoding.ts';
import { isJsonObject } from '../server/json.ts';
import { type EmulatedResponse, HTML_TYPE, JSON_TYPE, respond } from '../server/response.ts';
import { defineFault } from './fault.ts';
import { number, optionalNumber, text } from './parameters.ts';

const NESTING = 20_000;
const NESTED_ARRAYS = '['.repeat(NESTING) + ']'.repeat(NESTING);

function withBody(response: EmulatedResponse, body: string | Buffer): EmulatedResponse {
  return respond(response.status, response.headers, body);
}

function withCoding(response: EmulatedResponse, coding: string, body: Buffer): EmulatedResponse {
  return respond(response.status, { ...response.headers, 'Content-Encoding': coding }, body);
}

/** A fault that changes nothing but the body. */
function bodyFault(description: string, change: (body: Buffer) => string | Buffer) {
  return defineFault(description, {}, () => ({
    changeResponse: (response) => withBody(response, change(response.body)),
  }));
}

/** A fault that compresses the body, and says so. */
function codingFault(description: string, coding: string, change: (response: EmulatedResponse) => Buffer) {
  return defineFault(description, {}, () => ({
    changeResponse: (response) => withCoding(response, coding, change(response)),
  }));
}

const bombs = new Map<number, Promise<Buffer>>();

/** A valid empty object after a great many spaces. Made once, by streaming: it is never in memory unpacked. */
function getBomb(mebibytes: number): Promise<Buffer> {
  let bomb = bombs.get(mebibytes);
  if (!bomb) {
    bomb = makeBomb(mebibytes);
    bombs.set(mebibytes, bomb);
  }
  return bomb;
}

async function makeBomb(mebibytes: number): Promise<Buffer> {
  const gzip = createGzip();
  const parts: Buffer[] = [];
  gzip.on('data', (part: Buffer) => parts.push(part));
  const ended = once(gzip, 'end');
  const block = Buffer.alloc(1024 * 1024, 0x20);
  for (let n = 0; n < mebibytes; n += 1) if (!gzip.write(block)) await once(gzip, 'drain');
  gzip.end('{}');
  await ended;
  return Buffer.concat(parts);
}

export const CONTENT_FAULTS = {
  empty: defineFault('200 with an empty body', {}, () => ({
    changeResponse: ({ headers }) => respond(200, headers, ''),
  })),
  array: bodyFault('a JSON array in place of the object', () => '[1, {"key": "/bob/"}]'),
  null: bodyFault('JSON null', () => 'null'),
  string: bodyFault('a JSON string', () => '"just a string"'),
  number: bodyFault('a JSON number', () => '42'),
  'truncated-json': defineFault(
    'valid HTTP around the first bytes of the JSON',
    { bytes: optionalNumber() },
    ({ bytes }) => ({
      changeResponse: (response) => withBody(response, response.body.subarray(0, bytes ?? response.body.length >> 1)),
    }),
  ),
  body: defineFault('a status and a body, such as `404 {}`', { response: text('200 {}') }, ({ response }) => ({
    respond: () => {
      const [status = '', ...words] = response.split(' ');
      const body = words.join(' ');
      return respond(Number(status), { 'Content-Type': body.startsWith('<') ? HTML_TYPE : JSON_TYPE }, body);
    },
  })),
  'html-200': defineFault('a page of HTML with status 200', {}, () => ({
    changeResponse: () =>
      respond(
        200,
        { 'Content-Type': HTML_TYPE },
        '<!doctype html>\n<title>Back soon</title>\n<p>We are tidying up.</p>\n',
      ),
  })),
  'wrong-type': defineFault('the right body under another content type', { type: text('text/plain') }, ({ type }) => ({
    changeResponse: (response) => ({ ...response, headers: { ...response.headers, 'Content-Type': type } }),
  })),
  'no-type': defineFault('the right body without a content type', {}, () => ({
    changeResponse: (response) => {
      const { 'Content-Type': _type, ...headers } = response.headers;
      return { ...response, headers };
    },
  })),
  bom: bodyFault('the right body after a byte order mark', (body) => Buffer.concat([Buffer.from('\ufeff'), body])),
  'invalid-utf8': bodyFault('a JSON object whose name is not UTF-8', () =>
    Buffer.concat([Buffer.from('{"key": "/bob/", "name": "'), Buffer.from([0xc3, 0x28, 0xff]), Buffer.from('"}')]),
  ),
  gzip: codingFault('gzip, accepted or not', 'gzip', (response) => encode(response, 'gzip')),
  deflate: codingFault('deflate, accepted or not', 'deflate', (response) => encode(response, 'deflate')),
  'deflate-raw': codingFault('deflate without the zlib header, accepted or not', 'deflate', (response) =>
    encode(response, 'deflate-raw'),
  ),
  br: codingFault('brotli, accepted or not', 'br', (response) => encode(response, 'br')),
  'double-gzip': codingFault('gzip within gzip, and says so', 'gzip, gzip', (response) =>
    encode(respond(200, {}, encode(response, 'gzip')), 'gzip'),
  ),
  'gzip-layers': defineFault('gzip, applied many times, and says so', { layers: number(201) }, ({ layers }) => ({
    changeResponse: (response) => {
      let { body } = response;
      for (let count = 0; count < layers; count += 1) body = encode(respond(200, {}, body), 'gzip');
      return withCoding(response, Array(layers).fill('gzip').join(', '), body);
    },
  })),
  'corrupt-gzip': codingFault('gzip with bytes changed in its middle', 'gzip', (response) => {
    const bytes = Buffer.from(encode(response, 'gzip'));
    return bytes.fill(0xff, bytes.length >> 1, (bytes.length >> 1) + 16);
  }),
  'truncated-gzip': codingFault('the first half of a gzip body, with a Content-Length to match', 'gzip', (response) => {
    const bytes = encode(response, 'gzip');
    return bytes.subarray(0, bytes.length >> 1);
  }),
  'false-gzip': codingFault('says gzip, is plain', 'gzip', ({ body }) => body),
  'unknown-coding': codingFault('Content-Encoding: x-origami', 'x-origami', ({ body }) => body),
  bomb: defineFault(
    'mebibytes of spaces and an empty object, compressed to a thousandth',
    { mebibytes: number(512) },
    ({ mebibytes }) => ({
      send: (context, response) => {
        void getBomb(mebibytes).then((bytes) => {
          const { headers } = prepare(context, withCoding(response, 'gzip', bytes));
          context.response.writeHead(200, headers);
          context.response.end(bytes);
        });
      },
    }),
  ),
  nested: defineFault('20 000 arrays within each other', {}, () => ({
    respond: () => respond(200, { 'Content-Type': JSON_TYPE }, NESTED_ARRAYS),
  })),
  'nested-field': defineFault('an object with 20 000 nested arrays in a field', {}, () => ({
    respond: () =>
      respond(
        200,
        { 'Content-Type': JSON_TYPE },
        `{"key": "/bob/", "type": "user", "deep": ${NESTED_ARRAYS}, "name": "Bob"}`,
      ),
  })),
  'form-encoded': defineFault(
    'the strings of the response as a form: what the documentation of the code exchange shows',
    {},
    () => ({
      changeResponse: ({ status, value }) => {
        const entries = isJsonObject(value) ? Object.entries(value) : [];
        const strings = entries.filter(([, field]) => typeof field === 'string') as [string, string][];
        const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
        return respond(status, headers, String(new URLSearchParams(strings)));
      },
    }),
  ),
  'duplicate-keys': bodyFault('each object has its first key twice, and the second one is right', (body) =>
    body.toString().replace(/\{\n(\s*)"([^"]+)":/g, '{\n$1"$2": "first of two",\n$1"$2":'),
  ),
};
