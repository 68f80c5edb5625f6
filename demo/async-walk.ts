import { type Cloudcast, type ItemKey, Mixcloud, MixcloudOAuth, type User } from 'mixcloud-client';
import { openBrowser } from './browser.ts';
import * as many from './many-steps.ts';
import * as reading from './reading-steps.ts';
import type { Stage } from './stage.ts';
import type { Story, Uploading } from './story.ts';
import type { Subject } from './subject.ts';
import * as writing from './writing-steps.ts';

const { PAGE } = reading;
const { NOBODY, UPLOAD } = writing;

/** The reading half, asynchronous. */
export async function read(mixcloud: Mixcloud, subject: Subject, story: Story): Promise<void> {
  const user = await story.play(reading.fetchUser(subject), () => mixcloud.get<User>(subject.user));
  await story.play(reading.readDates(), async () => user);
  await story.play(reading.search(subject), () => mixcloud.search(subject.query, { page: 0, perPage: PAGE }));

  const popular = await story.play(reading.popular(subject), () => mixcloud.popular({ limit: PAGE }));
  await story.play(reading.nextPage(popular), () => popular.next());
  const key = subject.known?.mostPopular ?? (reading.found(popular[0]).key as ItemKey);
  const mix = await story.play(reading.byKey(popular, key), async () => reading.found(popular[key]));
  await story.play(reading.load(), () => mix.load());

  await story.play(reading.followers(subject), () => user.followers({ limit: PAGE }));
  await story.play(reading.embed(subject), () => mix.embedHtml({ width: 300, height: 150 }));
}

/** The writing half, asynchronous. */
export async function write(mixcloud: Mixcloud, stage: Stage, story: Story, file: Uploading): Promise<void> {
  const oauth = new MixcloudOAuth({ ...stage.oauth, mixcloud });
  await story.play(writing.login(mixcloud), async () => {
    mixcloud.accessToken = await oauth.login({ onUrl: openBrowser, timeout: writing.PATIENCE });
    return mixcloud.accessToken;
  });
  await story.play(writing.whoAmI(stage.owner), () => mixcloud.me());

  const user = await mixcloud.get<User>(stage.subject.user);
  await story.play(writing.follow(stage.subject.user), () => user.follow());

  const { tags, description } = UPLOAD;
  const onProgress = file.bar.update;
  const { result } = await story.play(writing.upload(file), () =>
    mixcloud.upload(file.path, UPLOAD.name, { tags, onProgress }),
  );
  const key = result.key ?? '';
  await story.play(writing.edit(), () => mixcloud.edit(key, { description }));
  await story.play(writing.lookAtEdit(), () => mixcloud.get<Cloudcast>(key));

  await story.play(writing.answerWithError(), () => mixcloud.get(NOBODY));
  await using strict = new Mixcloud({ ...stage.client, raiseExceptions: true });
  await story.play(writing.readError(), () => strict.get(NOBODY).catch((error: unknown) => error));
  const six = ['a', 'b', 'c', 'd', 'e', 'f'];
  await story.play(writing.readMistake(), () => mixcloud.edit(key, { tags: six }).catch((error: unknown) => error));
}

/** Many at once, asynchronous. */
export async function gather(mixcloud: Mixcloud, subject: Subject, story: Story): Promise<void> {
  const user = await mixcloud.get<User>(subject.user);
  await story.play(many.everyShow(subject), async () => {
    const shows = [];
    for await (const show of (await user.cloudcasts({ limit: 10 })).all({ limit: many.LIMIT })) shows.push(show);
    return shows;
  });
  const popular = await mixcloud.popular({ limit: PAGE });
  const keys = [...new Set(popular.map((mix) => mix.user.key))];
  await story.play(many.several(keys), () => mixcloud.getMany<User>(keys));
  await story.play(many.loadEach(), () => popular.loadAll());
}
