import type { FileRecord } from '../handles/records.ts';
import type { Cloudcast } from './entities.ts';

/** The fields and files of one request. */
export interface SentForm {
  readonly fields: readonly { readonly name: string; readonly value: string }[];
  readonly files: readonly FileRecord[];
}

/** An upload that was accepted, and its later edits, oldest first. An edit of a cloudcast of the seed has no upload. */
export interface StoredUpload {
  readonly cloudcast: Cloudcast;
  readonly upload: SentForm | undefined;
  readonly edits: readonly SentForm[];
}

export type SentSection = Readonly<Record<string, string>>;

/** What accepted uploads and edits sent. */
export class Uploads {
  readonly #stored = new Map<Cloudcast, { upload: SentForm | undefined; edits: SentForm[] }>();
  readonly #sections = new Map<Cloudcast, readonly SentSection[]>();

  add(cloudcast: Cloudcast, upload: SentForm): void {
    this.#stored.set(cloudcast, { upload, edits: [] });
  }

  addEdit(cloudcast: Cloudcast, edit: SentForm): void {
    const stored = this.#stored.get(cloudcast) ?? { upload: undefined, edits: [] };
    stored.edits.push(edit);
    this.#stored.set(cloudcast, stored);
  }

  all(): StoredUpload[] {
    return [...this.#stored].map(([cloudcast, { upload, edits }]) => ({ cloudcast, upload, edits }));
  }

  /** The sections as they were sent: the JSON of a cloudcast does not show them. */
  sections(cloudcast: Cloudcast): readonly SentSection[] {
    return this.#sections.get(cloudcast) ?? [];
  }

  setSections(cloudcast: Cloudcast, sections: readonly SentSection[]): void {
    this.#sections.set(cloudcast, sections);
  }
}
