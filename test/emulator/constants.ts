/**
 * Values that exist in every world. Secrets are long and like nothing else, so that a test can search logs, messages and
 * dumps for the very string.
 */
export const OWNER = 'stationowner';
export const OWNER_TOKEN = 'EmulatorOwnerToken0f4d1a7c93b25e68Zq7PxLm2';
export const LISTENER = 'Night_Listener';
export const LISTENER_TOKEN = 'EmulatorListenerToken8e2b6c50d9f7413aWk4RtVn9';

/** Needs encoding in a query: shows a client that forgets it, or that redacts one spelling only. Belongs to `bob`. */
export const AWKWARD_TOKEN = 'Emulator+Awkward/Token=5c&7e%20%C3%A9 "quoted" 91d3f0aa';

/** Well formed and unknown to every world, as a token is after its user took the permission back. */
export const REVOKED_TOKEN = 'EmulatorRevokedToken77aa01cd52e948bfHs3YuKd6';

export interface App {
  readonly clientId: string;
  readonly clientSecret: string;
  /** What the exchange of a code gives, always the same. */
  readonly accessToken: string;
  /** Valid for one exchange in every world; more come from `/oauth/authorize` or from the handle's `code()`. */
  readonly firstCode: string;
}

export const OWNER_APP: App = {
  clientId: 'EmulatorClientIdA41c',
  clientSecret: 'EmulatorClientSecretA96e0b3d17f82c45aTj8GbNe',
  accessToken: OWNER_TOKEN,
  firstCode: 'EmulatorCodeA20bd',
};

export const LISTENER_APP: App = {
  clientId: 'EmulatorClientIdB7d2',
  clientSecret: 'EmulatorClientSecretB3c5f71e0a9d864b2Mv6QhXs',
  accessToken: LISTENER_TOKEN,
  firstCode: 'EmulatorCodeB91fa',
};

export const APPS: readonly App[] = [OWNER_APP, LISTENER_APP];

export const TOKENS: ReadonlyMap<string, string> = new Map([
  [OWNER_TOKEN, OWNER],
  [LISTENER_TOKEN, LISTENER],
  [AWKWARD_TOKEN, 'bob'],
]);

/** Where pages live, unless a world is told otherwise: the real address, since keys and page URLs carry it. */
export const PAGE_ROOT = 'https://www.mixcloud.com';

/** The world's clock at its start, in UNIX seconds: 2024-06-01T12:00:00Z. Each change moves it on by a second. */
export const START_TIME = Date.UTC(2024, 5, 1, 12) / 1000;

export const PAGE_SIZE = 20;
export const PAGE_CAP = 100;

export const MP3_MAX_SIZE = 4294967296;
export const PICTURE_MAX_SIZE = 10485760;
export const DESCRIPTION_MAX_SIZE = 1000;
export const TAG_MAX_COUNT = 5;
export const HOST_MAX_COUNT = 2;

/** How many cloudcasts the user `archive` has. */
export const ARCHIVE_SIZE = 2000;
