/** How much of the processors a call takes, on all threads of the process. */
import { ASYNC, FETCH, GOT, Readers, SYNC, UNDICI } from './contenders.ts';
import { USER } from './recording.ts';
import { inTurn, type Timings } from './timings.ts';

const CALLS = 500;
// Turns after which hardly anything is compiled any more.
const WARM_UP = 4;
const NAMES = [UNDICI, ASYNC, SYNC, FETCH, GOT];

/** A turn is of `CALLS` calls, one after another. */
export async function measureCpu(origin: string, turns: number): Promise<Timings> {
  await using readers = new Readers(origin);
  const contenders = readers.all
    .filter(({ name }) => NAMES.includes(name))
    .map(({ name, read }) => ({
      name,
      burst: 1,
      run: async () => {
        const before = process.cpuUsage();
        for (let call = 0; call < CALLS; call += 1) await read(USER);
        const { user, system } = process.cpuUsage(before);
        return (user + system) / 1000;
      },
    }));
  for (const { run } of contenders) for (let turn = 0; turn < WARM_UP; turn += 1) await run();
  return await inTurn(`processor time of ${CALLS} calls for one user`, contenders, turns);
}
