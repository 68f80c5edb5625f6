/** Fields of uploads and edits, with the limits that the API documents. */
import {
  describe,
  throwRangeError,
  throwTypeError,
  validateFlag,
  validateFunction,
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
import { type Validated, type Validator, validateOptions } from '../base/options.ts';
import { findNearest } from '../base/spelling.ts';
import type { Part, Progress } from '../protocol/messages.ts';
import { type DateTimeLike, formatDatetime } from './datetime.ts';
import { type FileLike, parseFileLike } from './file-like.ts';
import { toSectionParts, type UploadSection } from './upload-sections.ts';
import { validateList, validateScalar } from './upload-values.ts';

/** Fields that an upload and an edit have in common. */
export interface CommonUploadFields {
  /** A picture of at most {@link PICTURE_MAX_SIZE} bytes. */
  readonly picture?: FileLike | null | undefined;
  /** At most {@link DESCRIPTION_MAX_SIZE} characters. */
  readonly description?: string | null | undefined;
  /** At most {@link TAG_MAX_COUNT} tags. An edit replaces all of them. */
  readonly tags?: readonly string[] | null | undefined;
  /** The tracklist. An edit replaces all of it. */
  readonly sections?: readonly UploadSection[] | null | undefined;
  /** When to publish; Pro accounts only. */
  readonly publishDate?: DateTimeLike | null | undefined;
  /** At most {@link HOST_MAX_COUNT} user names. An edit replaces all of them; `[]` removes them. */
  readonly hosts?: readonly string[] | null | undefined;
  /** Pro accounts only. */
  readonly disableComments?: boolean | null | undefined;
  /** Pro accounts only. */
  readonly hideStats?: boolean | null | undefined;
  /** Pro accounts only. */
  readonly unlisted?: boolean | null | undefined;
  /** Further fields, sent unchanged, for fields that the API adds later. */
  readonly extra?: Readonly<Record<string, string | number>> | null | undefined;
  /** Called with the number of bytes sent, at most ten times a second and once at the end. */
  readonly onProgress?: ((progress: Progress) => void) | null | undefined;
}

/** Fields of an upload, except the audio and the name. */
export interface UploadFields extends CommonUploadFields {}

/** Fields of an edit. Only what is given is changed. */
export interface EditFields extends CommonUploadFields {
  /** A new name. */
  readonly name?: string | null | undefined;
  /** Publish a draft now. */
  readonly publish?: boolean | null | undefined;
  /** Make it a draft again. */
  readonly unpublish?: boolean | null | undefined;
}

type ToParts = (argument: string, value: unknown, isEdit: boolean) => readonly Part[];
type FieldTable<F> = { readonly [K in keyof F]-?: ToParts };

/** How each field is validated and sent, in the order of the body. The compiler checks that no field is missing. */
const COMMON_FIELDS = {
  description: (_argument, value) => [{ name: 'description', value: validateDescription(value) }],
  tags: (argument, value) => toListParts(argument, value, TAG_MAX_COUNT, 'tag'),
  sections: (_argument, value) => toSectionParts(value),
  publishDate: (argument, value) => [{ name: 'publish_date', value: formatDatetime(value as DateTimeLike, argument) }],
  hosts: (_argument, value, isEdit) => toHostParts(value, isEdit),
  disableComments: toFlagParts('disable_comments'),
  hideStats: toFlagParts('hide_stats'),
  unlisted: toFlagParts('unlisted'),
  extra: (_argument, value) => toExtraParts(value),
  picture: (argument, value) => [
    { name: 'picture', file: parseFileLike(argument, value, 'image/jpeg'), maxSize: PICTURE_MAX_SIZE },
  ],
  onProgress: (argument, value) => {
    validateFunction(argument, value);
    return [];
  },
} satisfies FieldTable<CommonUploadFields>;

const EDIT_FIELDS = {
  name: (argument, value) => [{ name: 'name', value: validateText(argument, value) }],
  ...COMMON_FIELDS,
  publish: toSwitchParts('publish'),
  unpublish: toSwitchParts('unpublish'),
} satisfies FieldTable<EditFields>;

// At most one of these may be true: each says who can see the upload.
const VISIBILITY = ['unlisted', 'publish', 'unpublish'] as const;

/** A body to send, and the options of the call. */
export interface ValidatedUpload {
  readonly parts: readonly Part[];
  readonly options: Validated<CallOptionTable>;
}

interface CallOptionTable {
  readonly timeout: Validator<number>;
}

/** Validates an upload and builds its multipart body. */
export function validateUpload(mp3: unknown, name: unknown, input: unknown, call: CallOptionTable): ValidatedUpload {
  const { fields, options } = splitFields('upload fields', input, COMMON_FIELDS, call, 'description');
  const file: Part = { name: 'mp3', file: parseFileLike('mp3', mp3, 'audio/mpeg'), maxSize: MP3_MAX_SIZE };
  // The audio is last, so that a server can reject the other fields before it receives the audio.
  const parts = [{ name: 'name', value: validateText('name', name) }, ...toParts(fields, COMMON_FIELDS, false), file];
  return { parts, options };
}

/** Validates an edit and builds its multipart body. */
export function validateEdit(input: unknown, call: CallOptionTable): ValidatedUpload {
  const { fields, options } = splitFields('edit fields', input, EDIT_FIELDS, call, 'name');
  const visible = VISIBILITY.filter((name) => fields[name] === true);
  if (visible.length > 1) {
    throw new TypeError(`${visible.join(', ')}: at most one of ${VISIBILITY.join(', ')} can be true`);
  }
  for (const name of ['tags', 'sections'] as const) {
    const list = fields[name];
    // The API documents how to remove all hosts, but not how to remove all tags or sections. To send no field would
    // leave them as they are, without an error.
    if (Array.isArray(list) && list.length === 0) {
      throw new TypeError(`${name}: the API has no documented way to remove all of them; give at least one`);
    }
  }
  const parts = toParts(fields, EDIT_FIELDS, true);
  if (parts.length === 0) throw new TypeError('edit fields: nothing to change; give at least one field');
  return { parts, options };
}

type Fields = Readonly<Record<string, unknown>>;

/** Separates the fields of a body from the options of the call, and rejects every other name. */
function splitFields(
  argument: string,
  input: unknown,
  table: object,
  call: CallOptionTable,
  textField: string,
): { readonly fields: Fields; readonly options: Validated<CallOptionTable> } {
  const fields: Record<string, unknown> = {};
  const options: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(validateRecord(argument, input, { string: textField }))) {
    if (Object.hasOwn(table, name)) fields[name] = value;
    else if (Object.hasOwn(call, name)) options[name] = value;
    else throwUnknownField(argument, name, [...Object.keys(table), ...Object.keys(call)]);
  }
  return { fields, options: validateOptions(argument, options, call) };
}

