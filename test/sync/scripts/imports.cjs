/** Imports an entry and says what that did, and what a call does then. */
const read = new Set();
const { env } = process;
const world = env.WORLD;
// Node.js itself reads some while it loads a module.
const note = (name) => {
  if (/[\\/](dist|node_modules)[\\/]/.test(new Error().stack)) read.add(name);
};
process.env = new Proxy(env, {
  get(target, name) {
    note(name);
    return target[name];
  },
  ownKeys(target) {
    note('*');
    return Reflect.ownKeys(target);
  },
});
let workers = 0;
process.on('worker', () => {
  workers += 1;
});
const turn = () => new Promise((resolve) => setImmediate(resolve));
const loaded = () =>
  Object.keys(require.cache).filter((path) => /[\\/]node_modules[\\/](undici|synckit)[\\/]/.test(path));
const packages = () => [...new Set(loaded().map((path) => (path.includes('undici') ? 'undici' : 'synckit')))];

async function main() {
  const [, , way, entry] = process.argv;
  const before = process.getActiveResourcesInfo().length;
  const exported = way === 'import' ? await import(entry) : require(entry);
  const imported = { packages: packages(), env: [...read] };
  await turn();
  const resources = process.getActiveResourcesInfo().length - before;
  const told = { ...imported, workers, resources };
  let called;
  if (exported.MixcloudSync) {
    const mixcloud = new exported.MixcloudSync({ apiRoot: world });
    called = { city: mixcloud.get('bob').city, packages: packages() };
  }
  process.stdout.write(`${JSON.stringify({ ...told, called })}\n`);
}

main();
