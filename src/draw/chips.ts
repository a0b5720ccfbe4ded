import { type Block, paragraph } from './block.ts';
import { lineHeight } from './lettering.ts';
import { category } from './palette.ts';
import { fitText, type TextStyle } from './text.ts';

/** A rectangle in pixels. */
export interface Area {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Text on a colour, to be put on a picture. */
export interface Chip {
  width: number;
  height: number;
  block: Block;
}

const LONGEST = 180;
const PADDING = 6;
/** Steps in which a free place is looked for. */
const STEP = 4;

/** @param kind picks the colour */
export async function drawChip(text: string, kind: number): Promise<Chip> {
  const { colour, ink } = category(kind);
  const style: TextStyle = { size: 20, bold: true, fill: ink };
  const { lines, width: longest } = await fitText(text, style, LONGEST, 1);
  const [width, height] = [Math.ceil(longest) + 2 * PADDING, lineHeight(style)];
  const label = await paragraph(lines.join(), style, LONGEST + PADDING, 1);
  const block: Block = {
    height,
    paint(canvas, left, top) {
      canvas.fill(left - 1, top - 1, width + 2, height + 2, ink);
      canvas.fill(left, top, width, height, colour);
      label.paint(canvas, left + PADDING, top);
    },
  };
  return { width, height, block };
}

/**
 * Where to put a chip so that it lies on no other: as near as can be to where it is wanted, within `stage`.
 * @returns nothing where there is no free place
 */
export function findPlace(
  { width, height }: Pick<Chip, 'width' | 'height'>,
  wanted: { left: number; top: number },
  taken: readonly Area[],
  stage: { width: number; height: number },
): Area | undefined {
  const [right, bottom] = [stage.width - width - 1, stage.height - height - 1];
  const [x, y] = [clamp(wanted.left, right), clamp(wanted.top, bottom)];
  let best: Area | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (let top = 1 + ((y - 1) % STEP); top <= bottom; top += STEP) {
    for (let left = 1 + ((x - 1) % STEP); left <= right; left += STEP) {
      const distance = (left - x) ** 2 + (top - y) ** 2;
      const area = { left, top, width, height };
      if (distance >= least || taken.some((other) => touch(area, other))) continue;
      [best, least] = [area, distance];
    }
  }
  return best;
}

function clamp(value: number, most: number): number {
  return Math.max(1, Math.min(value, most));
}

/** Whether they lie on each other or closer than their edges are thick. */
function touch(a: Area, b: Area): boolean {
  return (
    a.left < b.left + b.width + 3 &&
    b.left < a.left + a.width + 3 &&
    a.top < b.top + b.height + 3 &&
    b.top < a.top + a.height + 3
  );
}
