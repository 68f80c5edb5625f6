import type { Cloudcast, ItemKey, User } from 'mixcloud-client';
import { MixcloudOAuthSync, MixcloudSync } from 'mixcloud-client/sync';
import { openBrowser } from './browser.ts';
import * as many from './many-steps.ts';
import * as reading from './reading-steps.ts';
import type { Stage } from './stage.ts';
import type { Story, Uploading } from './story.ts';
import type { Subject } from './subject.ts';
import * as writing from './writing-steps.ts';

const { PAGE } = reading;
const { NOBODY, UPLOAD } = writing;

/** The reading half, blocking: there is no promise in this file. */
export function read(mixcloud: MixcloudSync, subject: Subject, story: Story): void {
  const user = story.playBlocking(reading.fetchUser(subject), () => mixcloud.get<User>(subject.user));
  story.playBlocking(reading.readDates(), () => user);
  story.playBlocking(reading.search(subject), () => mixcloud.search(subject.query, { page: 0, perPage: PAGE }));

  const popular = story.playBlocking(reading.popular(subject), () => mixcloud.popular({ limit: PAGE }));
  story.playBlocking(reading.nextPage(popular), () => popular.next());
  const key = subject.known?.mostPopular ?? (reading.found(popular[0]).key as ItemKey);
  const mix = story.playBlocking(reading.byKey(popular, key), () => reading.found(popular[key]));
  story.playBlocking(reading.load(), () => mix.load());

  story.playBlocking(reading.followers(subject), () => user.followers({ limit: PAGE }));
  story.playBlocking(reading.embed(subject), () => mix.embedHtml({ width: 300, height: 150 }));
}

/** The writing half, blocking. */
export function write(mixcloud: MixcloudSync, stage: Stage, story: Story, file: Uploading): void {
  const oauth = new MixcloudOAuthSync({ ...stage.oauth, mixcloud });
  story.playBlocking(writing.login(mixcloud), () => {
    mixcloud.accessToken = oauth.login({ onUrl: openBrowser, timeout: writing.PATIENCE });
    return mixcloud.accessToken;
  });
  story.playBlocking(writing.whoAmI(stage.owner), () => mixcloud.me());

  const user = mixcloud.get<User>(stage.subject.user);
  story.playBlocking(writing.follow(stage.subject.user), () => user.follow());

  const { tags, description } = UPLOAD;
  const onProgress = file.bar.update;
  const { result } = story.playBlocking(writing.upload(file), () =>
    mixcloud.upload(file.path, UPLOAD.name, { tags, onProgress }),
  );
  const key = result.key ?? '';
  story.playBlocking(writing.edit(), () => mixcloud.edit(key, { description }));
  story.playBlocking(writing.lookAtEdit(), () => mixcloud.get<Cloudcast>(key));

  story.playBlocking(writing.answerWithError(), () => mixcloud.get(NOBODY));
  using strict = new MixcloudSync({ ...stage.client, raiseExceptions: true });
  story.playBlocking(writing.readError(), () => thrownBy(() => strict.get(NOBODY)));
  const six = ['a', 'b', 'c', 'd', 'e', 'f'];
  story.playBlocking(writing.readMistake(), () => thrownBy(() => mixcloud.edit(key, { tags: six })));
}

/** Many at once, blocking: the requests run in parallel while the caller waits once. */
export function gather(mixcloud: MixcloudSync, subject: Subject, story: Story): void {
  const user = mixcloud.get<User>(subject.user);
  story.playBlocking(many.everyShow(subject), () => [...user.cloudcasts({ limit: 10 }).all({ limit: many.LIMIT })]);
  const popular = mixcloud.popular({ limit: PAGE });
  const keys = [...new Set(popular.map((mix) => mix.user.key))];
  story.playBlocking(many.several(keys), () => mixcloud.getMany<User>(keys));
  story.playBlocking(many.loadEach(), () => popular.loadAll());
}

function thrownBy(call: () => unknown): unknown {
  try {
    return call();
  } catch (error) {
    return error;
  }
}
