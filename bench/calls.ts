/** How long a call takes. */
import { deepStrictEqual } from 'node:assert';
import { ASYNC, BARE_SYNCKIT, DISPATCH, LISTENING, type Reader, Readers, SYNC, UNDICI } from './contenders.ts';
import { CROSSING, crossing } from './crossing.ts';
import { LIST_20, SUBJECTS, type Subject, USER } from './recording.ts';
import { type Contender, inTurn, type Timings } from './timings.ts';

export type Calls = ReadonlyMap<Subject, Timings>;

/** Against which server, by whom, and how often. */
interface Conditions {
  readonly where?: string;
  readonly subjects: readonly Subject[];
  readonly warmUp: number;
  readonly burst: number;
  readonly isIn: (name: string) => boolean;
}

// What the latency of a server hides.
const DETAILS = [LISTENING, DISPATCH, BARE_SYNCKIT, CROSSING];

// It takes some thousand calls until hardly anything is compiled any more.
const WARM: Pick<Conditions, 'subjects' | 'warmUp' | 'burst'> = { subjects: SUBJECTS, warmUp: 2000, burst: 20 };

// Without the others: code that both threads and many libraries have run is compiled for all of them, and is slower.
const OWN: Conditions = { ...WARM, isIn: (name) => [UNDICI, ASYNC, SYNC, ...DETAILS].includes(name) };
const OTHERS: Conditions = { ...WARM, where: 'among others', isIn: (name) => !DETAILS.includes(name) };
const DISTANT: Conditions = {
  where: 'over TLS, after 20 ms',
  subjects: [USER, LIST_20],
  warmUp: 30,
  burst: 5,
  isIn: (name) => !DETAILS.includes(name),
};

/** The clients of this package, and what they are made of. */
export function measureCalls(origin: string, rounds: number): Promise<Calls> {
  return measure(origin, rounds, OWN);
}

/** The clients of this package among other libraries. */
export function measureOthers(origin: string, rounds: number): Promise<Calls> {
  return measure(origin, rounds, OTHERS);
}

/** Against the server with TLS and latency. */
export function measureDistantCalls(origin: string, rounds: number): Promise<Calls> {
  return measure(origin, rounds, DISTANT);
}

async function measure(origin: string, rounds: number, conditions: Conditions): Promise<Calls> {
  const { where, subjects, warmUp, burst, isIn } = conditions;
  await using all = new Readers(origin);
  const readers = all.all.filter(({ name }) => isIn(name));
  const measured = new Map<Subject, Timings>();
  for (const subject of subjects) {
    const body = await compare(readers, subject);
    const contenders: Contender[] = readers.map(({ name, slow, read }) => ({
      name,
      burst: slow ? 1 : burst,
      run: () => discard(read(subject)),
    }));
    if (isIn(CROSSING)) contenders.push(crossing(JSON.stringify(body).length, burst));
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
