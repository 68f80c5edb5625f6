/** How long a call takes. */
import { deepStrictEqual } from 'node:assert';
import { LISTENING, type Reader, Readers, UNDICI } from './contenders.ts';
import { crossing } from './crossing.ts';
import { LIST_20, SUBJECTS, type Subject, USER } from './recording.ts';
import { type Contender, inTurn, type Timings } from './timings.ts';

export type Calls = ReadonlyMap<Subject, Timings>;

/** Against which server, and how often. */
interface Conditions {
  readonly where?: string;
  readonly subjects: readonly Subject[];
  readonly warmUp: number;
  readonly burst: number;
  /** Whether to measure what the latency of a server hides. */
  readonly inDetail: boolean;
}

// It takes some thousand calls until hardly anything is compiled any more.
const LOOPBACK: Conditions = { subjects: SUBJECTS, warmUp: 2000, burst: 20, inDetail: true };
const DISTANT: Conditions = {
  where: 'over TLS, after 20 ms',
  subjects: [USER, LIST_20],
  warmUp: 30,
  burst: 5,
  inDetail: false,
};

export function measureCalls(origin: string, rounds: number): Promise<Calls> {
  return measure(origin, rounds, LOOPBACK);
}

/** Against the server with TLS and latency. */
export function measureDistantCalls(origin: string, rounds: number): Promise<Calls> {
  return measure(origin, rounds, DISTANT);
}

async function measure(origin: string, rounds: number, conditions: Conditions): Promise<Calls> {
  const { where, subjects, warmUp, burst, inDetail } = conditions;
  await using all = new Readers(origin);
  const readers = all.all.filter(({ name }) => inDetail || name !== LISTENING);
  const measured = new Map<Subject, Timings>();
  for (const subject of subjects) {
    const body = await compare(readers, subject);
    const contenders: Contender[] = readers.map(({ name, slow, read }) => ({
      name,
      burst: slow ? 1 : burst,
      run: () => discard(read(subject)),
    }));
    if (inDetail) contenders.push(crossing(JSON.stringify(body).length, burst));
    for (const contender of contenders) {
      for (let call = 0; contender.burst > 1 && call < warmUp; call += 1) await contender.run();
    }
    const title = where === undefined ? subject.title : `${subject.title}, ${where}`;
    measured.set(subject, await inTurn(title, contenders, rounds));
  }
  return measured;
}

/** All must have read the same, or comparing them says nothing. Gives what they read. */
async function compare(readers: readonly Reader[], subject: Subject): Promise<unknown> {
  const expected = await readers.find(({ name }) => name === UNDICI)?.read(subject);
  for (const { name, read } of readers) {
    deepStrictEqual(await read(subject), expected, `${name} read another thing than ${UNDICI} did`);
  }
  return expected;
}

function discard(result: unknown): Promise<void> | undefined {
  return result instanceof Promise ? result.then(() => undefined) : undefined;
}
