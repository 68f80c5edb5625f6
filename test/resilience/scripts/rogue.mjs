/** A server that answers with whatever bytes it is told to, in a thread of its own. */
import { createServer } from 'node:net';
import { parentPort } from 'node:worker_threads';

let answer = { head: '', body: '' };

parentPort.on('message', (told) => {
  answer = told;
  parentPort.postMessage('heard');
});

/** One byte in each chunk, as long as the client takes them. */
function dribble(socket, count) {
  const chunks = Buffer.from('1\r\nx\r\n'.repeat(10_000));
  let left = count / 10_000;
  const pour = () => {
    while (left > 0 && !socket.destroyed) {
      left -= 1;
      if (!socket.write(chunks)) return;
    }
    if (!socket.destroyed) socket.end('0\r\n\r\n');
  };
  socket.on('drain', pour);
  pour();
}

const hex = (number, width) => number.toString(16).padStart(width, '0');
const each = (text, write) => Array.from(text, write).join('');
/** How a server can write a text that it was sent. */
const writings = {
  // Unit by unit: a letter beyond the first plane has two.
  unicode: (text) => each({ length: text.length }, (_, index) => `\\u${hex(text.charCodeAt(index), 4)}`),
  percent: (text) => each(Buffer.from(text).toString('latin1'), (byte) => `%${hex(byte.charCodeAt(0), 2)}`),
  entities: (text) => each(text, (letter) => `&#${letter.codePointAt(0)};`),
  'hex-entities': (text) => each(text, (letter) => `&#x${hex(letter.codePointAt(0), 1)};`),
  ascii: (text) =>
    JSON.stringify(text)
      .slice(1, -1)
      .replace(/[^ -~]/g, (unit) => `\\u${hex(unit.charCodeAt(0), 4)}`),
};

const server = createServer((socket) => {
  socket.on('error', () => {});
  let asked = '';
  socket.on('data', (bytes) => {
    asked += bytes.toString('latin1');
    if (!asked.includes('\r\n\r\n')) return;
    const [, query = ''] = /^\S+ [^?\s]*\??(\S*)/.exec(asked) ?? [];
    const token = new URLSearchParams(query).get('access_token') ?? '';
    asked = '';
    const fill = (text) =>
      text.replaceAll('{token}', token).replace(/\{token:([\w-]+)\}/g, (_match, writing) => writings[writing](token));
    const { head, body, dribbled } = answer;
    if (dribbled) {
      socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
      dribble(socket, dribbled);
      return;
    }
    const bytesOf = Buffer.from(fill(body));
    socket.end(
      Buffer.concat([
        Buffer.from(`${fill(head)}\r\nContent-Length: ${bytesOf.length}\r\nConnection: close\r\n\r\n`, 'latin1'),
        bytesOf,
      ]),
    );
  });
});
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
