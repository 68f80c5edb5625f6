/** `mixcloud-client` as the README's snippets get it when they are CommonJS. */
const real = require('mixcloud-client');

const { client } = JSON.parse(process.env.SNIPPET_WORLD ?? '{}');

exports.Mixcloud = class Mixcloud extends real.Mixcloud {
  constructor(options) {
    super({ ...client, ...options });
  }
};
