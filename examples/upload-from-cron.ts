/**
 * Uploads a show, for a cron job: waits out a rate limit, tells what went wrong in one line, and ends with an exit code.
 *
 *   MIXCLOUD_TOKEN=… node upload-from-cron.ts show.mp3 'Late Show, 26 November' Jazz Soul
 *
 * Exit codes: 0 published, 1 refused, 2 called wrongly, 75 try again later (as in sysexits.h), 70 look before you try again.
 */
import { setTimeout } from 'node:timers/promises';
import {
  Mixcloud,
  MixcloudConnectionError,
  MixcloudError,
  MixcloudRateLimitError,
  MixcloudTimeoutError,
} from 'mixcloud-client';

const [path, name, ...tags] = process.argv.slice(2);
const accessToken = process.env.MIXCLOUD_TOKEN;
if (!path || !name || !accessToken) {
  console.error('Usage: MIXCLOUD_TOKEN=… upload-from-cron.ts FILE NAME [TAG…]');
  process.exit(2);
}

// A body with a file is never sent twice by itself, so that the wait for a rate limit of an upload is written out here.
const mixcloud = new Mixcloud({ accessToken, raiseExceptions: true });
const MAX_ATTEMPTS = 3;

async function upload(file: string, title: string): Promise<number> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const { result } = await mixcloud.upload(file, title, { tags });
      console.log(`Published: ${result.key ?? 'the API did not say where'}`);
      return 0;
    } catch (error) {
      if (!(error instanceof MixcloudRateLimitError) || attempt === MAX_ATTEMPTS) return report(error);
      const seconds = error.retryAfter ?? 60;
      console.error(`Rate limit: waiting ${seconds} s`);
      await setTimeout(seconds * 1000);
    }
  }
}

function report(error: unknown): number {
  // String(error) has the type, the message and the details, and never the token.
  console.error(String(error));
  if (error instanceof MixcloudRateLimitError) return 75;
  if (error instanceof MixcloudConnectionError || error instanceof MixcloudTimeoutError) {
    // Once bytes were sent, the show may have been published. The API would accept it a second time.
    return error.sent ? 70 : 75;
  }
  if (error instanceof MixcloudError || error instanceof TypeError || error instanceof RangeError) return 1;
  throw error;
}

process.exitCode = await upload(path, name);
await mixcloud.close();
