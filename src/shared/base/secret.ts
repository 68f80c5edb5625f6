/** Keeps access tokens and client secrets out of everything that the library shows. */
import { replaceSecret } from './secret-search.ts';

/** Values that must not be shown, by the names of the query parameters that carry them. */
export type Secrets = Readonly<Record<string, string>>;

/** What stands in the place of a secret. */
export const REDACTED = '[redacted]';

// A shorter secret would be found inside ordinary words ("token" in "access_token") and spoil them.
const MIN_LITERAL_LENGTH = 8;

// A link of the API repeats the query of the request, with the token. In JSON, `&` may be written as `\u0026`.
const PARAMETERS: Readonly<Record<string, RegExp>> = {
  access_token: /\b(access_token)=(?!\[redacted\])(?:(?!\\u0026)[^&#"'<>\s])+/g,
  client_secret: /\b(client_secret)=(?!\[redacted\])(?:(?!\\u0026)[^&#"'<>\s])+/g,
};

/**
 * Returns `text` without any of the secrets: as they are, as the value of a query parameter, or with any of their
 * characters encoded as in JSON, in a URL or in HTML. So what is decoded from the result holds no secret either.
 */
export function redact(text: string, secrets: Secrets): string {
  let clean = text;
  for (const [name, secret] of Object.entries(secrets)) {
    // Before the parameter, whose value ends at a blank or a quote inside the secret.
    if (secret.length >= MIN_LITERAL_LENGTH) {
      clean = replaceSecret(clean, secret, REDACTED);
      for (const form of getSentForms(secret)) {
        if (form !== secret) clean = replaceSecret(clean, form, REDACTED);
      }
    }
    const parameter = PARAMETERS[name];
    if (parameter && clean.includes(`${name}=`)) clean = clean.replace(parameter, `$1=${REDACTED}`);
  }
  return clean;
}

/** Returns `text` without the values of query parameters that hold secrets, where the secrets are not known. */
export function redactParameters(text: string): string {
  return Object.values(PARAMETERS).reduce((clean, parameter) => clean.replace(parameter, `$1=${REDACTED}`), text);
}

/** Returns a secret as it is sent. A secret that contains `%` can be told from its encoded form only if both are searched. */
function getSentForms(secret: string): Set<string> {
  const query = new URLSearchParams({ s: secret });
  // Half of a surrogate pair cannot be sent. A URL replaces it.
  const sent = query.get('s') ?? secret;
  return new Set([sent, encodeURIComponent(sent), query.toString().slice(2)]);
}
