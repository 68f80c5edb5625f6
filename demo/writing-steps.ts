import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { type ActionResult, MixcloudError, type User } from 'mixcloud-client';
import type { EitherClient, EitherResource } from './either.ts';
import type { Step, Uploading } from './story.ts';

/** What the upload is called, and what becomes of it. */
export const UPLOAD = {
  name: 'Twenty Minutes of Silence',
  tags: ['Ambient', 'Field Recording'],
  description: 'Nothing, at 320 kbit/s. Best heard late.',
} as const;

/** A user that no world has. */
export const NOBODY = 'nobody-of-this-name';

type Result = Pick<ActionResult, 'result'>;

/** How long a login waits for the browser, in milliseconds. */
export const PATIENCE = 20_000;

export function login(client: EitherClient): Step<string> {
  return {
    title: 'Log in with a browser',
    code: 'mixcloud.accessToken = await oauth.login({ onUrl: openBrowser })',
    tell: (token, story) => {
      assert.ok(token, 'the login gave no token');
      assert.equal(client.accessToken, token);
      const shown = inspect(client);
      assert.equal(
        shown.includes(token) || JSON.stringify(client).includes(token),
        false,
        'the client shows its token',
      );
      story.say(`the client has it, and does not show it: ${/accessToken: .*?(?=,)/.exec(shown)?.[0]}`);
    },
  };
}

export function whoAmI(owner: string): Step<EitherResource<User>> {
  return {
    title: 'Who that is',
    code: 'await mixcloud.me()',
    tell: (user, story) => {
      assert.equal(user.username, owner);
      story.say(`${user}`);
    },
  };
}

export function follow(name: string): Step<Result> {
  return {
    title: 'An action',
    code: 'await user.follow()',
    tell: (answer, story) => {
      const result = succeeded(answer);
      story.say(result.message);
      assert.match(result.message, new RegExp(`\\b${name}\\b`));
    },
  };
}

export function upload({ size, bar }: Uploading): Step<Result> {
  return {
    title: `Upload ${(size / 1e6).toFixed(1)} MB, straight from the disk`,
    code: `await mixcloud.upload(path, '${UPLOAD.name}', { tags, onProgress })`,
    tell: (answer, story) => {
      const result = succeeded(answer);
      assert.ok(result.key, 'the upload has no key');
      assert.equal(bar.last?.sent, bar.last?.total);
      assert.equal((bar.last?.total ?? 0) > size, true, 'the progress did not count the whole body');
      story.say(`${result.message}, at ${result.key}`);
    },
  };
}

export function edit(): Step<Result> {
  return {
    title: 'Edit it',
    code: `await mixcloud.edit(key, { description: '${UPLOAD.description}' })`,
    tell: (answer, story) => {
      const result = succeeded(answer);
      story.say(result.message);
    },
  };
}

export function lookAtEdit(): Step<{ readonly name: string; readonly description?: string | undefined }> {
  return {
    title: 'And look at it',
    code: '(await mixcloud.get<Cloudcast>(key)).description',
    tell: ({ name, description }, story) => {
      assert.deepEqual({ name, description }, { name: UPLOAD.name, description: UPLOAD.description });
      story.say(`${name}: ${JSON.stringify(description)}`);
    },
  };
}

export function answerWithError(): Step<object> {
  return {
    title: 'An error is an answer …',
    code: `await mixcloud.get('${NOBODY}')`,
    tell: (answer, story) => {
      story.say(`${JSON.stringify(answer)}`);
      assert.equal('error' in answer, true);
    },
  };
}

export function readError(): Step<unknown> {
  return {
    title: '… or thrown, when you ask for it',
    code: `await new Mixcloud({ raiseExceptions: true }).get('${NOBODY}')`,
    tell: (error, story) => {
      assert.equal(error instanceof MixcloudError, true, 'no MixcloudError was thrown');
      const { name, status, message } = error as MixcloudError;
      assert.equal(status, 404);
      story.say(`${error}`);
      story.say(`That is a ${name}: the API answered ${status} and said "${message}"`);
    },
  };
}

export function readMistake(): Step<unknown> {
  return {
    title: 'A mistake is named before anything is sent',
    code: "await mixcloud.edit(key, { tags: ['a', 'b', 'c', 'd', 'e', 'f'] })",
    tell: (error, story) => {
      assert.equal(error instanceof RangeError, true, 'no RangeError was thrown');
      story.say(`${error}`);
    },
  };
}

function succeeded(answer: Partial<Result>): { readonly message: string; readonly key?: string | undefined } {
  const { result } = answer;
  assert.ok(result?.success === true, `the API answered ${JSON.stringify(answer)} in place of a success`);
  const { message, key } = result;
  assert.ok(message !== undefined, 'the API sent no message');
  return { message, key };
}
