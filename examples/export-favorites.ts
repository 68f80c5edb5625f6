/**
 * Exports the favorites of a user to JSON lines and CSV, blocking. It can be interrupted: it writes down how far it came
 * after each page, and goes on from there when it is started again.
 *
 *   node export-favorites.ts bob favorites
 */
import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Cloudcast, Listing, User } from 'mixcloud-client';
import { MixcloudSync } from 'mixcloud-client/sync';

const [username, base] = process.argv.slice(2);
if (!username || !base) {
  console.error('Usage: export-favorites.ts USER FILE');
  process.exit(2);
}
const [lines, table, bookmark] = [`${base}.jsonl`, `${base}.csv`, `${base}.next`];

const mixcloud = new MixcloudSync({ raiseExceptions: true, maxRateLimitWait: 600 });
// The link to the next page is kept as the API sent it: dates of favorites stand in no item.
let page = existsSync(bookmark)
  ? mixcloud.get<Listing<Cloudcast>>(readFileSync(bookmark, 'utf8'), { relative: false })
  : start();

for (;;) {
  appendFileSync(lines, page.map((show) => `${JSON.stringify(show.data)}\n`).join(''));
  const link = page.paging?.next;
  if (link === undefined || page.length === 0) break;
  writeFileSync(bookmark, link);
  page = mixcloud.get<Listing<Cloudcast>>(link, { relative: false });
}
rmSync(bookmark, { force: true });
mixcloud.close();

const shows = new Map<string, Cloudcast>();
for (const line of readFileSync(lines, 'utf8').split('\n').filter(Boolean)) {
  // An interruption between the two files repeats a page.
  const show = JSON.parse(line) as Cloudcast;
  shows.set(show.key, show);
}
const rows = Array.from(shows.values(), ({ key, name, user, url }) => [key, name, user.username, url]);
const quote = (value: string): string => `"${value.replaceAll('"', '""')}"`;
writeFileSync(
  table,
  [['key', 'name', 'user', 'url'], ...rows].map((row) => `${row.map(quote).join(',')}\r\n`).join(''),
);
console.log(`${shows.size} favorites in ${lines} and ${table}`);

function start() {
  writeFileSync(lines, '');
  return mixcloud.get<User>(username ?? '').favorites({ limit: 50 });
}
