import { escapeMarkup, fitText, type TextStyle } from './text.ts';

/** A piece of a drawing, from its own top left corner. */
export interface Block {
  svg: string;
  height: number;
}

const LINE_HEIGHT = 1.25;
const BASELINE = 0.97;
/** What a letter keeps clear at its side, which the width of ink leaves out. */
const SIDE_BEARING = 0.1;

/** Text from the left edge, in as many of `maxLines` as it needs; right-to-left text is flush right with its widest line. */
export async function paragraph(text: string, style: TextStyle, width: number, maxLines: number): Promise<Block> {
  const fitted = await fitText(text, style, width, maxLines);
  const place = fitted.rightToLeft ? `x="${fitted.width + style.size * SIDE_BEARING}" direction="rtl"` : 'x="0"';
  const lineHeight = Math.round(style.size * LINE_HEIGHT);
  const lines = fitted.lines.map((line, index) => textElement(line, style, place, index * lineHeight));
  return { svg: lines.join(''), height: lines.length * lineHeight };
}

/** One line of text that ends at `right`, beside the first line of a paragraph of the same size. */
export function textEndingAt(right: number, text: string, style: TextStyle): string {
  return textElement(text, style, `x="${right}" text-anchor="end"`, 0);
}

function textElement(text: string, { size, bold, fill }: TextStyle, place: string, top: number): string {
  const weight = bold ? ' font-weight="bold"' : '';
  const y = top + Math.round(size * BASELINE);
  return `<text ${place} y="${y}" font-size="${size}"${weight} fill="${fill}">${escapeMarkup(text)}</text>`;
}

/** Places blocks below each other, `gap` pixels apart. */
export function stack(blocks: readonly Block[], gap: number): Block {
  let height = 0;
  let svg = '';
  for (const block of blocks) {
    if (height > 0) height += gap;
    svg += translate(block.svg, 0, height);
    height += block.height;
  }
  return { svg, height };
}

export function translate(svg: string, x: number, y: number): string {
  return `<g transform="translate(${x} ${y})">${svg}</g>`;
}
