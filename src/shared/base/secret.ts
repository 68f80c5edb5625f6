/** Redaction of access tokens and client secrets. */

/** Secret values, by the name of their query parameter. */
export type Secrets = Readonly<Record<string, string>>;

/** Replaces a secret in a text. */
export const REDACTED = '[redacted]';

// A shorter secret would match inside ordinary words ("token" in "access_token").
const MIN_LITERAL_LENGTH = 8;

// The links of a response repeat the query of the request, token included. JSON may write `&` as `\u0026`.
const PARAMETERS: Readonly<Record<string, RegExp>> = {
  access_token: /\b(access_token)=(?!\[redacted\])(?:(?!\\u0026)[^&#"'<>\s])+/g,
  client_secret: /\b(client_secret)=(?!\[redacted\])(?:(?!\\u0026)[^&#"'<>\s])+/g,
};

/** Returns `text` without the secrets: as they are, percent-encoded, or as the value of their query parameter. */
export function redact(text: string, secrets: Secrets): string {
  let clean = text;
  for (const [name, secret] of Object.entries(secrets)) {
    // First, because the parameter's pattern ends at a blank or a quote inside the secret.
    for (const form of toSentForms(secret)) {
      if (form.length >= MIN_LITERAL_LENGTH && clean.includes(form)) clean = clean.replaceAll(form, REDACTED);
    }
    const parameter = PARAMETERS[name];
    if (parameter && clean.includes(`${name}=`)) clean = clean.replace(parameter, `$1=${REDACTED}`);
  }
  return clean;
}

/** Returns `text` without the values of secret query parameters, for places that do not know the secrets. */
export function redactParameters(text: string): string {
  return Object.values(PARAMETERS).reduce((clean, parameter) => clean.replace(parameter, `$1=${REDACTED}`), text);
}

function toSentForms(secret: string): Set<string> {
  const query = new URLSearchParams({ s: secret });
  // `query` replaces half of a surrogate pair, which `encodeURIComponent` rejects.
  const sent = query.get('s') ?? secret;
  const quoted = JSON.stringify(sent).slice(1, -1);
  // Some writers of JSON escape a slash.
  const escaped = quoted.replaceAll('/', '\\/');
  return new Set([secret, sent, quoted, escaped, encodeURIComponent(sent), query.toString().slice(2)]);
}
