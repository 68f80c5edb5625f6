/** Codes that begin and end a style. `styleText` of Node.js 20 cannot be told which stream it writes to. */
const CODES = { bold: [1, 22], red: [31, 39], green: [32, 39], magenta: [35, 39], cyan: [36, 39] } as const;

/** Styles a text, where the terminal has colours. */
export type Paint = (style: keyof typeof CODES, text: string) => string;

/** Where the demo writes to. */
export interface Output {
  readonly isTTY?: boolean;
  /** Of a terminal. It obeys `NO_COLOR` and `FORCE_COLOR`. */
  hasColors?(): boolean;
  write(text: string): unknown;
}

/** Returns the colours of a terminal, or none for files, pipes, and terminals where they are not wanted. */
export function createPaint(output: Output): Paint {
  const isColoured = output.isTTY === true && output.hasColors?.() === true;
  return (style, text) => {
    const [begin, end] = CODES[style];
    return isColoured ? `\u001b[${begin}m${text}\u001b[${end}m` : text;
  };
}
