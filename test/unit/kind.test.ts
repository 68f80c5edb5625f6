import { describe, expect, it } from 'vitest';
import { isAbortSignal, isBlob, isError, isUint8Array, isUrl } from '../../src/shared/base/kind.ts';

const { proxy, revoke } = Proxy.revocable({}, {});
revoke();

describe('the kind of a value', () => {
  it.each([isAbortSignal, isBlob, isError, isUint8Array, isUrl])(
    'is not looked for in a revoked proxy: %o',
    (isKind) => {
      expect(isKind(proxy)).toBe(false);
    },
  );

  it('is that of a Blob of another realm, and not of what a library calls so', () => {
    const otherRealm = Object.create(Object.prototype, { [Symbol.toStringTag]: { value: 'Blob' } });
    expect(isBlob(Object.setPrototypeOf(new Blob(['x']), otherRealm))).toBe(true);
    expect(isBlob(Object.create(otherRealm, { [Symbol('own')]: { value: 1 } }))).toBe(false);
  });
});
