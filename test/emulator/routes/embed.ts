import type { Cloudcast } from '../data/entities.ts';
import type { Exchange } from '../exchange.ts';
import { badRequest, html, json, notFound, type Reply, reply } from '../reply.ts';
import { cloudcastKey } from '../view.ts';

const PLAYER = 'https://player.emulator.example/widget/';

function iframe(exchange: Exchange, show: Cloudcast, key: string): { html: string; width: string; height: string } {
  const { query } = exchange;
  const width = size(query.get('width')) ?? '100%';
  const height = size(query.get('height')) ?? '120';
  const color = query.get('color');
  if (color !== null && !/^[0-9a-f]{6}$/i.test(color)) throw badRequest('color must be six hex digits.');
  const source = new URLSearchParams({ feed: key, ...(color === null ? {} : { color }) });
  const title = escapeXml(show.name);
  return {
    html: `<iframe width="${width}" height="${height}" src="${PLAYER}?${escapeXml(String(source))}" title="${title}" frameborder="0"></iframe>`,
    width,
    height,
  };
}

export function embed(exchange: Exchange, show: Cloudcast, form: 'embed-json' | 'embed-html'): Reply {
  const frame = iframe(exchange, show, cloudcastKey(show));
  return form === 'embed-html' ? html(frame.html) : json({ html: frame.html });
}

export function oembed(exchange: Exchange): Reply {
  const show = pointedAt(exchange);
  const key = cloudcastKey(show);
  const frame = iframe(exchange, show, key);
  const { pageRoot } = exchange.world;
  const facts = {
    type: 'rich',
    version: '1.0',
    title: show.name,
    author_name: show.owner.name,
    author_url: `${pageRoot}${key.replace(/[^/]+\/$/, '')}`,
    provider_name: 'Mixcloud',
    provider_url: `${pageRoot}/`,
    url: `${pageRoot}${key}`,
    image: `https://thumbnailer.emulator.example/unsafe/600x600/extaudio/${show.picture}.jpg`,
    width: frame.width,
    height: frame.height,
    html: frame.html,
  };
  switch (exchange.query.get('format') ?? 'json') {
    case 'json':
      return json(facts, 200, { 'Content-Type': 'application/json' });
    case 'xml': {
      const lines = Object.entries(facts).map(([name, value]) => `  <${name}>${escapeXml(value)}</${name}>`);
      const text = `<?xml version="1.0" encoding="utf-8"?>\n<oembed>\n${lines.join('\n')}\n</oembed>\n`;
      return reply(200, { 'Content-Type': 'text/xml; charset=utf-8' }, text);
    }
    default:
      throw badRequest('format must be json or xml.');
  }
}

/** The cloudcast that `url` names, whatever the root of its page: the world's own or the real one. */
function pointedAt(exchange: Exchange): Cloudcast {
  const url = exchange.query.get('url') ?? '';
  const root = [exchange.world.pageRoot, 'https://www.mixcloud.com', exchange.world.origin].find((one) =>
    url.startsWith(`${one}/`),
  );
  if (root === undefined) throw badRequest('url must be the address of a page.');
  const [name = '', slug = ''] = decodeURIComponent(url.slice(root.length)).split('/').filter(Boolean);
  const user = exchange.world.store.user(name);
  const show = user && exchange.world.store.cloudcast(user, slug);
  if (!show) throw notFound('Cloudcast');
  return show;
}

function size(text: string | null): string | undefined {
  if (text === null) return undefined;
  if (!/^\d{1,5}%?$/.test(text)) throw badRequest('width and height must be numbers.');
  return text;
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);
}
