import type { ProgressBar } from './progress-bar.ts';

/** One step of the walk: what is said before a call is made, and what of its outcome is shown and checked. */
export interface Step<T> {
  readonly title: string;
  /** The call in its asynchronous form; the blocking one is the same without `await`. */
  readonly code: string;
  readonly tell: (outcome: T, story: Story) => void;
}

/** What the walk says, step by step. It is kept, so that the two forms can be held against each other. */
export class Story {
  readonly lines: string[] = [];
  /** The step that is being played, for the one who reports what went wrong. */
  at = 'the beginning';
  readonly #blocking: boolean;
  readonly #write: (text: string) => void;

  constructor(form: 'asynchronous' | 'blocking', write: (text: string) => void) {
    this.#blocking = form === 'blocking';
    this.#write = write;
  }

  async play<S, T extends S>(step: Step<S>, call: () => Promise<T>): Promise<T> {
    this.#begin(step);
    const outcome = await call();
    step.tell(outcome, this);
    return outcome;
  }

  /** `play` for calls that return what they come to. */
  playBlocking<S, T extends S>(step: Step<S>, call: () => T): T {
    this.#begin(step);
    const outcome = call();
    step.tell(outcome, this);
    return outcome;
  }

  say(text: string): void {
    this.lines.push(text);
    this.#write(`    ${text}\n`);
  }

  /** Shows the names of a list, one a line. */
  list(names: readonly string[]): void {
    for (const name of names) this.say(`- ${name}`);
  }

  #begin({ title, code }: Step<never>): void {
    this.at = title;
    this.lines.push(title, code);
    this.#write(`\n  ${title}\n  > ${this.#blocking ? blockingForm(code) : code}\n`);
  }
}

function blockingForm(code: string): string {
  return code
    .replace(/\(await ((?:[^()]|\([^()]*\))*)\)/g, '$1')
    .replaceAll('await ', '')
    .replaceAll('new Mixcloud(', 'new MixcloudSync(');
}

/** What an upload needs besides the client. */
export interface Uploading {
  readonly path: string;
  readonly size: number;
  readonly bar: ProgressBar;
}
