/**
 * Values that exist in every default world. Secrets are long and like nothing else, so that a test can search logs, messages
 * and dumps for the very string.
 */

/** The user that a script under test usually acts as. */
export const OWNER = 'stationowner';
export const OWNER_TOKEN = 'EmulatorOwnerToken0f4d1a7c93b25e68Zq7PxLm2';

/** A second user, who has uploaded little and follows much. */
export const LISTENER = 'Night_Listener';
export const LISTENER_TOKEN = 'EmulatorListenerToken8e2b6c50d9f7413aWk4RtVn9';

/** Needs encoding in a query: shows a client that forgets it, or that redacts one spelling only. Belongs to `bob`. */
export const AWKWARD_TOKEN = 'Emulator+Awkward/Token=5c&7e%20%C3%A9"quoted"91d3f0aa';

/** Well formed and unknown to every world, as a token is after its user took the permission back. */
export const REVOKED_TOKEN = 'EmulatorRevokedToken77aa01cd52e948bfHs3YuKd6';

/** A registered application, whose logins are those of one user. */
export interface App {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** An app with values that tests can name before any world runs. */
export interface FixedApp extends App {
  /** What the exchange of a code returns. */
  readonly accessToken: string;
  /** Valid for one exchange in every default world. */
  readonly firstCode: string;
}

export const OWNER_APP: FixedApp = {
  clientId: 'EmulatorClientIdA41c',
  clientSecret: 'EmulatorClientSecretA96e0b3d17f82c45aTj8GbNe',
  accessToken: OWNER_TOKEN,
  firstCode: 'EmulatorCodeA20bd',
};

export const LISTENER_APP: FixedApp = {
  clientId: 'EmulatorClientIdB7d2',
  clientSecret: 'EmulatorClientSecretB3c5f71e0a9d864b2Mv6QhXs',
  accessToken: LISTENER_TOKEN,
  firstCode: 'EmulatorCodeB91fa',
};

/** Tokens and apps that are the same in every default world, by username. All others are made up. */
export const FIXED_TOKENS: ReadonlyMap<string, string> = new Map([
  [OWNER, OWNER_TOKEN],
  [LISTENER, LISTENER_TOKEN],
  ['bob', AWKWARD_TOKEN],
]);
export const FIXED_APPS: ReadonlyMap<string, FixedApp> = new Map([
  [OWNER, OWNER_APP],
  [LISTENER, LISTENER_APP],
]);

/** The world's clock at its start, in UNIX seconds: 2024-06-01T12:00:00Z. Each change moves it on by a second. */
export const START_TIME: number = Date.UTC(2024, 5, 1, 12) / 1000;

/** How many cloudcasts the user `archive` has. */
export const ARCHIVE_SIZE = 2000;
