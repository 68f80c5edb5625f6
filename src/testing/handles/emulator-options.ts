/** Options of {@link startEmulator} and {@link startEmulatorSync}. */
export interface EmulatorOptions {
  /**
   * The world's data is made up from this number: the same for the same seed. A whole number.
   *
   * @defaultValue `0`
   */
  readonly seed?: number | null | undefined;
  /**
   * Port on 127.0.0.1. `0` takes a free one.
   *
   * @defaultValue `0`
   */
  readonly port?: number | null | undefined;
  /**
   * `'default'` has a hundred users with cloudcasts, followers and favorites, among them `stationowner` with some shows.
   * `'empty'` has no data.
   *
   * @defaultValue `'default'`
   */
  readonly world?: 'default' | 'empty' | null | undefined;
}

/** Options of a handle's `options` and `oauthOptions`. */
export interface AccountOptions {
  /** A username, in any case. */
  readonly as?: string | null | undefined;
}

/** Options for `Mixcloud` or `MixcloudSync` whose requests go to an emulator. */
export interface EmulatorClientOptions {
  /** The address of the emulator. */
  readonly apiRoot: string;
  /** The real address of pages, because `url` fields and page URLs contain it. No request goes there. */
  readonly mixcloudRoot: string;
  /** The oEmbed endpoint of the emulator. */
  readonly oembedRoot: string;
  /** Access token of the user of `as`. */
  readonly accessToken?: string;
}

/** Options for `MixcloudOAuth` or `MixcloudOAuthSync` whose requests go to an emulator. */
export interface EmulatorOAuthOptions {
  /** Base URL of the emulator's OAuth pages. */
  readonly oauthRoot: string;
  /** Id of a made-up app. */
  readonly clientId: string;
  /** Secret of that app. */
  readonly clientSecret: string;
}

/** A user to add. */
export interface UserFields {
  /** A name that no user has yet, without `/`. */
  readonly username: string;
  /**
   * The name that people see.
   *
   * @defaultValue the username
   */
  readonly name?: string | null | undefined;
  /** What they say about themselves. @defaultValue empty */
  readonly biog?: string | null | undefined;
  /** Their city. @defaultValue none: the field is absent */
  readonly city?: string | null | undefined;
  /** Their country. @defaultValue none: the field is absent */
  readonly country?: string | null | undefined;
  /** Whether they have a Pro account. @defaultValue `false` */
  readonly isPro?: boolean | null | undefined;
  /** Whether they have a Premium account. @defaultValue `false` */
  readonly isPremium?: boolean | null | undefined;
  /**
   * An access token of your own, for a script that has it from a configuration file.
   *
   * @defaultValue a made-up token
   */
  readonly accessToken?: string | null | undefined;
}

/** A cloudcast to add. */
export interface CloudcastFields {
  /** Its title. The key follows from it. */
  readonly name: string;
  /** Its description. @defaultValue empty */
  readonly description?: string | null | undefined;
  /**
   * Names as people write them: `'Drum & Bass'`.
   *
   * @defaultValue none
   */
  readonly tags?: readonly string[] | null | undefined;
  /**
   * When it was published: a `Date` or an ISO 8601 string with a zone.
   *
   * @defaultValue the world's clock, so that it is the newest
   */
  readonly createdTime?: Date | string | null | undefined;
  /** How often it was played. @defaultValue `0` */
  readonly playCount?: number | null | undefined;
  /** How many people listened to it. @defaultValue `0` */
  readonly listenerCount?: number | null | undefined;
  /**
   * Its length in whole seconds. `0` leaves the field out, as for a show that is still being processed.
   *
   * @defaultValue `3600`
   */
  readonly audioLength?: number | null | undefined;
  /**
   * Usernames of hosts.
   *
   * @defaultValue none
   */
  readonly hosts?: readonly string[] | null | undefined;
  /** Whether its counts are hidden. @defaultValue `false` */
  readonly hideStats?: boolean | null | undefined;
  /** Whether it is for subscribers only. @defaultValue `false` */
  readonly isExclusive?: boolean | null | undefined;
  /** Only its owner sees it in lists. @defaultValue `false` */
  readonly unlisted?: boolean | null | undefined;
}