function throwUnknownField(argument: string, name: string, known: readonly string[]): never {
  const likely = findNearest(name, known);
  const advice = likely ? `did you mean ${describe(likely)}? ` : '';
  throw new TypeError(`${argument}: unknown field ${describe(name)}; ${advice}extra passes a field on as it is`);
}

function toParts(fields: Fields, table: Readonly<Record<string, ToParts>>, isEdit: boolean): Part[] {
  return Object.entries(table).flatMap(([name, convert]) =>
    fields[name] === undefined || fields[name] === null ? [] : convert(name, fields[name], isEdit),
  );
}

function validateDescription(value: unknown): string {
  if (typeof value !== 'string') throwTypeError('description', value, 'a string');
  // In code points, because an emoji counts as one character.
  let length = 0;
  for (const _ of value) length += 1;
  if (length > DESCRIPTION_MAX_SIZE) {
    throw new RangeError(`description: must be at most ${DESCRIPTION_MAX_SIZE} characters, but has ${length}`);
  }
  return value;
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
  // The API removes all hosts if the first one is empty.
  return parts.length === 0 && edit ? [{ name: 'hosts-0-username', value: '' }] : parts;
}

function toExtraParts(value: unknown): Part[] {
  return Object.entries(validateRecord('extra', value)).map(([name, entry]) => {
    if (name === '') throwTypeError('extra', name, 'field names that are not empty');
    return { name, value: validateScalar(`extra.${name}`, entry) };
  });
}

// The documentation does not say how to unset a flag. An empty value is what it documents for hosts.
function toFlagParts(name: string): ToParts {
  return (argument, value, isEdit) => {
    if (validateFlag(argument, value)) return [{ name, value: '1' }];
    return isEdit ? [{ name, value: '' }] : [];
  };
}

// These are commands rather than states. `false` commands nothing.
function toSwitchParts(name: string): ToParts {
  return (argument, value) => (validateFlag(argument, value) ? [{ name, value: '1' }] : []);
}
