import { MixcloudSync } from 'mixcloud-client/sync';

const mixcloud = new MixcloudSync({ apiRoot: process.argv[2] });
console.log(JSON.stringify(mixcloud.get('bob')));
