import { errorPage, HTML_TYPE, JSON_TYPE, json } from '../reply.ts';
import { prepare } from '../send.ts';
import { type FaultTable, numberOr } from './fault.ts';

/** Connections that break, stall or never end. */
export const TRANSPORT: FaultTable = {
  hang: { about: 'accepts the request and never answers', seize: () => {} },
  drip: {
    about: 'headers, then a space every PARAM ms (100) for ever',
    seize: ({ world, response }, param) => {
      response.writeHead(200, { 'Content-Type': JSON_TYPE });
      response.flushHeaders();
      const drip = () => {
        if (response.destroyed) return;
        response.write(' ');
        world.later(numberOr(param, 100), drip);
      };
      drip();
    },
  },
  'headers-only': {
    about: 'headers with a Content-Length, then silence',
    seize: ({ response }) => {
      response.writeHead(200, { 'Content-Type': JSON_TYPE, 'Content-Length': '1000' });
      response.flushHeaders();
    },
  },
  reset: { about: 'resets the connection at once', seize: ({ socket }) => void socket.resetAndDestroy() },
  'close-at-once': {
    about: 'closes the connection properly, without an answer',
    seize: ({ socket }) => void socket.end(),
  },
  'not-http': {
    about: 'answers with bytes that are not HTTP',
    seize: ({ socket }) => void socket.end('SSH-2.0-NotAWebServer\r\n\r\n'),
  },
  'reset-mid-body': {
    about: 'half the body, then a reset',
    send: (exchange, answer) => {
      const { headers, bytes } = prepare(exchange, answer);
      exchange.response.writeHead(answer.status, headers);
      exchange.response.write(bytes.subarray(0, bytes.length >> 1));
      // Later, or the reset overtakes the bytes and the client sees no answer at all.
      exchange.world.later(50, () => void exchange.socket.resetAndDestroy());
    },
  },
  'end-early': {
    about: 'Content-Length of the whole body, half of it, then an orderly end',
    send: (exchange, answer) => {
      const { headers, bytes } = prepare(exchange, answer);
      exchange.response.writeHead(answer.status, headers);
      exchange.response.write(bytes.subarray(0, bytes.length >> 1), () => exchange.socket.end());
    },
  },
  'end-early-chunked': {
    about: 'half the body in chunks, then an orderly end without the last chunk',
    send: (exchange, answer) => {
      const { headers, bytes } = prepare(exchange, answer);
      const { 'Content-Length': _length, ...rest } = headers;
      exchange.response.writeHead(answer.status, rest);
      exchange.response.write(bytes.subarray(0, bytes.length >> 1), () => exchange.socket.end());
    },
  },
  chunked: {
    about: 'the right answer, in chunks and without a Content-Length',
    send: (exchange, answer) => {
      const { headers, bytes } = prepare(exchange, answer);
      const { 'Content-Length': _length, ...rest } = headers;
      exchange.response.writeHead(answer.status, rest);
      for (let at = 0; at < bytes.length; at += 1000) exchange.response.write(bytes.subarray(at, at + 1000));
      exchange.response.end();
    },
  },
  'endless-body': {
    about: 'a JSON string that never ends, as fast as it is read',
    seize: ({ response }) => {
      response.writeHead(200, { 'Content-Type': JSON_TYPE });
      const block = Buffer.alloc(65536, 0x61);
      response.write('{"name": "');
      const pour = () => {
        while (!response.destroyed && response.write(block)) {}
      };
      response.on('drain', pour);
      pour();
    },
  },
  'big-headers': {
    about: 'a header of PARAM KiB (20)',
    reply: (answer, _exchange, param) => ({
      ...answer,
      headers: { ...answer.headers, 'X-Long': 'x'.repeat(numberOr(param, 20) * 1024) },
    }),
  },
  delay: { about: 'the right answer, PARAM ms (1000) late', delay: (param) => numberOr(param, 1000) },
  close: {
    about: 'Connection: close with every answer',
    reply: (answer) => ({ ...answer, headers: { ...answer.headers, Connection: 'close' } }),
  },
  'drop-idle': {
    about: 'keeps the connection, then closes it PARAM ms (0) after the answer',
    after: ({ world, socket }, param) => world.later(numberOr(param, 0), () => void socket.destroy()),
  },
  'early-answer': {
    about: 'answers a body after PARAM bytes of it (1): 400 and a JSON error, and goes on reading',
    pace: ({ response }, param) => ({
      at: {
        bytes: numberOr(param, 1),
        stop: false,
        act: () => {
          if (response.headersSent) return;
          const body =
            '{"error": {"message": "Enough was seen.", "type": "UploadException"}, "details": {"mp3": ["Not this one."]}}';
          response.writeHead(400, { 'Content-Type': JSON_TYPE }).end(body);
        },
      },
    }),
  },
  'early-close': {
    about:
      'answers a body after PARAM bytes of it (1): 413 and HTML, then closes: a client that still writes may miss it',
    pace: ({ response, socket }, param) => ({
      at: {
        bytes: numberOr(param, 1),
        stop: true,
        act: () => {
          const { body } = errorPage(413, 'Request Entity Too Large');
          response.writeHead(413, {
            'Content-Type': HTML_TYPE,
            'Content-Length': String(body.length),
            Connection: 'close',
          });
          response.end(body, () => socket.end());
        },
      },
    }),
  },
  'early-413': {
    about: 'answers a body after PARAM bytes of it (1): 413 and HTML, reads on for half a second, then closes',
    pace: ({ response, world }, param) => ({
      at: {
        bytes: numberOr(param, 1),
        stop: false,
        act: () => {
          if (response.headersSent) return;
          const { body } = errorPage(413, 'Request Entity Too Large');
          response.writeHead(413, {
            'Content-Type': HTML_TYPE,
            'Content-Length': String(body.length),
            Connection: 'close',
          });
          response.write(body);
          // Ending the response would end the connection, and a client that still writes would lose the answer.
          world.later(500, () => response.end());
        },
      },
    }),
  },
  'close-mid-upload': {
    about: 'resets the connection once PARAM bytes (65536) of the body came',
    pace: ({ socket }, param) => ({
      at: { bytes: numberOr(param, 65536), stop: true, act: () => void socket.resetAndDestroy() },
    }),
  },
  'stall-upload': {
    about: 'stops reading once PARAM bytes (65536) of the body came, for ever',
    pace: (_exchange, param) => ({ at: { bytes: numberOr(param, 65536), stop: true, act: () => {} } }),
  },
  'slow-read': {
    about: 'reads the body at PARAM bytes a second (1 000 000)',
    pace: (_exchange, param) => ({ bytesPerSecond: numberOr(param, 1_000_000) }),
  },
  'sink-upload': {
    about:
      'counts the bytes of an upload as fast as they come, looks at none, answers that all is well, stores nothing',
    pace: () => ({ blind: true }),
    instead: () => json({ result: { message: 'Uploaded something', key: '/stationowner/sunk/', success: true } }),
  },
  'hang-after-upload': {
    about: 'takes the whole body in, does what it asks, and never answers',
    send: () => {},
  },
};
