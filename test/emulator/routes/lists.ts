import type { Cloudcast } from '../data/entities.ts';
import { hash } from '../data/random.ts';
import type { Exchange } from '../exchange.ts';
import { byDate, byOffset } from '../paging.ts';
import { badRequest, type Reply } from '../reply.ts';

/** What is on public lists: neither unlisted nor still to be published. */
export function listed(exchange: Exchange): Cloudcast[] {
  return exchange.world.store.everyCloudcast().filter((show) => !show.unlisted && !show.publishDate);
}

export function byPlays(shows: readonly Cloudcast[]): Cloudcast[] {
  return [...shows].sort((a, b) => b.plays - a.plays || a.id - b.id);
}

export function popular(exchange: Exchange): Reply {
  const view = exchange.view();
  return byOffset(exchange, byPlays(listed(exchange)), (show) => view.cloudcast(show), 'Popular Cloudcasts');
}

export function hot(exchange: Exchange): Reply {
  const view = exchange.view();
  const shows = listed(exchange).sort((a, b) => hash('hot', b.id) - hash('hot', a.id));
  return byOffset(exchange, shows, (show) => view.cloudcast(show), 'Hot Cloudcasts');
}

/** By date, since people ask for what is new since some day; no record shows which kind of paging the API has here. */
export function latest(exchange: Exchange): Reply {
  const view = exchange.view();
  const dated = listed(exchange)
    .map((item) => ({ item, time: item.created }))
    .sort((a, b) => b.time - a.time);
  return byDate(exchange, dated, (show) => view.cloudcast(show), 'New Cloudcasts');
}

export function search(exchange: Exchange): Reply {
  const { store } = exchange.world;
  const view = exchange.view();
  const query = exchange.query.get('q')?.trim() ?? '';
  if (query === '') throw badRequest('A search needs a query, as q.');
  const words = query.toLowerCase().split(/\s+/);
  const matches = (...texts: readonly string[]) => {
    const text = texts.join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  };
  const type = exchange.query.get('type') ?? 'cloudcast';
  switch (type) {
    case 'cloudcast':
    case 'upload': {
      const shows = [...byPlays(listed(exchange)), ...store.archive()];
      const found = shows.filter((show) => matches(show.name, show.owner.name, ...show.tags.map((tag) => tag.name)));
      return byOffset(exchange, found, (show) => view.cloudcast(show));
    }
    case 'user':
      return byOffset(
        exchange,
        store.users.filter((user) => matches(user.name, user.username)),
        (user) => view.user(user),
      );
    case 'tag':
      return byOffset(
        exchange,
        store.tags().filter((tag) => matches(tag.name, tag.slug)),
        (tag) => view.tag(tag),
      );
    default:
      throw badRequest(`There is no search for type ${type}.`);
  }
}
