import { expect, test } from 'vitest';
import { PALETTE } from '../../src/draw/palette.ts';

/** WCAG 2.2, relative luminance and contrast ratio. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

test('the contrast of black and white is 21', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
});

test.each(['ink', 'mutedInk'] as const)('texts in %s can be read on paper', (name) => {
  expect(contrast(PALETTE[name], PALETTE.paper)).toBeGreaterThanOrEqual(4.5);
});

test.each(['best', 'rest'] as const)('a bar in %s is seen on its track and on paper', (name) => {
  expect(contrast(PALETTE[name], PALETTE.track)).toBeGreaterThanOrEqual(3);
  expect(contrast(PALETTE[name], PALETTE.paper)).toBeGreaterThanOrEqual(3);
});
