import type { Block } from './block.ts';
import { BLEED, digits, lineHeight } from './lettering.ts';
import { PALETTE } from './palette.ts';
import type { TextStyle } from './text.ts';

/** A number in the middle of `width` pixels. */
export async function number(text: string, style: TextStyle, width: number): Promise<Block> {
  const glyphs = await digits(text, style);
  const start = (width - glyphs.reduce((sum, { advance }) => sum + advance, 0)) / 2;
  return {
    height: lineHeight(style),
    paint(canvas, left, top) {
      let x = left + start;
      for (const { mask, advance } of glyphs) {
        canvas.stamp(mask, Math.round(x) - BLEED, Math.round(top), style.fill);
        x += advance;
      }
    },
  };
}

/** The colour of a cell: from that of an empty track to the blue of the best bar. */
export function shade(share: number): string {
  const parse = (colour: string) => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  const [none, all] = [parse(share > 0 ? PALETTE.track : PALETTE.stage), parse(PALETTE.best)];
  const mixed = none.map((channel, i) => Math.round(channel + share * ((all[i] ?? 0) - channel)));
  return `#${mixed.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}
