/**
 * Makes the state of a class fail clearly on objects that its constructor did not create.
 *
 * Libraries that copy objects create them by `Object.create(prototype)`. Such a copy has the methods of a model, but no
 * state.
 */
export function failWithoutState(prototype: object, key: symbol): void {
  Object.defineProperty(prototype, key, {
    configurable: true,
    get(): never {
      throw new TypeError('This copy of a model is incomplete, because models are views; copy model.data instead');
    },
  });
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
