/**
 * Classes of your own for what a client returns. The types of its methods follow.
 *
 *   node own-classes.ts nts
 */
import { Mixcloud, type PartialUser, Resource, ResourceList, type User } from 'mixcloud-client';

/** Any resource, with what a station's page says about shows. */
class Show extends Resource {
  /** Length as people read it: `1:05 h`. Fields that a type does not know are `any`. */
  get duration(): string {
    const minutes = Math.round(Number(this.data.audio_length ?? 0) / 60);
    return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')} h`;
  }

  override toString(): string {
    return `${String(this.data.name)} (${this.duration})`;
  }
}

/** A list that knows how to be printed. */
class Charts extends ResourceList {
  print(): void {
    for (const [index, show] of this.entries()) console.log(`${index + 1}. ${String(show)}`);
  }
}

const mixcloud = new Mixcloud({ resourceClass: Show, resourceListClass: Charts, raiseExceptions: true });

// A `Show` that is a `User`, too.
const station = await mixcloud.get<User>(process.argv[2] ?? 'nts');
console.log(station.name, station.created_time.year);

// Lists are `Charts`, and their items are shows: in connections, in nested objects and in loops.
const shows = await station.cloudcasts({ limit: 5 });
shows.print();
for await (const show of shows.all({ limit: 8 })) console.log(show.duration, show.play_count);

// A helper that asks for fields takes a resource of any class.
function greet({ name, username }: PartialUser): string {
  return `${name} (@${username})`;
}
console.log(greet(station), ...(await station.followers({ limit: 2 })).map(greet));
await mixcloud.close();
