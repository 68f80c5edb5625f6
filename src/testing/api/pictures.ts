import type { JsonObject } from '../server/json.ts';

const HOST = 'https://thumbnailer.emulator.example/unsafe';

const SIZES: Readonly<Record<string, number>> = {
  small: 25,
  thumbnail: 50,
  medium_mobile: 80,
  medium: 100,
  large: 300,
  '320wx320h': 320,
  extra_large: 600,
  '640wx640h': 640,
};

/** Cloudcasts have larger ones too. */
export function pictures(path: string, more: readonly number[] = []): JsonObject {
  const named = Object.entries(SIZES).map(([name, size]) => [name, `${HOST}/${size}x${size}/${path}`]);
  const large = more.map((size) => [`${size}wx${size}h`, `${HOST}/${size}x${size}/${path}`]);
  return Object.fromEntries([...named, ...large]);
}

export function coverPictures(path: string): JsonObject {
  const sizes = [
    [835, 120],
    [1113, 160],
    [1670, 240],
  ];
  return Object.fromEntries(sizes.map(([w, h]) => [`${w}wx${h}h`, `${HOST}/${w}x${h}/profile_cover/${path}.jpg`]));
}
