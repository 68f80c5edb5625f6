import { quantile, type Spread, spreadOf } from './statistics.ts';

/** Somebody who does the same as others do. */
export interface Contender {
  readonly name: string;
  /** How often in each turn; the slow ones less often. */
  readonly burst: number;
  /** Gives the milliseconds that it took, if it measured itself. */
  readonly run: () => unknown;
}

/** What the contenders took, turn by turn. */
export class Timings {
  readonly title: string;
  readonly names: readonly string[];
  // For each contender its turns, and in each turn the milliseconds of each run.
  readonly #turns: ReadonlyMap<string, number[][]>;

  constructor(title: string, turns: ReadonlyMap<string, number[][]>) {
    this.title = title;
    this.names = [...turns.keys()];
    this.#turns = turns;
  }

  spread(name: string): Spread {
    return spreadOf(this.#of(name).flat());
  }

  /** How much longer one took than the other, or than several others together, each turn against theirs in the same round. */
  ratio(name: string, ...bases: readonly string[]): Spread {
    const others = bases.map((base) => this.#of(base));
    const together = (round: number) => others.reduce((sum, turns) => sum + quantile(turns[round] ?? []), 0);
    return spreadOf(this.#of(name).map((turn, round) => quantile(turn) / together(round)));
  }

  has(name: string): boolean {
    return this.#turns.has(name);
  }

  #of(name: string): number[][] {
    const turns = this.#turns.get(name);
    if (!turns) throw new Error(`nobody called ${name} took part in ${this.title}`);
    return turns;
  }
}

/** Lets the contenders take turns. Who begins changes from round to round, so that nobody always follows the same one. */
export async function inTurn(title: string, contenders: readonly Contender[], rounds: number): Promise<Timings> {
  const turns = new Map(contenders.map(({ name }) => [name, [] as number[][]]));
  for (let round = 0; round < rounds; round += 1) {
    for (let place = 0; place < contenders.length; place += 1) {
      const contender = contenders[(round + place) % contenders.length];
      if (contender) turns.get(contender.name)?.push(await takeTurn(contender));
    }
  }
  return new Timings(title, turns);
}

async function takeTurn({ burst, run }: Contender): Promise<number[]> {
  const taken: number[] = [];
  // What the one before left behind, in caches or in the event loop, is not this one's.
  if (burst > 1) await run();
  while (taken.length < burst) {
    const start = performance.now();
    const own = run();
    const result = own instanceof Promise ? await own : own;
    const elapsed = performance.now() - start;
    taken.push(typeof result === 'number' ? result : elapsed);
  }
  return taken;
}
