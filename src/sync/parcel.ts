/** Makes a step fit to cross to the worker. */
import type { FileSource, Part, Step } from '../shared/exchange.ts';

/**
 * Bytes cross by value. A `Blob` crosses if its bytes are in memory; one that stands for a file on disk cannot be cloned
 * and is refused before anything crosses.
 *
 * @throws `TypeError` that says to give the path.
 */
export function pack(step: Step): Step {
  // Most requests have no files, and are plain as they are.
  if (step.requests.every((request) => request.parts === undefined)) return step;
  const requests = step.requests.map((request) =>
    request.parts ? { ...request, parts: request.parts.map(packPart) } : request,
  );
  return { ...step, requests };
}

function packPart(part: Part): Part {
  return 'file' in part ? { ...part, file: packFile(part.name, part.file) } : part;
}

function packFile(argument: string, file: FileSource): FileSource {
  if (file.from === 'bytes') {
    const { bytes } = file;
    // A view would take the whole of its buffer along, and with it what other code keeps there. A copy, and not a
    // Buffer, which would be cut from the same pool.
    const alone = bytes.byteLength === bytes.buffer.byteLength && !Buffer.isBuffer(bytes);
    return alone ? file : { ...file, bytes: new Uint8Array(bytes) };
  }
  if (file.from === 'path') return file;
  // A File would lose its class on the way; what it is called crosses beside its bytes.
  const blob = file.blob.slice(0, file.blob.size, file.blob.type);
  try {
    structuredClone(blob);
  } catch (cause) {
    const message = `${argument}: a Blob that stands for a file on disk cannot be sent by a blocking client; give the path of the file`;
    throw new TypeError(message, { cause });
  }
  return { ...file, blob };
}
