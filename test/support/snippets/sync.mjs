/** `mixcloud-client/sync` as the README's snippets get it. */
import * as real from 'mixcloud-client/sync';

export * from 'mixcloud-client/sync';

const { client } = JSON.parse(process.env.SNIPPET_WORLD ?? '{}');

export class MixcloudSync extends real.MixcloudSync {
  constructor(options) {
    super({ ...client, ...options });
  }
}
