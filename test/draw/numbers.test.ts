import { expect, test } from 'vitest';
import { formatCosine, formatPercent } from '../../src/draw/numbers.ts';

test.each([
  [0.792, '79.2 %'],
  [1, '100.0 %'],
  [0, '0.0 %'],
  [0.0001, '<0.1 %'],
  [0.00051, '0.1 %'],
  [0.9999, '>99.9 %'],
  [0.9994, '99.9 %'],
])('a share of %d reads %s', (share, text) => {
  expect(formatPercent(share)).toBe(text);
});

test.each([
  [0.2741, '0.274'],
  [-0.0312, '\u22120.031'],
  [-0.0001, '0.000'],
  [1, '1.000'],
])('a cosine of %d reads %s', (cosine, text) => {
  expect(formatCosine(cosine)).toBe(text);
});

test.each([
  [0.248, '0.25'],
  [-0.247, '\u22120.25'],
  [-0.004, '0.00'],
])('a cosine of %d reads %s where there is less room', (cosine, text) => {
  expect(formatCosine(cosine, 2)).toBe(text);
});
