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

const server = createServer((socket) => {
  socket.on('error', () => {});
  let asked = '';
  socket.on('data', (bytes) => {
    asked += bytes.toString('latin1');
    if (!asked.includes('\r\n\r\n')) return;
    const [, query = ''] = /^\S+ [^?\s]*\??(\S*)/.exec(asked) ?? [];
    const token = new URLSearchParams(query).get('access_token') ?? '';
    asked = '';
    const fill = (text) => text.replaceAll('{token}', token);
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
