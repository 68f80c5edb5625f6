import type { Played } from './story.ts';
import type { Paint } from './style.ts';

/** The two forms, step by step: how long each took, and whether both told the same. */
export function compare(first: readonly Played[], second: readonly Played[], paint: Paint): string {
  const width = Math.max(...first.map(({ title }) => title.length));
  const head = `  ${'Step'.padEnd(width)}  ${'await'.padStart(8)}  ${'blocking'.padStart(8)}`;
  const rows = first.map((step, index) => {
    const other = second[index];
    const isSame = other !== undefined && isAlike(step, other);
    const times = `${toText(step.ms)}  ${other ? toText(other.ms) : '–'.padStart(8)}`;
    return `  ${step.title.padEnd(width)}  ${times}  ${isSame ? paint('green', 'same') : paint('red', 'differs')}`;
  });
  return `${[paint('bold', head), ...rows].join('\n')}\n`;
}

/** Whether both forms made the same step and told the same about it. */
export function isAlike(one: Played, other: Played): boolean {
  return one.title === other.title && one.lines.join('\n') === other.lines.join('\n');
}

function toText(ms: number): string {
  return `${ms < 1 ? '<1' : Math.round(ms)} ms`.padStart(8);
}
