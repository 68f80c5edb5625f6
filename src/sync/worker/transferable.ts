/** Prepares batches for the worker thread. */
import type { FileSource, OperationStep, Part } from '../../shared/protocol/messages.ts';

/**
 * Returns the step in a form that can be cloned to the worker: bytes without the rest of their buffer, and in-memory
 * Blobs.
 *
 * @throws `TypeError` for a `Blob` that stands for a file on disk, which cannot be cloned.
 */
export function toTransferable(step: OperationStep): OperationStep {
  // Most requests have no files, and need no change.
  if (
    !('requests' in step) ||
    step.requests.every(({ parts, preflightParts }) => parts === undefined && preflightParts === undefined)
  )
    return step;
  const requests = step.requests.map((request) => ({
    ...request,
    ...(request.parts && { parts: request.parts.map(toTransferablePart) }),
    ...(request.preflightParts && { preflightParts: request.preflightParts.map(toTransferablePart) }),
  }));
  return { ...step, requests };
}

function toTransferablePart(part: Part): Part {
  return 'file' in part ? { ...part, file: toTransferableFile(part.name, part.file) } : part;
}

function toTransferableFile(argument: string, file: FileSource): FileSource {
  if (file.from === 'bytes') {
    const { bytes } = file;
    // A view is cloned with all of its buffer, which may hold data of other code. A new Buffer would be a view of the
    // pool again, so the copy is a Uint8Array.
    const ownsBuffer = bytes.byteLength === bytes.buffer.byteLength && !Buffer.isBuffer(bytes);
    return ownsBuffer ? file : { ...file, bytes: new Uint8Array(bytes) };
  }
  if (file.from === 'path') return file;
  if (isFileBacked(file.blob)) {
    const message = `${argument}: a Blob that stands for a file on disk cannot be sent by a blocking client; give the path of the file`;
    throw new TypeError(message);
  }
  // A File loses its class when it is cloned. Its name is sent separately.
  return { ...file, blob: file.blob.slice(0, file.blob.size, file.blob.type) };
}

/** Node's internal reader of a Blob. */
interface BlobReader {
  pull(callback: (status: number) => void): void;
}

// Statuses that the reader passes to its callback, synchronously if the bytes are in memory.
const CHUNK = 1;
const END = 0;

/**
 * Whether bytes of a Blob are in a file on disk. Node.js does not clone a Blob of `openAsBlob`. But it clones a slice of
 * it, and a Blob or File made from it, and then the process ends when the worker reads them. They are recognized by
 * reading: bytes in memory are available at once.
 */
function isFileBacked(blob: Blob): boolean {
  try {
    // A File cannot be cloned in any case. Only its bytes are sent.
    if (!('name' in blob)) structuredClone(blob);
  } catch {
    return true;
  }
  const handle = Object.getOwnPropertySymbols(blob).find(({ description }) => description === 'kHandle');
  const source = (handle && Reflect.get(blob, handle)) as { getReader?: () => BlobReader } | undefined;
  const reader = source?.getReader?.();
  // Without the internals of Node.js, the clone above is the only check.
  if (!reader) return false;
  for (;;) {
    const pulled: { status?: number } = {};
    reader.pull((status) => {
      pulled.status = status;
    });
    if (pulled.status !== CHUNK) return pulled.status !== END;
  }
}
