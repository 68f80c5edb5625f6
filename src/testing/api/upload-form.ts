import {
  DESCRIPTION_MAX_SIZE,
  HOST_MAX_COUNT,
  MP3_MAX_SIZE,
  PICTURE_MAX_SIZE,
  TAG_MAX_COUNT,
} from '../../shared/base/constants.ts';
import type { FormParser } from '../server/form-parser.ts';
import { toTag } from '../world/cloudcasts.ts';
import { formatIsoTime } from '../world/dates.ts';
import type { Tag, User } from '../world/entities.ts';
import type { Store } from '../world/store.ts';
import type { SentSection } from '../world/uploads.ts';

/** Messages by field, as the API reports them. */
export type FieldErrors = Record<string, string[]>;

const FLAGS = ['disable_comments', 'hide_stats', 'unlisted', 'publish', 'unpublish'] as const;
type Flag = (typeof FLAGS)[number];

/** What a form asks for. `undefined` where it says nothing. */
export interface UploadForm {
  readonly name: string | undefined;
  readonly description: string | undefined;
  readonly tags: readonly Tag[] | undefined;
  readonly sections: readonly SentSection[] | undefined;
  readonly hosts: readonly User[] | undefined;
  readonly publishDate: string | undefined;
  readonly flags: Readonly<Partial<Record<Flag, boolean>>>;
  /** Hash of the picture. */
  readonly picture: string | undefined;
}

export interface UploadFormOptions {
  /** The API ignores an unknown host of an upload. In an edit, it then changes no host. */
  readonly unknownHosts: 'ignore' | 'keep-hosts';
}

/** Parses a form and collects what is wrong with it, field by field. */
export class UploadFormParser {
  readonly errors: FieldErrors = {};
  readonly #form: FormParser;
  readonly #store: Store;

  constructor(form: FormParser, store: Store) {
    this.#form = form;
    this.#store = store;
  }

  parse(options: UploadFormOptions): UploadForm {
    const description = this.#form.value('description');
    if (description !== undefined && [...description].length > DESCRIPTION_MAX_SIZE) {
      this.addError('description', `At most ${DESCRIPTION_MAX_SIZE} characters fit here.`);
    }
    const name = this.#form.value('name');
    if (name?.trim() === '') this.addError('name', 'A name cannot be empty.');
    return {
      name,
      description,
      tags: this.#parseTags(),
      sections: this.#parseSections(),
      hosts: this.#parseHosts(options),
      publishDate: this.#parsePublishDate(),
      flags: this.#parseFlags(),
      picture: this.#parsePicture(),
    };
  }

  checkMp3(): void {
    const file = this.#form.file('mp3');
    if (!file) {
      this.addError('mp3', 'A file is needed here.');
      return;
    }
    if (file.size > MP3_MAX_SIZE) this.addError('mp3', 'This file is too large.');
    const [first = 0, second = 0] = file.head;
    const hasId3 = file.head.subarray(0, 3).toString('latin1') === 'ID3';
    const hasFrameSync = first === 0xff && (second & 0xe0) === 0xe0;
    if (!hasId3 && !hasFrameSync) this.addError('mp3', 'This does not look like an MP3 file.');
  }

  addError(field: string, message: string): void {
    this.errors[field] = [...(this.errors[field] ?? []), message];
  }

  /** Fields `PREFIX-X-PART` by X, which must count up from zero. */
  #parseNumbered(prefix: string, max: number): Record<string, string>[] | undefined {
    const found = new Map<number, Record<string, string>>();
    const pattern = new RegExp(`^${prefix}-(\\d+)-([a-z_]+)$`);
    for (const { name, value } of this.#form.fields) {
      const match = pattern.exec(name);
      if (!match) continue;
      const index = Number(match[1]);
      found.set(index, { ...found.get(index), [match[2] ?? '']: value });
    }
    if (found.size === 0) return undefined;
    const indices = [...found.keys()].sort((a, b) => a - b);
    if (indices.some((index, place) => index !== place)) {
      this.addError(prefix, 'The numbers must run from 0 without a gap.');
    }
    if (found.size > max) this.addError(prefix, `At most ${max} are allowed.`);
    return indices.map((index) => found.get(index) ?? {});
  }

  #parseTags(): Tag[] | undefined {
    const tags = this.#parseNumbered('tags', TAG_MAX_COUNT)?.map((part) => part.tag ?? '');
    // A single empty one removes all tags, by analogy with hosts.
    return tags?.filter((tag) => tag !== '').map(toTag);
  }

  #parseSections(): SentSection[] | undefined {
    const sections = this.#parseNumbered('sections', Number.POSITIVE_INFINITY);
    if (!sections) return undefined;
    let last = -1;
    for (const section of sections) {
      if (!(section.chapter || section.artist || section.song)) {
        this.addError('sections', 'Each needs a chapter, an artist or a song.');
      }
      const { start_time: start } = section;
      if (start === undefined) continue;
      if (!/^\d+$/.test(start)) {
        this.addError('sections', `start_time must be whole seconds, not ${JSON.stringify(start)}.`);
      } else if (Number(start) <= last && last >= 0) {
        this.addError('sections', 'Each must start after the one before.');
      }
      last = Number(start);
    }
    return sections;
  }

  #parseHosts({ unknownHosts }: UploadFormOptions): User[] | undefined {
    const names = this.#parseNumbered('hosts', HOST_MAX_COUNT)?.map((part) => part.username ?? '');
    if (names?.length === 1 && names[0] === '') return [];
    const hosts = names?.flatMap((name) => this.#store.user(name) ?? []);
    const allKnown = hosts?.length === names?.length;
    return allKnown || unknownHosts === 'ignore' ? hosts : undefined;
  }

  #parsePublishDate(): string | undefined {
    const text = this.#form.value('publish_date');
    if (text === undefined || text === '') return text;
    const seconds = Date.parse(text) / 1000;
    const wellFormed = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(text);
    if (!wellFormed || !Number.isFinite(seconds) || formatIsoTime(seconds) !== text) {
      this.addError('publish_date', 'A date looks like 2024-06-01T12:00:00Z.');
    }
    return text;
  }

  /** It is not known what else than `1` and the empty text the API accepts. Here anything else is refused, so that it is seen. */
  #parseFlags(): UploadForm['flags'] {
    const flags: Partial<Record<Flag, boolean>> = {};
    for (const name of FLAGS) {
      const value = this.#form.value(name);
      if (value === undefined) continue;
      if (value !== '' && value !== '1') this.addError(name, `1 or nothing, not ${JSON.stringify(value)}.`);
      flags[name] = value === '1';
    }
    const exclusive = [flags.unlisted, flags.publish, flags.unpublish].filter(Boolean);
    if (exclusive.length > 1) this.addError('unlisted', 'Only one of unlisted, publish and unpublish can be set.');
    return flags;
  }

  #parsePicture(): string | undefined {
    const file = this.#form.file('picture');
    if (!file) return undefined;
    if (file.size > PICTURE_MAX_SIZE) this.addError('picture', 'This picture is too large.');
    if (file.size === 0) this.addError('picture', 'This picture is empty.');
    return file.record().sha256;
  }
}
