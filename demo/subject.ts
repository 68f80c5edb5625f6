import type { ItemKey } from 'mixcloud-client';

/** Whom the reading half is about. */
export interface Subject {
  readonly user: string;
  /** Something to search for. */
  readonly query: string;
  /** What must come out: of the made-up world everything is known, of the real one nothing. */
  readonly known: Known | null;
}

/** What is known of the user and the lists beforehand. */
export interface Known {
  readonly name: string;
  readonly city: string;
  readonly cloudcasts: number;
  readonly followers: number;
  /** Key of the first popular cloudcast. */
  readonly mostPopular: ItemKey;
}
