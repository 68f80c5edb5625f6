/** The servers that the contenders call, each in a process of its own. */
import { record } from './recording.ts';
import { ServerHandle } from './server-handle.ts';

/** Milliseconds after which the distant server responds. */
export const LATENCY = 20;

export interface Servers {
  /** Plain HTTP, as quick as it can be. */
  readonly loopback: ServerHandle;
  /** With TLS and latency, as servers have that are far away. */
  readonly distant: ServerHandle;
}

export async function withServers<T>(use: (servers: Servers) => Promise<T>): Promise<T> {
  const recorded = await record();
  const loopback = await ServerHandle.start(recorded);
  try {
    const distant = await ServerHandle.start(recorded, { tls: true, latency: LATENCY });
    try {
      return await use({ loopback, distant });
    } finally {
      await distant.stop();
    }
  } finally {
    await loopback.stop();
  }
}
