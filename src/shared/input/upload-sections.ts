import { describe, throwTypeError, validateCount, validateRecord } from '../base/argument.ts';
import { findNearest } from '../base/spelling.ts';
import type { Part } from '../protocol/messages.ts';
import { validateList } from './upload-values.ts';

/** One section of a tracklist: a chapter or a song, with its start in seconds. A `Map` of the same fields is accepted. */
export type UploadSection =
  | {
      /** Title of the chapter. */
      readonly chapter: string;
      /** Start in whole seconds from the beginning of the show. */
      readonly start_time?: number | null | undefined;
    }
  | {
      /** Who made the song. */
      readonly artist: string;
      /** Title of the song. */
      readonly song?: string | null | undefined;
      /** Start in whole seconds from the beginning of the show. */
      readonly start_time?: number | null | undefined;
    }
  | {
      /** Who made the song. */
      readonly artist?: string | null | undefined;
      /** Title of the song. */
      readonly song: string;
      /** Start in whole seconds from the beginning of the show. */
      readonly start_time?: number | null | undefined;
    }
  | ReadonlyMap<string, string | number | null | undefined>;

const FIELDS = ['chapter', 'artist', 'song', 'start_time'];

/** Returns the form fields of a tracklist. */
export function toSectionParts(value: unknown): Part[] {
  return validateList('sections', value).flatMap((section, index) => {
    const fields = validateSection(`sections[${index}]`, section);
    return fields.map(([field, entry]) => ({ name: `sections-${index}-${field}`, value: entry }));
  });
}

function validateSection(argument: string, section: unknown): [string, string][] {
  if (section === undefined) throwTypeError(argument, section, 'an object');
  const entries = section instanceof Map ? [...section] : Object.entries(validateRecord(argument, section));
  const fields = entries
    .map(([field, entry]) => [validateField(argument, field), entry] as const)
    .filter(([, entry]) => entry !== undefined && entry !== null)
    .map(([field, entry]): [string, string] => [field, validateEntry(`${argument}.${field}`, field, entry)]);
  const names = fields.map(([field]) => field);
  const isChapter = names.includes('chapter');
  const isSong = names.includes('artist') || names.includes('song');
  if (isChapter === isSong) throw new TypeError(`${argument}: give either chapter, or artist and song`);
  return fields;
}

function validateField(argument: string, field: unknown): string {
  if (typeof field === 'string' && FIELDS.includes(field)) return field;
  // People write `title` for the name of a song.
  const likely = field === 'title' ? 'song' : typeof field === 'string' ? findNearest(field, FIELDS) : undefined;
  const advice = likely ? `, did you mean ${describe(likely)}?` : '';
  throw new TypeError(`${argument}: unknown field ${describe(field)}${advice} (known: ${FIELDS.join(', ')})`);
}

function validateEntry(argument: string, field: string, entry: unknown): string {
  if (field !== 'start_time') return typeof entry === 'string' ? entry : throwTypeError(argument, entry, 'a string');
  if (typeof entry !== 'number') throwTypeError(argument, entry, 'a number of whole seconds, such as 90 for 1:30');
  return String(validateCount(argument, entry));
}
