import { describe, expect, test } from 'vitest';
import { PALETTE } from '../../src/draw/palette.ts';
import { barsOf, type Canvas, draw, hex, inkIn, picture } from './drawings.ts';

const MARGIN = 24;
const STAGE = 232;
const score = (label: string, probability = 0.5) => ({ label, probability, similarity: 0.25 });

describe('bars', () => {
  test.each([
    ['below', picture(300, 200), 0, 592],
    ['beside', picture(300, 600), 240, 352],
  ])('are as long as they are probable, %s the picture', async (_, shown, panelLeft, whole) => {
    const probabilities = [1, 0.8, 0.5, 0.25, 0.1, 0.01, 0];
    const canvas = await draw({ picture: shown, scores: probabilities.map((share, rank) => score(`${rank}`, share)) });
    const bars = barsOf(canvas, panelLeft);
    expect(bars).toHaveLength(probabilities.length);
    probabilities.forEach((share, rank) => {
      const bar = bars[rank];
      expect(bar).toMatchObject({ left: panelLeft + MARGIN, right: 640 - MARGIN - 1 });
      expect(Math.abs((bar?.filled ?? 0) - share * whole)).toBeLessThanOrEqual(2);
    });
  });

  test('tell the best by its colour and by its bold texts', async () => {
    const canvas = await draw({ scores: [score('dog'), score('dog')] });
    const [best, rest] = barsOf(canvas);
    expect(fillsOf(canvas, best)).toEqual(new Set([PALETTE.best]));
    expect(fillsOf(canvas, rest)).toEqual(new Set([PALETTE.rest]));
    expect(labelWidth(canvas, 0)).toBeGreaterThan(labelWidth(canvas, 1));
  });

  test('are hatched where the answer is unsure', async () => {
    const canvas = await draw({ unsure: true, scores: [score('dog', 0.4), score('cat', 0.35)] });
    const [best, rest] = barsOf(canvas);
    expect(fillsOf(canvas, best)).toContain(PALETTE.best);
    expect(fillsOf(canvas, best)).toContain(PALETTE.paper);
    expect(fillsOf(canvas, rest)).toEqual(new Set([PALETTE.rest]));
    expect(Math.abs((best?.filled ?? 0) - 0.4 * 592)).toBeLessThanOrEqual(2);
  });
});

describe('labels', () => {
  const hard = {
    Korean: '한옥 마을',
    'long Korean':
      '사람들이 자전거를 타고 한강 공원 길을 지나가는 맑은 가을날의 풍경 사진 그리고 멀리 보이는 산과 다리',
    Arabic: 'قطة صغيرة',
    'long Arabic': 'قطة صغيرة تجلس على النافذة وتنظر إلى الطيور في الحديقة الجميلة كل صباح',
    Hebrew: 'שלום (abc)!',
    emoji: '🐶🍕👩‍⚕️❤️🇰🇷',
    'wide letters': 'W'.repeat(100),
    markup: '<b>bold</b> & "quoted" \'x\' &amp; ]]> <!--',
    'control characters': 'a\u0007b\u001b[0m\u0000c',
    'stacked accents': `Z${'\u0301'.repeat(30)}algo`,
  };

  describe.each([
    ['below', picture(300, 200), 0, STAGE],
    ['beside', picture(300, 600), 240, 0],
  ])('%s the picture', (_, shown, panelLeft, panelTop) => {
    test.each(Object.entries(hard))('%s: leaves ink that keeps off the margins and the numbers', async (_, label) => {
      const canvas = await draw({
        picture: shown,
        scores: [score(label), score('b')],
        heading: label,
        footer: [label],
      });
      const bottom = canvas.height - 1;
      expect(inkIn(canvas, { left: panelLeft, top: panelTop, right: panelLeft + 20, bottom })).toBeUndefined();
      expect(inkIn(canvas, { left: 640 - 20, top: panelTop, right: 639, bottom })).toBeUndefined();

      const [first] = barsOf(canvas, panelLeft);
      const row = { top: (first?.top ?? 0) - 28, bottom: (first?.top ?? 0) - 1 };
      const labelRight = 640 - MARGIN - 98 - 84 - 32;
      expect(inkIn(canvas, { left: panelLeft + MARGIN, right: labelRight, ...row })).toBeDefined();
      expect(inkIn(canvas, { left: labelRight + 4, right: labelRight + 14, ...row })).toBeUndefined();
    });
  });

  test('may take two lines, which move what is below, and no more', async () => {
    const rowsApart = async (label: string) => {
      const [first, second] = barsOf(await draw({ scores: [score('a'), score(label)] }));
      return (second?.top ?? 0) - (first?.top ?? 0);
    };
    const [one, two, cut] = await Promise.all(['W', 'W'.repeat(30), 'W'.repeat(100)].map(rowsApart));
    expect(two).toBeGreaterThan((one ?? 0) + 24);
    expect(cut).toBe(two);
  });

  test('are drawn literally', async () => {
    const canvas = await draw({ scores: ['&', '&amp;', '<b>x</b>', 'x'].map((label) => score(label)) });
    expect(labelWidth(canvas, 1)).toBeGreaterThan(3 * labelWidth(canvas, 0));
    expect(labelWidth(canvas, 2)).toBeGreaterThan(5 * labelWidth(canvas, 3));
  });
});

