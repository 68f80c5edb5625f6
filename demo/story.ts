import type { ProgressBar } from './progress-bar.ts';
import type { Paint } from './style.ts';

/** One step of the walk: what is said before a call is made, and what of its outcome is shown and checked. */
export interface Step<T> {
  readonly title: string;
  /** The call in its asynchronous form; the blocking one is the same without `await`. */
  readonly code: string;
  readonly tell: (outcome: T, story: Story) => void;
}

/** A step that was made: how long its call took, and what was told of it. */
export interface Played {
  readonly title: string;
  readonly lines: readonly string[];
  readonly ms: number;
}

/** What the walk says, step by step. It is kept, so that the two forms can be compared. */
export class Story {
  readonly played: Played[] = [];
  /** The step that is being played, for the one who reports what went wrong. */
  at = 'the beginning';
  #lines: string[] = [];
  readonly #write: (text: string) => void;
  readonly #paint: Paint;

  /** A story that is only compared with another one writes nothing. */
  constructor(write: (text: string) => void, paint: Paint) {
    this.#write = write;
    this.#paint = paint;
  }

  async play<S, T extends S>(step: Step<S>, call: () => Promise<T>): Promise<T> {
    this.#begin(step);
    const began = performance.now();
    const outcome = await call();
    return this.#end(step, outcome, performance.now() - began);
  }

  /** `play` for calls that return what they come to. */
  playBlocking<S, T extends S>(step: Step<S>, call: () => T): T {
    this.#begin(step);
    const began = performance.now();
    const outcome = call();
    return this.#end(step, outcome, performance.now() - began);
  }

  say(text: string): void {
    this.#lines.push(text);
    this.#write(`    ${text}\n`);
  }

  /** Shows the names of a list, one a line. */
  list(names: readonly string[]): void {
    for (const name of names) this.say(`- ${name}`);
  }

  #begin({ title, code }: Step<never>): void {
    this.at = title;
    this.#lines = [];
    this.#write(`\n  ${this.#paint('bold', title)}\n  ${this.#paint('cyan', `> ${code}`)}\n`);
  }

  #end<S, T extends S>(step: Step<S>, outcome: T, ms: number): T {
    step.tell(outcome, this);
    this.played.push({ title: step.title, lines: this.#lines, ms });
    return outcome;
  }
}

/** What an upload needs besides the client. */
export interface Uploading {
  readonly path: string;
  readonly size: number;
  readonly bar: ProgressBar;
}
