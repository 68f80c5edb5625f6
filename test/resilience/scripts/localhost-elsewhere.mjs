/** Preloaded with NODE_OPTIONS: `localhost` resolves to an address of another machine, or to that and loopback. */
import dns from 'node:dns';

const { lookup } = dns;
dns.lookup = (hostname, options, callback) => {
  if (hostname !== 'localhost') return lookup(hostname, options, callback);
  const { ADDRESSES } = process.env;
  const addresses = ADDRESSES.split(',').map((address) => ({ address, family: 4 }));
  const done = callback ?? options;
  if (options.all) return process.nextTick(done, null, addresses);
  return process.nextTick(done, null, addresses[0].address, 4);
};
