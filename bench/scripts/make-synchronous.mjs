import makeSynchronous from 'make-synchronous';

const fetchText = makeSynchronous(async (undici, url) => {
  const { request } = await import(undici);
  const { gunzipSync } = await import('node:zlib');
  const { body } = await request(url, { headers: { 'accept-encoding': 'gzip' } });
  return gunzipSync(await body.arrayBuffer()).toString('utf8');
});

const text = fetchText(import.meta.resolve('undici'), `${process.argv[2]}/bob/?metadata=1`);
console.log(JSON.stringify(JSON.parse(text)));
