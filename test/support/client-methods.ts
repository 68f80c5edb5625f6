import { Mixcloud } from 'mixcloud-client';

// They send no request.
const OTHERS = new Set(['constructor', 'close', 'toJSON', 'withOptions']);

/** Names of the client's methods that send requests. A new endpoint is among them once the client has its method. */
export function getClientMethods(): string[] {
  const names = new Set<string>();
  for (let place: object = Mixcloud.prototype; place !== Object.prototype; place = Object.getPrototypeOf(place)) {
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(place))) {
      if (typeof value === 'function' && !OTHERS.has(name)) names.add(name);
    }
  }
  return [...names].sort();
}