describe('glyphs', () => {
  // Pango draws what no font has as a box with the code inside. What boxes of different codes share is the frame.
  const MISSING = ['\u0378', '\u0379', '\u0380'];

  test.each(['한', '글', '뷁', 'ق', 'ש', '🐶', 'é', 'Ω', 'я'])(
    '%s is not the box of a missing glyph',
    async (letter) => {
      const [first, second, third, drawn] = await Promise.all([...MISSING, letter].map(inkOfLetter));
      const frame = [...(first ?? [])].filter((at) => second?.has(at));
      const share = (ink: Set<string> | undefined) => frame.filter((at) => ink?.has(at)).length / frame.length;
      expect(frame.length).toBeGreaterThan(50);
      expect(share(third)).toBeGreaterThan(0.9);
      expect(share(drawn)).toBeLessThan(0.7);
    },
  );

  test('differ from syllable to syllable', async () => {
    const [one, other] = await Promise.all(['한', '글'].map(inkOfLetter));
    expect(one).not.toEqual(other);
  });
});

test('titles, note and footer add lines, none of which is cut', async () => {
  const plain = await draw({ footer: [] });
  const full = await draw({
    columnTitles: { similarity: 'cosine', probability: 'share' },
    note: '+ 12 more labels',
    footer: ['Model: demo · Template: a photo of a {label}', 'Percentages only compare these 3 labels.'],
  });
  expect(barsOf(full)).toHaveLength(3);
  expect(barsOf(full)[0]?.top).toBeGreaterThan((barsOf(plain)[0]?.top ?? 0) + 20);
  expect(full.height).toBeGreaterThan(plain.height + 4 * 20);
  expect(inkIn(full, { left: 0, top: full.height - 20, right: 639, bottom: full.height - 1 })).toBeUndefined();
});

function fillsOf(canvas: Canvas, bar: { left: number; top: number; bottom: number } | undefined): Set<string> {
  const colours = new Set<string>();
  const y = ((bar?.top ?? 0) + (bar?.bottom ?? 0)) >> 1;
  for (let x = (bar?.left ?? 0) + 8; x < (bar?.left ?? 0) + 200; x++) colours.add(hex(canvas.colourAt(x, y)));
  return colours;
}

function labelWidth(canvas: Canvas, rank: number): number {
  const bottom = (barsOf(canvas)[rank]?.top ?? 0) - 1;
  const ink = inkIn(canvas, { left: MARGIN, top: bottom - 31, right: 400, bottom });
  return ink ? ink.right - ink.left + 1 : 0;
}

/** Where a letter leaves ink, as `x,y` from the corner of the heading, the largest text there is. */
async function inkOfLetter(letter: string): Promise<Set<string>> {
  const canvas = await draw({ heading: letter });
  const ink = new Set<string>();
  for (let y = 0; y < 39; y++) {
    for (let x = 0; x < 60; x++) {
      if (canvas.colourAt(MARGIN + x, STAGE + MARGIN + y)[0] < 128) ink.add(`${x},${y}`);
    }
  }
  return ink;
}
