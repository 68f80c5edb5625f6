/**
 * The page of a station: its latest shows, a login with Mixcloud, and a button that makes a show a favorite of the visitor.
 *
 *   CLIENT_ID=… CLIENT_SECRET=… STATION=nts PORT=8080 node station-server.ts
 */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Mixcloud, MixcloudError, MixcloudOAuth, type User } from 'mixcloud-client';

const { CLIENT_ID: clientId, CLIENT_SECRET: clientSecret, STATION = 'nts', PORT = '8080' } = process.env;
const mixcloud = new Mixcloud({ raiseExceptions: true, timeout: 10_000 });
const oauth = new MixcloudOAuth({ clientId, clientSecret, mixcloud });
// A client for each visitor. All share the connections of `mixcloud`.
const visitors = new Map<string, Mixcloud>();

const server = createServer((request, response) => {
  answer(request, response).catch((error: unknown) => {
    console.error(String(error));
    response.writeHead(error instanceof MixcloudError ? 502 : 500).end('Something went wrong. Try again later.');
  });
});
server.listen(Number(PORT), '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : PORT;
  oauth.redirectUri = `http://127.0.0.1:${port}/back`;
  console.log(`http://127.0.0.1:${port}/`);
});

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const visitor = visitors.get(/\bsession=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1] ?? '');
  if (url.pathname === '/login') return redirect(response, oauth.authorizationUrl);
  if (url.pathname === '/back') {
    const accessToken = await oauth.accessToken(url.searchParams.get('code') ?? 'none');
    const session = randomUUID();
    visitors.set(session, mixcloud.withOptions({ accessToken }));
    response.setHeader('Set-Cookie', `session=${session}; HttpOnly; SameSite=Lax; Path=/`);
    return redirect(response, '/');
  }
  if (url.pathname === '/favorite' && request.method === 'POST' && visitor) {
    await visitor.favorite(url.searchParams.get('key') ?? '');
    return redirect(response, '/');
  }
  const station = await mixcloud.get<User>(STATION);
  const shows = await station.cloudcasts({ limit: 10 });
  const who = visitor ? `Hello ${(await visitor.me()).name}` : '<a href="/login">Log in</a>';
  const items = shows.map(({ key, name }) => `<li>${toHtml(name)}${visitor ? button(key) : ''}</li>`);
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  response.end(`<h1>${toHtml(station.name)}</h1><p>${who}</p><ul>${items.join('')}</ul>`);
}

const redirect = (response: ServerResponse, location: string): void => void response.writeHead(303, { location }).end();
const toHtml = (text: string): string => text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);
const button = (key: string): string =>
  `<form method="post" action="/favorite?key=${encodeURIComponent(key)}"><button>♥</button></form>`;
