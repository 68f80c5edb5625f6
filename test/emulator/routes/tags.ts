import type { Cloudcast, Tag } from '../data/entities.ts';
import { slugify } from '../data/slug.ts';
import type { Exchange } from '../exchange.ts';
import { byOffset } from '../paging.ts';
import { json, notFound, type Reply } from '../reply.ts';
import { byPlays, listed } from './lists.ts';

const CITY = 'city:';

/** A tag, a city, or both joined by a plus: `funk`, `city:athens`, `funk+city:athens`. */
export function tagRoutes(exchange: Exchange, slug: string, rest: readonly string[]): Reply {
  const parts = slug.split('+');
  const tag = combined(exchange, slug, parts);
  const view = exchange.view();
  if (rest.length === 0) return json(view.fullTag(tag));
  const shows = listed(exchange).filter((show) => parts.every((part) => fits(show, part)));
  // The two names after `popular` and `latest` are those of the older addresses.
  switch (rest.length === 1 ? rest[0] : undefined) {
    case 'popular':
    case 'hot':
      return byOffset(exchange, byPlays(shows), (show) => view.cloudcast(show));
    case 'latest':
    case 'new':
      return byOffset(
        exchange,
        shows.sort((a, b) => b.created - a.created),
        (show) => view.cloudcast(show),
      );
    default:
      throw notFound('Resource');
  }
}

function combined(exchange: Exchange, slug: string, parts: readonly string[]): Tag {
  const { store } = exchange.world;
  const names = parts.map((part) => {
    if (part.startsWith(CITY)) {
      const city = store.users.find((user) => cityOf(user) === part.slice(CITY.length))?.city;
      return city;
    }
    return store.tags().find((tag) => tag.slug === part)?.name;
  });
  if (names.some((name) => name === undefined)) throw notFound('Tag');
  return { slug, name: names.join(' ') };
}

function fits(show: Cloudcast, part: string): boolean {
  if (part.startsWith(CITY)) return cityOf(show.owner) === part.slice(CITY.length);
  return show.tags.some((tag) => tag.slug === part);
}

function cityOf(user: { readonly city?: string }): string {
  return slugify(user.city ?? '');
}
