import { expect, it } from 'vitest';
import { crc32 } from '../../src/archive/crc32.ts';

it.each([
  ['', 0],
  ['123456789', 0xcbf43926], // the check value of Williams (1993)
  ['The quick brown fox jumps over the lazy dog', 0x414fa339],
])('the checksum of "%s" is %i', (text, sum) => {
  expect(crc32(Buffer.from(text))).toBe(sum);
});
