import sharp from 'sharp';
import { PromiseCache } from '../promise-cache.ts';
import type { Mask } from './canvas.ts';
import { escapeMarkup, measure, type TextStyle } from './text.ts';

/**
 * Text as masks, kept from drawing to drawing: a channel asks about the same labels again and again, and the renderer
 * fills every glyph as a path, which was the larger part of a drawing.
 */
const masks = new PromiseCache<Mask>(1000);
const glyphs = new PromiseCache<Glyph>(200);

/** Pixels above the baseline, as a share of the size. */
const BASELINE = 0.97;
const LINE_HEIGHT = 1.25;

/** What a mask has beyond each end of its line, for letters that lean out. */
export const BLEED = 8;

interface Glyph {
  mask: Mask;
  /** Pixels to the next one. */
  advance: number;
}

export function lineHeight({ size }: TextStyle): number {
  return Math.round(size * LINE_HEIGHT);
}

/** One line in a box of `width` pixels, from its left edge, or flush with its right one for right-to-left text. */
export function letter(text: string, style: TextStyle, width: number, rightToLeft: boolean): Promise<Mask> {
  const place = rightToLeft ? `x="${BLEED + width}" direction="rtl"` : `x="${BLEED}"`;
  const key = JSON.stringify([text, style.size, style.bold, width, rightToLeft]);
  return masks.get(key, () => render(text, style, Math.ceil(width) + 2 * BLEED, place));
}

/** The characters of a number one by one: numbers differ from image to image, their digits do not. */
export function digits(text: string, style: TextStyle): Promise<Glyph[]> {
  return Promise.all(
    Array.from(text, (character) =>
      glyphs.get(JSON.stringify([character, style.size, style.bold]), async () => {
        const advance = await advanceOf(character, style);
        return { advance, mask: await letter(character, style, Math.ceil(advance), false) };
      }),
    ),
  );
}

/** Between two digits, whose own ends cancel out. */
async function advanceOf(character: string, style: TextStyle): Promise<number> {
  const count = 16;
  const [wide, narrow] = await Promise.all([measure(`0${character.repeat(count)}0`, style), measure('00', style)]);
  return (wide - narrow) / count;
}

async function render(text: string, style: TextStyle, width: number, place: string): Promise<Mask> {
  const height = lineHeight(style);
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">` +
    `<text ${place} y="${Math.round(style.size * BASELINE)}" font-family="Pretendard" font-size="${style.size}"` +
    `${style.bold ? ' font-weight="bold"' : ''}>${escapeMarkup(text)}</text></svg>`;
  const coverage = await sharp(Buffer.from(svg)).extractChannel('alpha').raw().toBuffer();
  return { width, height, coverage };
}
