/** Makes a step fit to cross to the worker. */
import type { Batch, FileSource, Part } from '../../shared/protocol/messages.ts';

/**
 * Bytes cross by value. A `Blob` crosses if its bytes are in memory; one that stands for a file on disk cannot be cloned
 * and is refused before anything crosses.
 *
 * @throws `TypeError` that says to give the path.
 */
export function toTransferable(batch: Batch): Batch {
  // Most requests have no files, and are plain as they are.
  if (batch.requests.every(({ parts, preflightParts: later }) => parts === undefined && later === undefined))
    return batch;
  const requests = batch.requests.map((request) => ({
    ...request,
    ...(request.parts && { parts: request.parts.map(toTransferablePart) }),
    ...(request.preflightParts && { preflightParts: request.preflightParts.map(toTransferablePart) }),
  }));
  return { ...batch, requests };
}

function toTransferablePart(part: Part): Part {
  return 'file' in part ? { ...part, file: toTransferableFile(part.name, part.file) } : part;
}

function toTransferableFile(argument: string, file: FileSource): FileSource {
  if (file.from === 'bytes') {
    const { bytes } = file;
    // A view would take the whole of its buffer along, and with it what other code keeps there. A copy, and not a
    // Buffer, which would be cut from the same pool.
    const alone = bytes.byteLength === bytes.buffer.byteLength && !Buffer.isBuffer(bytes);
    return alone ? file : { ...file, bytes: new Uint8Array(bytes) };
  }
  if (file.from === 'path') return file;
  if (isFileBacked(file.blob)) {
    const message = `${argument}: a Blob that stands for a file on disk cannot be sent by a blocking client; give the path of the file`;
    throw new TypeError(message);
  }
  // A File would lose its class on the way; what it is called crosses beside its bytes.
  return { ...file, blob: file.blob.slice(0, file.blob.size, file.blob.type) };
}

/** What Node.js reads a Blob with. */
interface BlobReader {
  pull(give: (status: number) => void): void;
}

const GIVEN = 1;
const ENDED = 0;

/**
 * Whether bytes of a Blob are in a file on disk. Node.js refuses to clone the very Blob that `openAsBlob` gives, but not
 * a slice of it, nor a Blob or File made of it: those would cross, and end the process when the worker reads them. What
 * tells them from bytes in memory is that these are given at once.
 */
function isFileBacked(blob: Blob): boolean {
  try {
    // Of a File only the bytes are cloned below.
    if (!(blob instanceof File)) structuredClone(blob);
  } catch {
    return true;
  }
  const handle = Object.getOwnPropertySymbols(blob).find(({ description }) => description === 'kHandle');
  const { getReader } = ((handle && Reflect.get(blob, handle)) ?? {}) as { getReader?: () => BlobReader };
  // Not Node.js as it is known: the mark that it gives is all there is.
  if (handle === undefined || typeof getReader !== 'function') return false;
  const reader = getReader.call(Reflect.get(blob, handle));
  for (;;) {
    const pulled: { status?: number } = {};
    reader.pull((status) => {
      pulled.status = status;
    });
    if (pulled.status !== GIVEN) return pulled.status !== ENDED;
  }
}
