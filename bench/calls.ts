/** How long a call takes. */
import { deepStrictEqual } from 'node:assert';
import { type Reader, Readers, UNDICI } from './contenders.ts';
import { SUBJECTS, type Subject } from './recording.ts';
import { inTurn, type Timings } from './timings.ts';

const WARM_UP = 300;
const BURST = 20;

export async function measureCalls(origin: string, rounds: number): Promise<ReadonlyMap<Subject, Timings>> {
  await using readers = new Readers(origin);
  const measured = new Map<Subject, Timings>();
  for (const subject of SUBJECTS) {
    await compare(readers.all, subject);
    const contenders = readers.all.map(({ name, slow, read }) => ({
      name,
      burst: slow ? 1 : BURST,
      run: () => discard(read(subject)),
    }));
    for (const { slow, read } of readers.all) {
      for (let call = 0; !slow && call < WARM_UP; call += 1) await read(subject);
    }
    measured.set(subject, await inTurn(subject.title, contenders, rounds));
  }
  return measured;
}

/** All must have read the same, or comparing them says nothing. */
async function compare(readers: readonly Reader[], subject: Subject): Promise<void> {
  const expected = await readers.find(({ name }) => name === UNDICI)?.read(subject);
  for (const { name, read } of readers) {
    deepStrictEqual(await read(subject), expected, `${name} read another thing than ${UNDICI} did`);
  }
}

function discard(result: unknown): Promise<void> | undefined {
  return result instanceof Promise ? result.then(() => undefined) : undefined;
}
