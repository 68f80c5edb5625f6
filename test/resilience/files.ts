import { readdirSync, readlinkSync } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder of the test's own, which goes with it. */
export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'mixcloud-files-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A file of so many bytes, almost none of which are written. */
export async function sparseFile(folder: string, name: string, size: number): Promise<string> {
  const path = join(folder, name);
  const file = await open(path, 'w');
  // What audio begins with; the rest takes no room.
  if (size >= 3) await file.write('ID3');
  await file.truncate(size);
  await file.close();
  return path;
}

/** Files under a folder that this process has open, its worker threads included. */
export function openFiles(folder: string): string[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc/self/fd').flatMap((descriptor) => {
    try {
      const target = readlinkSync(`/proc/self/fd/${descriptor}`);
      return target.startsWith(folder) ? [target] : [];
    } catch {
      // The descriptor of the listing itself is gone by now.
      return [];
    }
  });
}
