/** The fields of an upload or edit, and what the API documents of them. */
import {
  describe,
  throwRangeError,
  throwTypeError,
  validateCount,
  validateFlag,
  validateRecord,
  validateText,
} from '../base/argument.ts';
import {
  DESCRIPTION_MAX_SIZE,
  HOST_MAX_COUNT,
  MP3_MAX_SIZE,
  PICTURE_MAX_SIZE,
  TAG_MAX_COUNT,
} from '../base/constants.ts';
import { findNearest } from '../base/spelling.ts';
import type { Part, Progress } from '../protocol/messages.ts';
import { type DateTimeLike, formatDatetime } from './datetime.ts';
import { type FileLike, parseFileLike } from './file-like.ts';

/** One section of a tracklist: a chapter or a song, with its start in seconds. Any other mapping is passed on. */
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

/** Fields that an upload and an edit have in common. */
export interface CommonUploadFields {
  /** A picture of at most {@link PICTURE_MAX_SIZE} bytes. */
  readonly picture?: FileLike | undefined;
  /** At most {@link DESCRIPTION_MAX_SIZE} characters. */
  readonly description?: string | undefined;
  /** At most {@link TAG_MAX_COUNT} tags. An edit replaces all of them. */
  readonly tags?: readonly string[] | undefined;
  /** The tracklist. An edit replaces all of it. */
  readonly sections?: readonly UploadSection[] | undefined;
  /** When to publish; Pro accounts only. */
  readonly publishDate?: DateTimeLike | undefined;
  /** At most {@link HOST_MAX_COUNT} user names. An edit replaces all of them; `[]` removes them. */
  readonly hosts?: readonly string[] | undefined;
  /** Pro accounts only. */
  readonly disableComments?: boolean | undefined;
  /** Pro accounts only. */
  readonly hideStats?: boolean | undefined;
  /** Pro accounts only. */
  readonly unlisted?: boolean | undefined;
  /** Further fields, passed on as they are, for what the API adds later. */
  readonly extra?: Readonly<Record<string, string | number>> | undefined;
  /** Told how much was handed to the network, at most ten times a second and once at the end. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** Fields of an upload besides the audio and the name. */
export interface UploadFields extends CommonUploadFields {}

/** Fields of an edit. Only what is given is changed. */
export interface EditFields extends CommonUploadFields {
  /** A new name. */
  readonly name?: string | undefined;
  /** Publish a draft now. */
  readonly publish?: boolean | undefined;
  /** Take back to a draft. */
  readonly unpublish?: boolean | undefined;
}

const COMMON = [
  'picture',
  'description',
  'tags',
  'sections',
  'publishDate',
  'hosts',
  'disableComments',
  'hideStats',
  'unlisted',
  'extra',
  'onProgress',
] as const;
const EDIT_ONLY = ['name', 'publish', 'unpublish'] as const;
// At most one of these: they are three answers to who can see the upload.
const VISIBILITY = ['unlisted', 'publish', 'unpublish'] as const;

type Fields = Readonly<Record<string, unknown>>;

/** The multipart body of an upload. */
export function buildUploadParts(mp3: unknown, name: unknown, input: unknown, callOptions: readonly string[]): Part[] {
  const fields = validateFields('upload fields', input, [...COMMON, ...callOptions]);
  const file: Part = { name: 'mp3', file: parseFileLike('mp3', mp3, 'audio/mpeg'), maxSize: MP3_MAX_SIZE };
  // The audio goes last, so that a server that reads as it comes can refuse the rest early.
  return [{ name: 'name', value: validateText('name', name) }, ...buildCommonParts(fields, false), file];
}

/** The multipart body of an edit. */
export function buildEditParts(input: unknown, callOptions: readonly string[]): Part[] {
  const fields = validateFields('edit fields', input, [...COMMON, ...EDIT_ONLY, ...callOptions]);
  const options = VISIBILITY.filter((name) => fields[name] === true);
  if (options.length > 1)
    throw new TypeError(`${options.join(', ')}: at most one of ${VISIBILITY.join(', ')} can be true`);
  for (const name of ['tags', 'sections'] as const) {
    const list = fields[name];
    // Only for hosts is it documented how to remove them all. To send nothing would leave them, and nobody would know.
    if (Array.isArray(list) && list.length === 0) {
      throw new TypeError(`${name}: the API has no documented way to remove them all; give at least one`);
    }
  }
  const parts = buildCommonParts(fields, true);
  if (fields.name !== undefined) parts.unshift({ name: 'name', value: validateText('name', fields.name) });
  for (const name of ['publish', 'unpublish'] as const) {
    if (fields[name] !== undefined) parts.push(...toFlagParts(name, validateFlag(name, fields[name]), true));
  }
  if (parts.length === 0) throw new TypeError('edit fields: nothing to change; give at least one field');
  return parts;
}

function buildCommonParts(fields: Fields, edit: boolean): Part[] {
  const parts: Part[] = [];
  const add = (name: string, read: (value: unknown) => readonly Part[]) => {
    if (fields[name] !== undefined) parts.push(...read(fields[name]));
  };
  add('description', (value) => [{ name: 'description', value: validateDescription(value) }]);
  add('tags', (value) => toListParts('tags', value, TAG_MAX_COUNT, 'tag'));
  add('sections', toSectionParts);
  add('publishDate', (value) => [
    { name: 'publish_date', value: formatDatetime(value as DateTimeLike, 'publishDate') },
  ]);
  add('hosts', (value) => toHostParts(value, edit));
  add('disableComments', (value) => toFlagParts('disable_comments', validateFlag('disableComments', value), edit));
  add('hideStats', (value) => toFlagParts('hide_stats', validateFlag('hideStats', value), edit));
  add('unlisted', (value) => toFlagParts('unlisted', validateFlag('unlisted', value), edit));
  add('extra', toExtraParts);
  add('picture', (value) => [
    { name: 'picture', file: parseFileLike('picture', value, 'image/jpeg'), maxSize: PICTURE_MAX_SIZE },
  ]);
  return parts;
}

function validateFields(argument: string, input: unknown, known: readonly string[]): Fields {
  const fields = validateRecord(argument, input);
  for (const name of Object.keys(fields)) {
    if (known.includes(name)) continue;
    const likely = findNearest(name, known);
    const advice = likely ? `did you mean ${describe(likely)}? ` : '';
    throw new TypeError(`${argument}: unknown field ${describe(name)}; ${advice}extra passes a field on as it is`);
  }
  if (fields.onProgress !== undefined && typeof fields.onProgress !== 'function') {
    throwTypeError('onProgress', fields.onProgress, 'a function');
  }
  return fields;
}

function validateDescription(value: unknown): string {
  if (typeof value !== 'string') throwTypeError('description', value, 'a string');
  // Code points, as people count.
  let length = 0;
  for (const _ of value) length += 1;
  if (length > DESCRIPTION_MAX_SIZE) {
    throw new RangeError(`description: must be at most ${DESCRIPTION_MAX_SIZE} characters, but has ${length}`);
  }
  return value;
}

function validateList(argument: string, value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throwTypeError(argument, value, 'an array');
  // A copy without holes, which `map` would pass over.
  return Array.from(value);
}

function toListParts(argument: string, value: unknown, most: number, field: string): Part[] {
  const list = validateList(argument, value);
  if (list.length > most) throwRangeError(argument, list.length, `at most ${most} entries`);
  return list.map((entry, index) => ({
    name: `${argument}-${index}-${field}`,
    value: validateText(`${argument}[${index}]`, entry),
  }));
}

function toHostParts(value: unknown, edit: boolean): Part[] {
  const parts = toListParts('hosts', value, HOST_MAX_COUNT, 'username');
  // An empty first host is how the API is told to remove them all.
  return parts.length === 0 && edit ? [{ name: 'hosts-0-username', value: '' }] : parts;
}

function toSectionParts(value: unknown): Part[] {
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

function toExtraParts(value: unknown): Part[] {
  return Object.entries(validateRecord('extra', value)).map(([name, entry]) => {
    if (name === '') throwTypeError('extra', name, 'field names that are not empty');
    return { name, value: validateScalar(`extra.${name}`, entry) };
  });
}

function validateScalar(argument: string, value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'number' || !Number.isFinite(value)) throwTypeError(argument, value, 'a string or a number');
  return String(value);
}

// What unsets a flag is not documented; an empty value is what the documentation has for hosts.
function toFlagParts(name: string, value: boolean, edit: boolean): Part[] {
  if (value) return [{ name, value: '1' }];
  return edit ? [{ name, value: '' }] : [];
}
