/** Where secrets may go. */
import { describe, refuse } from '../base/argument.ts';

const LOOPBACK = /^(?:localhost|(?:.+\.)?localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Whether a connection to this host stays on the machine. */
export function isLoopback(url: URL): boolean {
  return LOOPBACK.test(url.hostname);
}

/** Whether a secret may be sent there: nobody on the way can read it. */
export function isPrivate(url: URL): boolean {
  return url.protocol === 'https:' || isLoopback(url);
}

/** An http or https URL without user, query or fragment, and without a slash at its end. */
export function readRoot(argument: string, value: unknown): string {
  if (typeof value !== 'string' && !(value instanceof URL)) refuse(argument, value, 'an http or https URL');
  const url = URL.canParse(String(value)) ? new URL(value) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) refuse(argument, value, 'an http or https URL');
  if (url.search || url.hash || url.username || url.password) {
    throw new TypeError(
      `${argument}: ${describe(url.origin + url.pathname)} must not have a user, a query or a fragment`,
    );
  }
  return url.href.replace(/\/+$/, '');
}
