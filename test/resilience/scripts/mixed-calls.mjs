/** What the two loads have in common: calls of many kinds, each with an answer that is its own. */

// Errors that a call through a fault must end with, and nothing else may.
const FAULTS = [
  ['reset', 'MixcloudConnectionError'],
  ['end-early', 'MixcloudConnectionError'],
  ['corrupt-gzip', 'MixcloudConnectionError'],
  ['html-503', 'MixcloudDecodeError'],
  ['truncated-json', 'MixcloudDecodeError'],
  ['empty', 'MixcloudDecodeError'],
  ['api-error:400', 'MixcloudError'],
  ['rate-limit:1', 'MixcloudRateLimitError'],
  ['redirect-loop', 'MixcloudConnectionError'],
  ['hang', 'MixcloudTimeoutError'],
  ['drip:20', 'MixcloudTimeoutError'],
];
const ONE_IN = 20;
const SHORT = 200;

function check(condition, what) {
  if (!condition) throw new Error(`another call's answer: ${what}`);
}

/** The keys that the calls are about. */
export async function collectKeys(mixcloud) {
  const shows = (await mixcloud.popular({ limit: 100 })).map(({ key }) => key);
  const users = [...new Set(shows.map((key) => `/${key.split('/')[1]}/`))];
  return { shows, users };
}

/** Makes the call of a number; gives the name of the error that it was to end with, if it was. */
export async function makeCall(mixcloud, { world, shows, users }, n, options) {
  if (n % ONE_IN === 7) return await makeFaulty(mixcloud, world, n, options);
  const show = shows[(n * 7) % shows.length];
  const user = users[(n * 3) % users.length];
  switch (n % 9) {
    case 0:
      check((await mixcloud.get(show, options)).key === show, show);
      break;
    case 1:
      check((await mixcloud.get(user, options)).key === user, user);
      break;
    case 2: {
      const limit = 1 + (n % 17);
      check((await mixcloud.popular({ limit, offset: n % 50, ...options })).length === limit, limit);
      break;
    }
    case 3:
      check((await mixcloud.embedHtml(show, options)).includes(encodeURIComponent(show)), show);
      break;
    case 4: {
      const keys = [show, user, shows[n % shows.length]];
      const many = await mixcloud.getMany(keys, options);
      check(many.map(({ key }) => key).join() === keys.join(), keys);
      break;
    }
    case 5: {
      const list = await mixcloud.popular({ limit: 3, offset: n % 50, ...options });
      const { key } = list[1];
      await list[1].load(options);
      check(list[1].full && list[1].key === key, key);
      break;
    }
    case 6: {
      let count = 0;
      for await (const item of (await mixcloud.get('bob/followers', options)).all({ limit: 25, ...options })) {
        check(item.type === 'user', item);
        count += 1;
      }
      check(count === 25, count);
      break;
    }
    case 7:
      check((await mixcloud.follow(user, options)).result.success === true, user);
      break;
    default: {
      const audio = new Uint8Array([0x49, 0x44, 0x33, ...Buffer.from(String(n))]);
      const { result } = await mixcloud.upload(audio, `Show number ${n} of ${world.length}`, options);
      check(result?.key.includes(`show-number-${n}-`), n);
    }
  }
  return null;
}

async function makeFaulty(mixcloud, world, n, options) {
  const [fault, expected] = FAULTS[Math.floor(n / ONE_IN) % FAULTS.length];
  const timeout = expected === 'MixcloudTimeoutError' ? { timeout: SHORT } : {};
  let name = 'no error';
  try {
    await mixcloud.get(`${world}/fault/${fault}/bob/`, { ...options, ...timeout, relative: false });
  } catch (error) {
    name = error.name;
  }
  if (name !== expected) throw new Error(`${fault}: ${expected} was to come, but there was ${name}`);
  return name;
}

/** Megabytes of the heap that are in use, and of the whole process. */
export async function memory() {
  // What is on its way out is let go first.
  for (let round = 0; round < 3; round += 1) {
    await new Promise((resolve) => setTimeout(resolve, 30));
    globalThis.gc();
  }
  const { heapUsed, rss } = process.memoryUsage();
  return { heap: heapUsed / 2 ** 20, rss: rss / 2 ** 20 };
}
