/**
 * Makes copies fail clearly that libraries create by `Object.create(prototype)`: they have the methods of a model, but no
 * state.
 */

const MESSAGE = 'This copy of a model is incomplete, because models are views; copy model.data instead';

/** Makes the state of a class fail on objects that its constructor did not create. */
export function failWithoutState(prototype: object, key: symbol): void {
  Object.defineProperty(prototype, key, { configurable: true, get: throwIncomplete });
}

/** Makes assignments to the getters of a class fail. In sloppy mode they would be ignored, and the copy would lack them. */
export function rejectCopies(prototype: object): void {
  for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
    if (descriptor.get && !descriptor.set)
      Object.defineProperty(prototype, name, { ...descriptor, set: throwIncomplete });
  }
}

function throwIncomplete(): never {
  throw new TypeError(MESSAGE);
}

/** Sets the state of a model. It is not enumerable, so copies by field leave it out. */
export function setState(model: object, key: symbol, state: object): void {
  Object.defineProperty(model, key, { value: state, configurable: true, writable: true });
}

/** Returns the state of a model, or `undefined` for an incomplete copy. */
export function findState<S>(getState: () => S): S | undefined {
  try {
    return getState();
  } catch {
    return undefined;
  }
}
