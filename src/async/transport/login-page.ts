/** The page with which a login ends in the browser: plain HTML that makes no request. */

/** Headers of every response of the listener. */
export const LISTENER_HEADERS = {
  'Cache-Control': 'no-store',
  Connection: 'close',
  'X-Content-Type-Options': 'nosniff',
};

/** Headers of the page. Its URL holds a code. */
export const PAGE_HEADERS = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
};

// The empty icon keeps browsers from asking for one.
const STYLE =
  'body{font:1.25rem/1.5 system-ui,sans-serif;max-width:30rem;margin:15vh auto;padding:0 1.5rem;overflow-wrap:anywhere}' +
  ':root{color-scheme:light dark}';

/** Returns the page. `failure` is the reason if the login did not succeed. */
export function createLoginPage(failure: string | null): string {
  const title = failure === null ? 'Logged in' : 'Not logged in';
  const text = failure === null ? 'The program has received access to your Mixcloud account.' : escapeHtml(failure);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<h1>${title}</h1>
<p>${text}</p>
<p>You can close this window.</p>
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
