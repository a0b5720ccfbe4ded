import { describe, expect, test } from 'vitest';
import { fitText } from '../../src/draw/text.ts';

const style = { size: 34, bold: false, fill: '#000000' };
const fitted = (text: string, width = 500, maxLines = 2) => fitText(text, style, width, maxLines);

const SENTENCE = 'the quick brown fox jumps over the lazy dog while five boxing wizards look on';

describe('a text that fits', () => {
  test('stays as it is', async () => {
    expect(await fitted('a <b> & "c"')).toMatchObject({ lines: ['a <b> & "c"'], rightToLeft: false });
  });

  test('loses control characters, half surrogates and needless spaces', async () => {
    expect((await fitted(' a\u0007b\n\n c\ud800d\ufffe ')).lines).toEqual(['a b c d']);
  });

  test('is as wide as its letters', async () => {
    const [one, two, bold] = await Promise.all([
      fitted('강아지'),
      fitted('강아지강아지'),
      fitText('강아지', { ...style, bold: true }, 500, 1),
    ]);
    expect(two.width).toBeGreaterThan(1.9 * one.width);
    expect(two.width).toBeLessThan(2.1 * one.width);
    expect(bold.width).toBeGreaterThan(one.width);
  });
});

describe('a text that is too long', () => {
  test('breaks at a space', async () => {
    const { lines, width } = await fitted('the traditional Korean village', 300);
    expect(lines.join(' ')).toBe('the traditional Korean village');
    expect(lines).toHaveLength(2);
    expect(width).toBeLessThanOrEqual(300);
  });

  test('keeps a figure and its percent sign in one line', async () => {
    const { lines } = await fitted('lighter → feminine 74.3 %', 345);
    expect(lines).toEqual(['lighter → feminine', '74.3\u00a0%']);
  });

  test.each([
    ['words', SENTENCE],
    ['no spaces', 'W'.repeat(100)],
    ['narrow letters', 'il'.repeat(80)],
    ['Korean', '사람들이자전거를타고한강공원길을지나가는맑은가을날의풍경사진'.repeat(3)],
    ['Arabic', 'قطة صغيرة تجلس على النافذة وتنظر إلى الطيور في الحديقة الجميلة كل يوم'],
    ['emoji', '👩‍👩‍👧‍👦'.repeat(60)],
  ])('is cut with an ellipsis and fills its lines: %s', async (_, text) => {
    const { lines, width } = await fitted(text, 400);
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatch(/…$/);
    expect(width).toBeLessThanOrEqual(400);
    expect(width).toBeGreaterThan(300);
    const shown = lines.join('').replaceAll(' ', '').replace('…', '');
    expect(text.replaceAll(' ', '').startsWith(shown)).toBe(true);
  });

  test('is never cut within a grapheme', async () => {
    const family = '👩‍👩‍👧‍👦';
    const { lines } = await fitted(family.repeat(60), 400);
    expect(lines.join('').replace('…', '').replaceAll(family, '')).toBe('');
  });

  test('may have one line only', async () => {
    const { lines } = await fitted(SENTENCE, 300, 1);
    expect(lines).toEqual([expect.stringMatching(/^the quick.*…$/)]);
  });

  test('keeps one letter even where none fits', async () => {
    expect((await fitted('WWW', 5)).lines).toEqual(['W', 'W…']);
  });
});

test.each([
  ['قطة', true],
  ['"שלום" dog', true],
  ['dog قطة', false],
  ['12 개', false],
  ['', false],
])('%s runs from right to left: %s', async (text, rightToLeft) => {
  expect((await fitted(text)).rightToLeft).toBe(rightToLeft);
});

test.each(['', '\u200b', '\u200d\ufe0f', '\ufc39'])('a text without ink (%j) is fitted all the same', async (text) => {
  expect(await fitted(text)).toMatchObject({ lines: [text], width: 0 });
});
