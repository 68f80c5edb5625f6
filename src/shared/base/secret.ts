/** Keeps access tokens and client secrets out of everything that the library shows. */

/** Values that must not be shown, by the names of the query parameters that carry them. */
export type Secrets = Readonly<Record<string, string>>;

/** What stands in the place of a secret. */
export const REDACTED = '[redacted]';

// A shorter secret would be found inside ordinary words ("token" in "access_token") and spoil them.
const MIN_LITERAL_LENGTH = 8;

// A link of the API repeats the query that it was asked with, token included. In JSON a `&` may stand as `\u0026`.
const PARAMETERS: Readonly<Record<string, RegExp>> = {
  access_token: /\b(access_token)=(?!\[redacted\])(?:(?!\\u0026)[^&#"'<>\s])+/g,
  client_secret: /\b(client_secret)=(?!\[redacted\])(?:(?!\\u0026)[^&#"'<>\s])+/g,
};

/** `text` without any of the secrets, as they are, percent-encoded, or as the value of a query parameter. */
export function redact(text: string, secrets: Secrets): string {
  let clean = text;
  for (const [name, secret] of Object.entries(secrets)) {
    // Before the parameter, whose value ends where a blank or a quote inside the secret stands.
    for (const form of toSentForms(secret)) {
      if (form.length >= MIN_LITERAL_LENGTH && clean.includes(form)) clean = clean.replaceAll(form, REDACTED);
    }
    const parameter = PARAMETERS[name];
    if (parameter && clean.includes(`${name}=`)) clean = clean.replace(parameter, `$1=${REDACTED}`);
  }
  return clean;
}

/** `text` without what query parameters of these names carry, where nobody knows which values are secret. */
export function redactParameters(text: string): string {
  return Object.values(PARAMETERS).reduce((clean, parameter) => clean.replace(parameter, `$1=${REDACTED}`), text);
}

function toSentForms(secret: string): Set<string> {
  const query = new URLSearchParams({ s: secret });
  // As it is sent: half of a surrogate pair is not, and would make the encoding fail.
  const sent = query.get('s') ?? secret;
  const quoted = JSON.stringify(sent).slice(1, -1);
  // Some writers of JSON escape a slash.
  const escaped = quoted.replaceAll('/', '\\/');
  return new Set([secret, sent, quoted, escaped, encodeURIComponent(sent), query.toString().slice(2)]);
}
