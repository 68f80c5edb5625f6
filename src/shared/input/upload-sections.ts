import { throwTypeError, validateCount, validateRecord } from '../base/argument.ts';
import type { Part } from '../protocol/messages.ts';
import { validateList, validateScalar } from './upload-values.ts';

/** One section of a tracklist: a chapter or a song, with its start in seconds. */
export type UploadSection =
  | {
      /** Title of the chapter. */
      readonly chapter: string;
      /** Seconds from the beginning. */
      readonly start_time?: number;
    }
  | {
      /** Who made the song. */
      readonly artist: string;
      /** Title of the song. */
      readonly song: string;
      /** Seconds from the beginning. */
      readonly start_time?: number;
    }
  | Readonly<Record<string, string | number>>;

export function toSectionParts(value: unknown): Part[] {
  return validateList('sections', value).flatMap((section, index) => {
    const argument = `sections[${index}]`;
    if (section === undefined) throwTypeError(argument, section, 'an object');
    return Object.entries(validateRecord(argument, section)).map(([field, entry]) => {
      const place = `${argument}.${field}`;
      if (field === 'start_time') validateCount(place, entry);
      return { name: `sections-${index}-${field}`, value: validateScalar(place, entry) };
    });
  });
}
