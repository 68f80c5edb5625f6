/** A proxy that fails in a given way, in a thread of its own. It counts its connections, and those that are open. */
import { createServer } from 'node:net';
import { parentPort } from 'node:worker_threads';

let mode = 'close';
let connections = 0;
const open = new Set();
const requests = [];

const failures = {
  close: (socket) => socket.end(),
  reset: (socket) => socket.resetAndDestroy(),
  'cut-status': (socket) => socket.end('HTTP/1.1 20'),
  continue: (socket) => socket.end('HTTP/1.1 100 Continue\r\n\r\n'),
  'not-http': (socket) => socket.end('SSH-2.0-NotAProxy\r\n\r\n'),
  'accept-and-close': (socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n'),
  talkative: (socket) => socket.end('HTTP/1.1 200 OK\r\n\r\nHello'),
  denied: (socket) => socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n'),
  'endless-head': (socket) => {
    socket.write('HTTP/1.1 200 OK\r\n');
    const pour = () => {
      while (!socket.destroyed && socket.write(`X-Long: ${'x'.repeat(1000)}\r\n`)) {}
    };
    socket.on('drain', pour);
    pour();
  },
  hang: () => {},
};

const server = createServer({ allowHalfOpen: false }, (socket) => {
  connections += 1;
  open.add(socket);
  socket.on('error', () => {});
  socket.on('close', () => open.delete(socket));
  let head = '';
  socket.on('data', (bytes) => {
    if (head.includes('\r\n\r\n')) return;
    head += bytes.toString('latin1');
    if (!head.includes('\r\n\r\n')) return;
    requests.push(head.split('\r\n')[0]);
    failures[mode](socket);
  });
});

parentPort.on('message', (message) => {
  if (message.mode) mode = message.mode;
  parentPort.postMessage({ connections, open: open.size, requests });
});
server.listen(0, '127.0.0.1', () => parentPort.postMessage({ port: server.address().port }));
