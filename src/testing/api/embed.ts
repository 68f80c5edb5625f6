import { badRequest, type EmulatedResponse, html, json, notFound, respond } from '../server/response.ts';
import type { Cloudcast } from '../world/entities.ts';
import { cloudcastKey } from '../world/keys.ts';
import type { ApiContext } from './api-context.ts';

const PLAYER = 'https://player.emulator.example/widget/';

function buildFrame(
  context: ApiContext,
  cloudcast: Cloudcast,
  key: string,
): { html: string; width: string; height: string } {
  const { query } = context;
  const width = parseSize(query.get('width')) ?? '100%';
  const height = parseSize(query.get('height')) ?? '120';
  const color = query.get('color');
  if (color !== null && !/^[0-9a-f]{6}$/i.test(color)) throw badRequest('color must be six hex digits.');
  const source = new URLSearchParams({ feed: key, ...(color === null ? {} : { color }) });
  const title = escapeXml(cloudcast.name);
  return {
    html: `<iframe width="${width}" height="${height}" src="${PLAYER}?${escapeXml(String(source))}" title="${title}" frameborder="0"></iframe>`,
    width,
    height,
  };
}

export function embed(context: ApiContext, cloudcast: Cloudcast, form: 'embed-json' | 'embed-html'): EmulatedResponse {
  const frame = buildFrame(context, cloudcast, cloudcastKey(cloudcast));
  return form === 'embed-html' ? html(frame.html) : json({ html: frame.html });
}

export function oembed(context: ApiContext): EmulatedResponse {
  const cloudcast = findByPageUrl(context);
  const key = cloudcastKey(cloudcast);
  const frame = buildFrame(context, cloudcast, key);
  const { pageRoot } = context.state;
  const facts = {
    type: 'rich',
    version: '1.0',
    title: cloudcast.name,
    author_name: cloudcast.owner.name,
    author_url: `${pageRoot}${key.replace(/[^/]+\/$/, '')}`,
    provider_name: 'Mixcloud',
    provider_url: `${pageRoot}/`,
    url: `${pageRoot}${key}`,
    image: `https://thumbnailer.emulator.example/unsafe/600x600/extaudio/${cloudcast.picture}.jpg`,
    width: frame.width,
    height: frame.height,
    html: frame.html,
  };
  switch (context.query.get('format') ?? 'json') {
    case 'json':
      return json(facts, 200, { 'Content-Type': 'application/json' });
    case 'xml': {
      const lines = Object.entries(facts).map(([name, value]) => `  <${name}>${escapeXml(value)}</${name}>`);
      const text = `<?xml version="1.0" encoding="utf-8"?>\n<oembed>\n${lines.join('\n')}\n</oembed>\n`;
      return respond(200, { 'Content-Type': 'text/xml; charset=utf-8' }, text);
    }
    default:
      throw badRequest('format must be json or xml.');
  }
}

/** The cloudcast that `url` names, whatever the root of its page: the world's own or the real one. */
function findByPageUrl(context: ApiContext): Cloudcast {
  const url = context.query.get('url') ?? '';
  const root = [context.state.pageRoot, 'https://www.mixcloud.com', context.server.origin].find((one) =>
    url.startsWith(`${one}/`),
  );
  if (root === undefined) throw badRequest('url must be the address of a page.');
  const [name = '', slug = ''] = decodeURIComponent(url.slice(root.length)).split('/').filter(Boolean);
  const user = context.state.store.user(name);
  const cloudcast = user && context.state.store.cloudcast(user, slug);
  if (!cloudcast) throw notFound('Cloudcast');
  return cloudcast;
}

function parseSize(text: string | null): string | undefined {
  if (text === null) return undefined;
  if (!/^\d{1,5}%?$/.test(text)) throw badRequest('width and height must be numbers.');
  return text;
}

/** Text with the characters that XML and HTML reserve as references. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);
}
