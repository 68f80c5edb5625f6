/** What takes arguments and sends nothing: constructors, properties and datetimes. */
import fc from 'fast-check';
import { formatDatetime, type Mixcloud, type MixcloudOAuth, toTimestamp } from 'mixcloud-client';
import { anyText, anyValue, call, mostly, options } from './values.ts';

export interface Classes {
  readonly Mixcloud: typeof Mixcloud;
  readonly MixcloudOAuth: typeof MixcloudOAuth;
  readonly live: Mixcloud;
}

export interface Making {
  readonly name: string;
  readonly input: fc.Arbitrary<unknown>;
  readonly make: (classes: Classes, input: unknown) => unknown;
}

const url = fc.oneof(
  fc.constantFrom(
    'https://x.example',
    'http://127.0.0.1:9/a/',
    'https://x.example/?a',
    'https://a:b@x.example',
    'x.example',
  ),
  fc.webUrl(),
  anyText,
);
const text = fc.oneof(fc.constantFrom('a', 'a\r\nb', '\ud800', 'é', '日'), anyText);

const settings = options({
  ...call,
  apiRoot: url,
  mixcloudRoot: url,
  oembedRoot: url,
  accessToken: text,
  raiseExceptions: fc.boolean(),
  jsonDecoder: fc.constant(JSON.parse),
  retries: fc.nat(),
  maxRateLimitWait: fc.nat(),
  proxy: url,
  userAgent: text,
});

const oauthSettings = options({
  oauthRoot: url,
  clientId: text,
  clientSecret: text,
  redirectUri: url,
  raiseExceptions: fc.boolean(),
  mixcloud: fc.constant(null),
});

const moment = mostly(
  fc.oneof(
    fc.date(),
    fc.integer(),
    fc.double(),
    fc.constantFrom('2018 Feb 12 13:00:00', 'May 2019', '10-03-2019'),
    anyText,
  ),
);

/** Sets a property, and then reads it back. */
function property(name: string, of: (classes: Classes) => object): Making {
  return {
    name: `property ${name}`,
    input: fc.oneof(text, anyValue),
    make: (classes, input) => {
      const owner = of(classes);
      Reflect.set(owner, name, input);
      return Reflect.get(owner, name);
    },
  };
}

export const MAKINGS: readonly Making[] = [
  {
    name: 'new Mixcloud',
    input: settings,
    make: ({ Mixcloud }, input) => {
      const made = new Mixcloud(input as object);
      void made.close();
      return made;
    },
  },
  {
    name: 'new MixcloudOAuth and its authorizationUrl',
    input: oauthSettings,
    make: ({ MixcloudOAuth }, input) => new MixcloudOAuth(input as object).authorizationUrl,
  },
  property('accessToken', ({ live }) => live),
  ...['clientId', 'clientSecret', 'redirectUri', 'mixcloud'].map((name) =>
    property(name, ({ MixcloudOAuth }) => new MixcloudOAuth()),
  ),
  { name: 'toTimestamp', input: moment, make: (_classes, input) => toTimestamp(input as string) },
  { name: 'formatDatetime', input: moment, make: (_classes, input) => formatDatetime(input as string) },
];
