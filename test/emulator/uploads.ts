import type { Cloudcast } from './data/entities.ts';
import type { BodyFacts, StoredUpload } from './protocol.ts';

/** What was sent in uploads and edits that were taken. */
export class Uploads {
  readonly #stored = new Map<Cloudcast, { upload: BodyFacts | undefined; edits: BodyFacts[] }>();
  /** Sections as they were sent: the JSON of a cloudcast does not show them. */
  readonly sections = new Map<Cloudcast, readonly Readonly<Record<string, string>>[]>();

  add(show: Cloudcast, facts: BodyFacts): void {
    this.#stored.set(show, { upload: facts, edits: [] });
  }

  edited(show: Cloudcast, facts: BodyFacts): void {
    const stored = this.#stored.get(show) ?? { upload: undefined, edits: [] };
    stored.edits.push(facts);
    this.#stored.set(show, stored);
  }

  all(keyOf: (show: Cloudcast) => string): StoredUpload[] {
    return [...this.#stored].map(([show, { upload, edits }]) => ({
      key: keyOf(show),
      fields: upload?.fields ?? [],
      files: upload?.files ?? [],
      edits: edits.map(({ fields, files }) => ({ fields, files })),
    }));
  }
}
