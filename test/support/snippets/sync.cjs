/** `mixcloud-client/sync` as the README's snippets get it when they are CommonJS. */
const real = require('mixcloud-client/sync');

const { client } = JSON.parse(process.env.SNIPPET_WORLD ?? '{}');

exports.MixcloudSync = class MixcloudSync extends real.MixcloudSync {
  constructor(options) {
    super({ ...client, ...options });
  }
};
