import { once } from 'node:events';
import { createGzip } from 'node:zlib';
import { HTML_TYPE, JSON_TYPE, type Reply, reply } from '../reply.ts';
import { encode, prepare } from '../send.ts';
import { type FaultTable, numberOr } from './fault.ts';

const NESTING = 20_000;

function coded(answer: Reply, coding: string, body: Buffer): Reply {
  return { ...reply(answer.status, { ...answer.headers, 'Content-Encoding': coding }, body) };
}

function text(answer: Reply, body: string | Buffer): Reply {
  return reply(answer.status, answer.headers, body);
}

const bombs = new Map<number, Promise<Buffer>>();

/** A valid empty object after a great many spaces. Made once a process, by streaming: it never lies in memory unpacked. */
function bomb(mebibytes: number): Promise<Buffer> {
  let made = bombs.get(mebibytes);
  if (!made) {
    made = makeBomb(mebibytes);
    bombs.set(mebibytes, made);
  }
  return made;
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

/** Bodies that are not what they should be. */
export const CONTENT: FaultTable = {
  empty: { about: '200 with an empty body', reply: (answer) => reply(200, answer.headers, '') },
  array: { about: 'a JSON array in place of the object', reply: (answer) => text(answer, '[1, {"key": "/bob/"}]') },
  null: { about: 'JSON null', reply: (answer) => text(answer, 'null') },
  string: { about: 'a JSON string', reply: (answer) => text(answer, '"just a string"') },
  number: { about: 'a JSON number', reply: (answer) => text(answer, '42') },
  'truncated-json': {
    about: 'valid HTTP around the first PARAM bytes (half) of the JSON',
    reply: (answer, _exchange, param) =>
      text(answer, answer.body.subarray(0, numberOr(param, answer.body.length >> 1))),
  },
  'html-200': {
    about: 'a page of HTML with status 200',
    reply: () =>
      reply(
        200,
        { 'Content-Type': HTML_TYPE },
        '<!doctype html>\n<title>Back soon</title>\n<p>We are tidying up.</p>\n',
      ),
  },
  'wrong-type': {
    about: 'the right body under the content type PARAM (text/plain)',
    reply: (answer, _exchange, param) => ({
      ...answer,
      headers: { ...answer.headers, 'Content-Type': param ?? 'text/plain' },
    }),
  },
  'no-type': {
    about: 'the right body without a content type',
    reply: (answer) => {
      const { 'Content-Type': _type, ...headers } = answer.headers;
      return { ...answer, headers };
    },
  },
  bom: {
    about: 'the right body after a byte order mark',
    reply: (answer) => text(answer, Buffer.concat([Buffer.from('\ufeff'), answer.body])),
  },
  'invalid-utf8': {
    about: 'a JSON object whose name is not UTF-8',
    reply: (answer) =>
      text(
        answer,
        Buffer.concat([Buffer.from('{"key": "/bob/", "name": "'), Buffer.from([0xc3, 0x28, 0xff]), Buffer.from('"}')]),
      ),
  },
  gzip: { about: 'gzip, asked for or not', reply: (answer) => coded(answer, 'gzip', encode(answer, 'gzip')) },
  deflate: {
    about: 'deflate, asked for or not',
    reply: (answer) => coded(answer, 'deflate', encode(answer, 'deflate')),
  },
  'deflate-raw': {
    about: 'deflate without the zlib header, asked for or not',
    reply: (answer) => coded(answer, 'deflate', encode(answer, 'deflate-raw')),
  },
  br: { about: 'brotli, asked for or not', reply: (answer) => coded(answer, 'br', encode(answer, 'br')) },
  'double-gzip': {
    about: 'gzip within gzip, and says so',
    reply: (answer) => coded(answer, 'gzip, gzip', encode(reply(200, {}, encode(answer, 'gzip')), 'gzip')),
  },
  'gzip-layers': {
    about: 'gzip, applied PARAM times (201), and says so',
    reply: (answer, _exchange, param) => {
      const layers = numberOr(param, 201);
      let { body } = answer;
      for (let count = 0; count < layers; count += 1) body = encode(reply(200, {}, body), 'gzip');
      return coded(answer, Array(layers).fill('gzip').join(', '), body);
    },
  },
  'corrupt-gzip': {
    about: 'gzip with bytes changed in its middle',
    reply: (answer) => {
      const bytes = Buffer.from(encode(answer, 'gzip'));
      bytes.fill(0xff, bytes.length >> 1, (bytes.length >> 1) + 16);
      return coded(answer, 'gzip', bytes);
    },
  },
  'truncated-gzip': {
    about: 'the first half of a gzip body, with a Content-Length to match',
    reply: (answer) => {
      const bytes = encode(answer, 'gzip');
      return coded(answer, 'gzip', bytes.subarray(0, bytes.length >> 1));
    },
  },
  'false-gzip': { about: 'says gzip, is plain', reply: (answer) => coded(answer, 'gzip', answer.body) },
  'unknown-coding': {
    about: 'Content-Encoding: x-origami',
    reply: (answer) => coded(answer, 'x-origami', answer.body),
  },
  bomb: {
    about: 'PARAM MiB (512) of spaces and an empty object, compressed to a thousandth',
    send: (exchange, answer, param) => {
      void bomb(numberOr(param, 512)).then((bytes) => {
        const { headers } = prepare(exchange, coded(answer, 'gzip', bytes));
        exchange.response.writeHead(200, headers);
        exchange.response.end(bytes);
      });
    },
  },
  nested: {
    about: '20 000 arrays within each other',
    instead: () => reply(200, { 'Content-Type': JSON_TYPE }, '['.repeat(NESTING) + ']'.repeat(NESTING)),
  },
  'nested-field': {
    about: 'an object with 20 000 nested arrays in a field',
    instead: () =>
      reply(
        200,
        { 'Content-Type': JSON_TYPE },
        `{"key": "/bob/", "type": "user", "deep": ${'['.repeat(NESTING)}${']'.repeat(NESTING)}, "name": "Bob"}`,
      ),
  },
  'form-encoded': {
    about: 'the strings of the answer as a form: what the exchange of a code is documented to give',
    reply: (answer) => {
      const fields = Object.entries(answer.value ?? {}).filter(([, value]) => typeof value === 'string');
      const body = String(new URLSearchParams(fields as [string, string][]));
      return reply(answer.status, { 'Content-Type': 'application/x-www-form-urlencoded' }, body);
    },
  },
  'duplicate-keys': {
    about: 'each object has its first key twice; the second one is right',
    reply: (answer) =>
      text(answer, answer.body.toString().replace(/\{\n(\s*)"([^"]+)":/g, '{\n$1"$2": "first of two",\n$1"$2":')),
  },
};
