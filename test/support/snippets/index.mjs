/** `mixcloud-client` as the README's snippets get it: the same, but its clients talk to a world of the emulator. */
import * as real from 'mixcloud-client';

export * from 'mixcloud-client';

const { client, oauth } = JSON.parse(process.env.SNIPPET_WORLD ?? '{}');

export class Mixcloud extends real.Mixcloud {
  constructor(options) {
    super({ ...client, ...options });
  }
}

export class MixcloudOAuth extends real.MixcloudOAuth {
  constructor(options) {
    super({ ...oauth, ...options });
  }

  /** With the real address in it, which is what the page shows. */
  get authorizationUrl() {
    return super.authorizationUrl.replace(this.oauthRoot, real.OAUTH_ROOT);
  }
}
