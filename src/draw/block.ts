import type { Canvas } from './canvas.ts';
import { BLEED, digits, letter, lineHeight } from './lettering.ts';
import { fitText, type TextStyle } from './text.ts';

/** A piece of a drawing, which is painted from its top left corner. */
export interface Block {
  height: number;
  paint(canvas: Canvas, left: number, top: number): void;
}

/** What a letter keeps clear at its side, which the width of ink leaves out. */
const SIDE_BEARING = 0.1;

/** Text from the left edge, in as many of `maxLines` as it needs; right-to-left text is flush right with its widest line. */
export async function paragraph(text: string, style: TextStyle, width: number, maxLines: number): Promise<Block> {
  const fitted = await fitText(text, style, width, maxLines);
  const box = Math.ceil(fitted.width + style.size * SIDE_BEARING);
  const lines = await Promise.all(fitted.lines.map((line) => letter(line, style, box, fitted.rightToLeft)));
  return {
    height: lines.length * lineHeight(style),
    paint(canvas, left, top) {
      lines.forEach((line, i) => {
        canvas.stamp(line, left - BLEED, top + i * lineHeight(style), style.fill);
      });
    },
  };
}

/** A number that ends `right` pixels from the left edge. */
export async function numberEndingAt(right: number, text: string, style: TextStyle): Promise<Block> {
  const characters = await digits(text, style);
  const width = characters.reduce((sum, { advance }) => sum + advance, 0);
  return {
    height: lineHeight(style),
    paint(canvas, left, top) {
      let x = left + right - width;
      for (const { mask, advance } of characters) {
        canvas.stamp(mask, Math.round(x) - BLEED, top, style.fill);
        x += advance;
      }
    },
  };
}

/** One line of text that ends `right` pixels from the left edge, cut where it is longer than `width`. */
export async function lineEndingAt(right: number, text: string, style: TextStyle, width: number): Promise<Block> {
  const fitted = await fitText(text, style, width, 1);
  const box = Math.ceil(fitted.width + style.size * SIDE_BEARING);
  const line = await letter(fitted.lines.join(), style, box, false);
  return {
    height: lineHeight(style),
    paint: (canvas, left, top) => canvas.stamp(line, left + right - box - BLEED, top, style.fill),
  };
}

/** Blocks on top of each other, as high as `height`. */
export function overlay(height: number, ...blocks: readonly Block[]): Block {
  return {
    height,
    paint(canvas, left, top) {
      for (const block of blocks) block.paint(canvas, left, top);
    },
  };
}

/** Blocks below each other, `gap` pixels apart. */
export function stack(blocks: readonly Block[], gap: number): Block {
  return {
    height: blocks.reduce((sum, { height }) => sum + height, 0) + gap * Math.max(0, blocks.length - 1),
    paint(canvas, left, top) {
      let y = top;
      for (const block of blocks) {
        block.paint(canvas, left, y);
        y += block.height + gap;
      }
    },
  };
}
