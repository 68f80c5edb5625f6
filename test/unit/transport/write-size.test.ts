import { describe, expect, it } from 'vitest';
import { WriteSize } from '../../../src/async/transport/write-size.ts';

const KIBIBYTE = 1024;

describe('the size of the next write', () => {
  it('is 8 KiB at first', () => {
    expect(new WriteSize().next).toBe(8 * KIBIBYTE);
  });

  it.each([
    [64 * 8 * KIBIBYTE, 8 * KIBIBYTE],
    [64 * 20_000, 20_000],
    [64 * 20_000 - 1, 19_999],
    [64 * 512 * KIBIBYTE - 64, 512 * KIBIBYTE - 1],
    [1e9, 512 * KIBIBYTE],
  ])('is a part of the bytes that were taken without a pause, at most 512 KiB (%i: %i)', (bytes, next) => {
    const size = new WriteSize();
    size.note(bytes - 1000, 1);
    size.note(1000, 200);
    expect(size.next).toBe(next);
  });

  it('is 8 KiB again after a slow write, and grows from there', () => {
    const size = new WriteSize();
    size.note(1e9, 1);
    size.note(1000, 300);
    expect(size.next).toBe(8 * KIBIBYTE);
    size.note(64 * 20_000 - 1, 1);
    expect(size.next).toBe(19_999);
  });
});
