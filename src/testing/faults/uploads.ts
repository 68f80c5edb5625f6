/** Uploads that are refused, cut off, stalled or answered too early. */
import type { RequestContext } from '../server/request-context.ts';
import { ApiError, errorPage, HTML_TYPE, JSON_TYPE, json } from '../server/response.ts';
import { defineFault } from './fault.ts';
import { details, number, text } from './parameters.ts';

const isUpload = ({ method, path }: RequestContext) => method === 'POST' && path.startsWith('/upload/');

/** Sends a page that says the body is too large, while the body still arrives. */
function sendTooLarge({ response }: RequestContext, finish: () => void): void {
  if (response.headersSent) return;
  const { body } = errorPage(413, 'Request Entity Too Large');
  const headers = { 'Content-Type': HTML_TYPE, 'Content-Length': String(body.length), Connection: 'close' };
  response.writeHead(413, headers);
  response.write(body, finish);
}

export const UPLOAD_FAULTS = {
  'refused-upload': defineFault(
    'refuses an upload: 200 with success false, or 400 with details if there are some',
    { message: text('Tracklist is invalid'), details: details() },
    ({ message, details }) => ({
      affects: isUpload,
      respond: () =>
        details === undefined
          ? json({ result: { success: false, message } })
          : new ApiError(400, 'PostValidationError', message, { beside: { details } }).toResponse(),
    }),
  ),
  'keyless-upload': defineFault('publishes an upload, and responds without its key', {}, () => ({
    affects: isUpload,
    changeResponse: (response) => (response.status === 200 ? json({ result: { success: true } }) : response),
  })),
  'early-answer': defineFault(
    'responds after so many bytes of a body: 400 and a JSON error, and goes on reading',
    { bytes: number(1) },
    ({ bytes }) => ({
      body: ({ response }) => ({
        at: {
          bytes,
          stop: false,
          action: () => {
            if (response.headersSent) return;
            const error = { message: 'Enough was seen.', type: 'UploadException' };
            const body = JSON.stringify({ error, details: { mp3: ['Not this one.'] } });
            response.writeHead(400, { 'Content-Type': JSON_TYPE }).end(body);
          },
        },
      }),
    }),
  ),
  'early-close': defineFault(
    'responds after so many bytes of a body: 413 and HTML, then closes, and a client that still writes may miss it',
    { bytes: number(1) },
    ({ bytes }) => ({
      body: (context) => ({
        at: { bytes, stop: true, action: () => sendTooLarge(context, () => context.socket.end()) },
      }),
    }),
  ),
  'early-413': defineFault(
    'responds after so many bytes of a body: 413 and HTML, reads on for half a second, then closes',
    { bytes: number(1) },
    ({ bytes }) => ({
      body: (context) => ({
        at: {
          bytes,
          stop: false,
          // Ending the response would end the connection, and a client that still writes would lose the response.
          action: () => sendTooLarge(context, () => context.server.defer(500, () => context.response.end())),
        },
      }),
    }),
  ),
  'close-mid-upload': defineFault(
    'resets the connection once so many bytes of the body have arrived',
    { bytes: number(65_536) },
    ({ bytes }) => ({
      body: ({ socket }) => ({ at: { bytes, stop: true, action: () => void socket.resetAndDestroy() } }),
    }),
  ),
  'stall-upload': defineFault(
    'stops reading for good once so many bytes of the body have arrived',
    { bytes: number(65_536) },
    ({ bytes }) => ({ body: () => ({ at: { bytes, stop: true, action: () => {} } }) }),
  ),
  'slow-read': defineFault(
    'reads the body at so many bytes a second',
    { bytesPerSecond: number(1_000_000, 1) },
    ({ bytesPerSecond }) => ({ body: () => ({ bytesPerSecond }) }),
  ),
  'sink-upload': defineFault(
    'counts the bytes of an upload as fast as they arrive, reports success, and stores nothing',
    {},
    () => ({
      body: () => ({ countOnly: true }),
      respond: () => json({ result: { message: 'Uploaded something', key: '/stationowner/sunk/', success: true } }),
    }),
  ),
  'hang-after-upload': defineFault('does what the request asks for, and never responds', {}, () => ({
    send: () => {},
  })),
};
