import { Mixcloud } from 'mixcloud-client';

const mixcloud = new Mixcloud({ apiRoot: process.argv[2] });
console.log(JSON.stringify(await mixcloud.get('bob')));
await mixcloud.close();
