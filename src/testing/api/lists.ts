import { badRequest, type EmulatedResponse } from '../server/response.ts';
import type { Cloudcast } from '../world/entities.ts';
import type { ApiContext } from './api-context.ts';
import { pageByDate, pageByOffset } from './paging.ts';

/** What is on public lists: neither unlisted, nor still to be published, nor hidden by a fault. */
export function getListed(context: ApiContext): Cloudcast[] {
  return context.state.store
    .getAllCloudcasts()
    .filter((cloudcast) => !cloudcast.unlisted && !cloudcast.publishDate && !context.hides(cloudcast));
}

export function sortByPlays(cloudcasts: readonly Cloudcast[]): Cloudcast[] {
  return [...cloudcasts].sort((a, b) => b.plays - a.plays || a.id - b.id);
}

export function popular(context: ApiContext): EmulatedResponse {
  const view = context.view();
  return pageByOffset(
    context,
    sortByPlays(getListed(context)),
    (cloudcast) => view.cloudcast(cloudcast),
    'Popular Cloudcasts',
  );
}

export function hot(context: ApiContext): EmulatedResponse {
  const view = context.view();
  const { random } = context.state.store;
  const cloudcasts = getListed(context).sort((a, b) => random.hash('hot', b.id) - random.hash('hot', a.id));
  return pageByOffset(context, cloudcasts, (cloudcast) => view.cloudcast(cloudcast), 'Hot Cloudcasts');
}

/** By date, because people ask for what is new since some day. It is not known which kind of paging the API has here. */
export function latest(context: ApiContext): EmulatedResponse {
  const view = context.view();
  const dated = getListed(context)
    .map((item) => ({ item, time: item.created }))
    .sort((a, b) => b.time - a.time);
  return pageByDate(context, dated, (cloudcast) => view.cloudcast(cloudcast), 'New Cloudcasts');
}

export function search(context: ApiContext): EmulatedResponse {
  const { store } = context.state;
  const view = context.view();
  const query = context.query.get('q')?.trim() ?? '';
  if (query === '') throw badRequest('A search needs a query, as q.');
  const words = query.toLowerCase().split(/\s+/);
  const matches = (...texts: readonly string[]) => {
    const text = texts.join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  };
  const type = context.query.get('type') ?? 'cloudcast';
  switch (type) {
    case 'cloudcast':
    case 'upload': {
      const cloudcasts = [...sortByPlays(getListed(context)), ...store.getArchive()];
      const found = cloudcasts.filter((cloudcast) =>
        matches(cloudcast.name, cloudcast.owner.name, ...cloudcast.tags.map((tag) => tag.name)),
      );
      return pageByOffset(context, found, (cloudcast) => view.cloudcast(cloudcast));
    }
    case 'user':
      return pageByOffset(
        context,
        store.users.filter((user) => matches(user.name, user.username)),
        (user) => view.user(user),
      );
    case 'tag':
      return pageByOffset(
        context,
        store.getTags().filter((tag) => matches(tag.name, tag.slug)),
        (tag) => view.tag(tag),
      );
    default:
      throw badRequest(`There is no search for type ${type}.`);
  }
}
