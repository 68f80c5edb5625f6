import { type EmulatedResponse, json, notFound } from '../server/response.ts';
import type { Cloudcast, Tag } from '../world/entities.ts';
import { slugify } from '../world/slug.ts';
import type { ApiContext } from './api-context.ts';
import { getListed, sortByPlays } from './lists.ts';
import { pageByOffset } from './paging.ts';

const CITY = 'city:';

/** A tag, a city, or both joined by a plus: `funk`, `city:athens`, `funk+city:athens`. */
export function getTag(context: ApiContext, slug: string, rest: readonly string[]): EmulatedResponse {
  const parts = slug.split('+');
  const tag = combineTags(context, slug, parts);
  const view = context.view();
  if (rest.length === 0) return json(view.fullTag(tag));
  const cloudcasts = getListed(context).filter((cloudcast) => parts.every((part) => matches(cloudcast, part)));
  // `hot` and `new` are the names of the older addresses.
  switch (rest.length === 1 ? rest[0] : undefined) {
    case 'popular':
    case 'hot':
      return pageByOffset(context, sortByPlays(cloudcasts), (cloudcast) => view.cloudcast(cloudcast));
    case 'latest':
    case 'new':
      return pageByOffset(
        context,
        cloudcasts.sort((a, b) => b.created - a.created),
        (cloudcast) => view.cloudcast(cloudcast),
      );
    default:
      throw notFound('Resource');
  }
}

function combineTags(context: ApiContext, slug: string, parts: readonly string[]): Tag {
  const { store } = context.state;
  const names = parts.map((part) => {
    if (part.startsWith(CITY)) {
      return store.users.find((user) => toCitySlug(user) === part.slice(CITY.length))?.city;
    }
    return store.getTags().find((tag) => tag.slug === part)?.name;
  });
  if (names.some((name) => name === undefined)) throw notFound('Tag');
  return { slug, name: names.join(' ') };
}

function matches(cloudcast: Cloudcast, part: string): boolean {
  if (part.startsWith(CITY)) return toCitySlug(cloudcast.owner) === part.slice(CITY.length);
  return cloudcast.tags.some((tag) => tag.slug === part);
}

function toCitySlug(user: { readonly city?: string }): string {
  return slugify(user.city ?? '');
}
