import { Story } from './story.ts';

/** Writes what the demo says, and remembers how far it came. */
export class Reporter {
  readonly #write: (text: string) => void;
  readonly #began = Date.now();
  #story: Story | null = null;
  #form = '';

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  say(text: string): void {
    this.#write(`${text}\n`);
  }

  chapter(form: 'asynchronous' | 'blocking', title: string): Story {
    this.#write(`\n== ${title} (${form})\n`);
    this.#form = form;
    this.#story = new Story(form, this.#write);
    return this.#story;
  }

  end(text: string): void {
    this.#write(`\n${text} (${((Date.now() - this.#began) / 1000).toFixed(1)} s)\n`);
  }

  /** The step at which something went wrong. */
  get at(): string {
    return this.#story === null ? 'the start' : `"${this.#story.at}" (${this.#form})`;
  }
}
