/** Mutants that change nothing that can be seen. */
import type { Mutant } from './mutants.ts';

interface Equivalent {
  readonly file: string;
  /** Matches the change, as it is printed. */
  readonly change: RegExp;
  readonly reason: string;
}

const TRANSPORT = 'src/async/transport';
const OPERATIONS = 'src/shared/operations';
const WORKER = 'src/sync/worker';

const EQUIVALENT: readonly Equivalent[] = [
  {
    file: `${TRANSPORT}/decompress.ts`,
    change: /^(?:MAX_INLINE_SIZE|MAX_INLINE_RESULT_SIZE|CHUNK_SIZE) = .*→ \w+ = [^/]*$|>= MAX_INLINE_SIZE/,
    reason: 'decides where a body is decompressed, and in which pieces; the result is the same',
  },
  {
    file: `${TRANSPORT}/decompress.ts`,
    change: /\?\? 0\) & 0x0f\).*→ .*\?\? 1\) & 0x0f\)/,
    reason: 'a body without a first byte is decompressed in neither way',
  },
  {
    file: `${TRANSPORT}/deadline.ts`,
    change: /^this\.onEnd\(undefined\); → ;$/,
    reason: 'a listener that is left would cancel a wait that is over',
  },
  {
    file: `${TRANSPORT}/rate-limit-gates.ts`,
    change: /→ if \(this\.#entries\.size >= MAX_UNUSED\) this\.#forgetOldest/,
    reason: 'the called method makes the comparison again',
  },
  {
    file: `${TRANSPORT}/rate-limit.ts`,
    change: /→ .*(?:>=|<) latest/,
    reason: 'two measurements of time are never equal',
  },
  {
    file: `${TRANSPORT}/redirect-listener.ts`,
    change: /→ .*Math\.max\(this\.#timeLeft, \(1 \+ 1\)\)/,
    reason: 'a timer fires about a millisecond later in any case',
  },
  {
    file: `${TRANSPORT}/response-collector.ts`,
    change: /^#status = 0; → /,
    reason: 'a response has a status before it ends',
  },
  {
    file: `${TRANSPORT}/response-collector.ts`,
    change: /^#joined = 0; → |→ this\.#joined \+= \(1 \+ 1\);$/,
    reason: 'decides which chunks are joined to one, which takes as little memory',
  },
  {
    file: `${TRANSPORT}/write-size.ts`,
    change: /→ .*milliseconds >= SLOW_WRITE/,
    reason: 'a measurement of time is never exactly a limit',
  },
  {
    file: `${TRANSPORT}/retries.ts`,
    change: /: 0 → .*: 1$/,
    reason: 'a pause is never as short as a millisecond',
  },
  {
    file: `${TRANSPORT}/retries.ts`,
    change: /→ .*pause > deadline\.timeLeft/,
    reason: 'two measurements of time are never equal',
  },
  {
    file: `${OPERATIONS}/item-queue.ts`,
    change: /^#full = false; →/,
    reason: '`fill` sets it before anything reads it',
  },
  {
    file: `${OPERATIONS}/oauth.ts`,
    change: /→ isShort = timeLeft <= app\.timeout$/,
    reason: 'a measurement of time is never exactly a limit',
  },
  {
    file: `${TRANSPORT}/trace.ts`,
    change: /^#sentAt = 0; → /,
    reason: 'is set when the request is sent, before it is read',
  },
  {
    file: `${TRANSPORT}/upload-file.ts`,
    change: /^readonly lastModified = 0; → /,
    reason: 'belongs to the type of a file, and the encoder does not read it',
  },
  {
    file: `${TRANSPORT}/upload-file.ts`,
    change: /^#bufferIndex = 0; → |#bufferIndex \+ \(1 \+ 1\)/,
    reason: 'decides in which order the three buffers are used, each in its turn',
  },
  {
    file: `${TRANSPORT}/upload-file.ts`,
    change: /→ .*now\.size <= size/,
    reason: 'the sizes are not equal there',
  },
  {
    file: `${WORKER}/worker-client.ts`,
    change: /^#(?:isReady|hasReplied) = false; → /,
    reason: 'is set when the worker starts, before it is read',
  },
  {
    file: `${WORKER}/worker.ts`,
    change: /^received = 0 → /,
    reason: 'the first message, which acknowledges none, sets it before there are events',
  },
];

/** Whether a mutant is listed. One whose code has changed since is not. */
export function isEquivalent({ file, change }: Mutant): boolean {
  return EQUIVALENT.some((known) => known.file === file && known.change.test(change));
}
