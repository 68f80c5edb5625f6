import type { Progress } from 'mixcloud-client';

const WIDTH = 30;
const MEGABYTE = 1e6;

/** Where a bar is drawn: a terminal, or a file or pipe, which cannot be drawn over. */
export interface Screen {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** How much of an upload has gone: one line that moves on a terminal, else a line for each quarter. */
export class ProgressBar {
  readonly #screen: Screen;
  #quarter = 0;
  /** The last report, for whoever checks that it was the whole. */
  last: Progress | null = null;

  constructor(screen: Screen) {
    this.#screen = screen;
  }

  readonly update = (progress: Progress): void => {
    const { sent, total } = progress;
    this.last = progress;
    const done = total === 0 ? 1 : sent / total;
    if (this.#screen.isTTY) {
      // Back to the line's beginning and over what was there; the whole ends the line.
      this.#screen.write(`\r    ${picture(done)} ${words(progress)}${done === 1 ? '\n' : ''}`);
      return;
    }
    const quarter = Math.floor(done * 4);
    if (quarter > this.#quarter) this.#screen.write(`    ${picture(done)} ${words(progress)}\n`);
    this.#quarter = quarter;
  };
}

function picture(done: number): string {
  const filled = Math.floor(done * WIDTH);
  return `[${'#'.repeat(filled)}${'.'.repeat(WIDTH - filled)}]`;
}

function words({ sent, total }: Progress): string {
  const percent = total === 0 ? 100 : Math.floor((100 * sent) / total);
  return `${String(percent).padStart(3)} %  ${megabytes(sent).padStart(5)} of ${megabytes(total)} MB`;
}

function megabytes(bytes: number): string {
  return (bytes / MEGABYTE).toFixed(1);
}
