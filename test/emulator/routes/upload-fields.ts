import type { RequestBody } from '../body.ts';
import { DESCRIPTION_MAX_SIZE, HOST_MAX_COUNT, MP3_MAX_SIZE, PICTURE_MAX_SIZE, TAG_MAX_COUNT } from '../constants.ts';
import type { Tag, User } from '../data/entities.ts';
import { tagNamed } from '../data/shows.ts';
import type { Store } from '../data/store.ts';
import { isoTime } from '../dates.ts';

export type Section = Readonly<Record<string, string>>;
export type Details = Record<string, string[]>;

const FLAGS = ['disable_comments', 'hide_stats', 'unlisted', 'publish', 'unpublish'] as const;
export type Flag = (typeof FLAGS)[number];

/** What a form asks for; `undefined` where it says nothing. */
export interface Form {
  readonly name: string | undefined;
  readonly description: string | undefined;
  readonly tags: readonly Tag[] | undefined;
  readonly sections: readonly Section[] | undefined;
  readonly hosts: readonly User[] | undefined;
  readonly publishDate: string | undefined;
  readonly flags: Readonly<Partial<Record<Flag, boolean>>>;
  readonly picture: string | undefined;
}

/** Reads a form and collects what is wrong with it, field by field, as the API reports it. */
export class FormReader {
  readonly details: Details = {};
  readonly #body: RequestBody;
  readonly #store: Store;

  constructor(body: RequestBody, store: Store) {
    this.#body = body;
    this.#store = store;
  }

  read(): Form {
    const description = this.#body.value('description');
    if (description !== undefined && [...description].length > DESCRIPTION_MAX_SIZE) {
      this.fail('description', `At most ${DESCRIPTION_MAX_SIZE} characters fit here.`);
    }
    const name = this.#body.value('name');
    if (name?.trim() === '') this.fail('name', 'A name cannot be empty.');
    return {
      name,
      description,
      tags: this.#tags(),
      sections: this.#sections(),
      hosts: this.#hosts(),
      publishDate: this.#publishDate(),
      flags: this.#flags(),
      picture: this.#picture(),
    };
  }

  checkMp3(): void {
    const file = this.#body.files.find((one) => one.name === 'mp3');
    if (!file) {
      this.fail('mp3', 'A file is needed here.');
      return;
    }
    if (file.size > MP3_MAX_SIZE) this.fail('mp3', 'This file is too large.');
    const [first = 0, second = 0] = file.head;
    const looksRight =
      file.head.subarray(0, 3).toString('latin1') === 'ID3' || (first === 0xff && (second & 0xe0) === 0xe0);
    if (!looksRight) this.fail('mp3', 'This does not look like an MP3 file.');
  }

  fail(field: string, message: string): void {
    this.details[field] = [...(this.details[field] ?? []), message];
  }

  /** Fields `PREFIX-X-PART` by X, which must count up from zero. */
  #numbered(prefix: string, max: number): Record<string, string>[] | undefined {
    const found = new Map<number, Record<string, string>>();
    for (const { name, value } of this.#body.fields) {
      const match = new RegExp(`^${prefix}-(\\d+)-([a-z_]+)$`).exec(name);
      if (!match) continue;
      const index = Number(match[1]);
      found.set(index, { ...found.get(index), [match[2] ?? '']: value });
    }
    if (found.size === 0) return undefined;
    const indices = [...found.keys()].sort((a, b) => a - b);
    if (indices.some((index, place) => index !== place))
      this.fail(prefix, 'The numbers must run from 0 without a gap.');
    if (found.size > max) this.fail(prefix, `At most ${max} are allowed.`);
    return indices.map((index) => found.get(index) ?? {});
  }

  #tags(): Tag[] | undefined {
    const tags = this.#numbered('tags', TAG_MAX_COUNT)?.map((part) => part.tag ?? '');
    // A single empty one takes all tags away, by analogy with hosts.
    return tags?.filter((tag) => tag !== '').map(tagNamed);
  }

  #sections(): Section[] | undefined {
    const sections = this.#numbered('sections', Number.POSITIVE_INFINITY);
    if (!sections) return undefined;
    let last = -1;
    for (const section of sections) {
      const whole = section.chapter ? true : Boolean(section.artist && section.song);
      if (!whole) this.fail('sections', 'Each needs a chapter, or an artist and a song.');
      const start = section.start_time ?? '';
      if (!/^\d+$/.test(start))
        this.fail('sections', `start_time must be whole seconds, not ${JSON.stringify(start)}.`);
      else if (Number(start) <= last && last >= 0) this.fail('sections', 'Each must start after the one before.');
      last = Number(start);
    }
    return sections;
  }

  #hosts(): User[] | undefined {
    const names = this.#numbered('hosts', HOST_MAX_COUNT)?.map((part) => part.username ?? '');
    if (names?.length === 1 && names[0] === '') return [];
    return names?.flatMap((name) => {
      const user = this.#store.user(name);
      if (!user) this.fail('hosts', `There is no user ${JSON.stringify(name)}.`);
      return user ? [user] : [];
    });
  }

  #publishDate(): string | undefined {
    const text = this.#body.value('publish_date');
    if (text === undefined || text === '') return text;
    const seconds = Date.parse(text) / 1000;
    if (
      !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(text) ||
      !Number.isFinite(seconds) ||
      isoTime(seconds) !== text
    ) {
      this.fail('publish_date', 'A date looks like 2024-06-01T12:00:00Z.');
    }
    return text;
  }

  /** Nobody knows what else than `1` and the empty text the API takes; here anything else is refused, so it is seen. */
  #flags(): Form['flags'] {
    const flags: Partial<Record<Flag, boolean>> = {};
    for (const name of FLAGS) {
      const value = this.#body.value(name);
      if (value === undefined) continue;
      if (value !== '' && value !== '1') this.fail(name, `1 or nothing, not ${JSON.stringify(value)}.`);
      flags[name] = value === '1';
    }
    const exclusive = [flags.unlisted, flags.publish, flags.unpublish].filter(Boolean);
    if (exclusive.length > 1) this.fail('unlisted', 'Only one of unlisted, publish and unpublish can be set.');
    return flags;
  }

  #picture(): string | undefined {
    const file = this.#body.files.find((one) => one.name === 'picture');
    if (!file) return undefined;
    if (file.size > PICTURE_MAX_SIZE) this.fail('picture', 'This picture is too large.');
    if (file.size === 0) this.fail('picture', 'This picture is empty.');
    return file.facts().sha256;
  }
}
