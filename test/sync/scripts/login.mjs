/** Logs in as a script on a person's machine does: the URL is printed, and the program ends when it has the token. */
import { MixcloudOAuth } from 'mixcloud-client';
import { MixcloudOAuthSync } from 'mixcloud-client/sync';

const { OAUTH_ROOT: oauthRoot, CLIENT_ID: clientId, CLIENT_SECRET: clientSecret, MODE } = process.env;
const OAuth = MODE === 'async' ? MixcloudOAuth : MixcloudOAuthSync;
const token = await new OAuth({ oauthRoot, clientId, clientSecret }).login();
console.log(JSON.stringify({ token }));
