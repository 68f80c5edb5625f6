import { compare, isAlike } from './comparison.ts';
import { Story } from './story.ts';
import { createPaint, type Output, type Paint } from './style.ts';

/** Writes what the demo says, and remembers how far it came. */
export class Reporter {
  readonly #output: Output;
  readonly #paint: Paint;
  readonly #began = Date.now();
  #story: Story | null = null;
  #form = '';

  constructor(output: Output) {
    this.#output = output;
    this.#paint = createPaint(output);
  }

  say(text: string): void {
    this.#output.write(`${text}\n`);
  }

  /** Tells the asynchronous form, step by step. */
  chapter(title: string): Story {
    this.#head(title, 'asynchronous');
    return this.#begin('asynchronous', (text) => this.#output.write(text));
  }

  /** Follows the blocking form, which is compared with the other one at its end. */
  repeat(title: string): Story {
    this.#head(title, 'blocking');
    return this.#begin('blocking', () => {});
  }

  /** Shows both forms in a table. Returns whether they told the same. */
  compare(first: readonly Story[], second: readonly Story[]): boolean {
    const [one, other] = [first, second].map((stories) => stories.flatMap(({ played }) => played));
    this.say('The same calls without `await`:\n');
    this.#output.write(compare(one ?? [], other ?? [], this.#paint));
    return (
      one?.length === other?.length && (one ?? []).every((step, index) => other?.[index] && isAlike(step, other[index]))
    );
  }

  end(text: string): void {
    this.say(`\n${this.#paint('green', text)} (${((Date.now() - this.#began) / 1000).toFixed(1)} s)`);
  }

  /** The step at which something went wrong. */
  get at(): string {
    return this.#story === null ? 'the start' : `"${this.#story.at}" (${this.#form})`;
  }

  #head(title: string, form: string): void {
    this.say(`\n${this.#paint('magenta', `== ${title} (${form})`)}`);
  }

  #begin(form: string, write: (text: string) => void): Story {
    this.#form = form;
    this.#story = new Story(write, this.#paint);
    return this.#story;
  }
}
