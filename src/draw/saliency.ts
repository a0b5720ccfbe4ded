import type { Picture } from '../image/picture.ts';
import { type Block, lineEndingAt, paragraph, stack } from './block.ts';
import { Canvas } from './canvas.ts';
import { type HeatMap, overlayHeat } from './heat.ts';
import { HEAT_COLOURS } from './heat-colours.ts';
import { formatShort } from './numbers.ts';
import { PALETTE } from './palette.ts';
import { type Drawing, encode, type Raster } from './raster.ts';
import { drawStage, fitPicture } from './stage.ts';
import type { TextStyle } from './text.ts';
import { ownTurn } from './turns.ts';

/** One picture with a map over it. */
interface SaliencyPanel {
  /** What is looked for. */
  title: string;
  /** Its figures. */
  caption: string;
  /** None where nothing is to be shown: the picture then stands there as it is. */
  map: HeatMap | undefined;
}

export interface SaliencyDrawing {
  picture: Picture;
  panels: readonly SaliencyPanel[];
  /** The strongest value, which has the same colour in all panels. */
  strongest: number;
  /** Say what the ends of the colour bar mean. */
  scale: { low: string; high: string };
  footer: readonly string[];
}

/** As wide as every drawing, so that a phone shows its texts large enough. */
const WIDTH = 640;
const MARGIN = 16;
/** Between a picture, its title and its figures. */
const GAP = 6;
const TALLEST = 420;
/** Columns per row from which on pictures stand below each other. */
const WIDE = 2.2;
const BAR_HEIGHT = 18;

const TITLE: TextStyle = { size: 26, bold: true, fill: PALETTE.ink };
const SMALL: TextStyle = { size: 20, bold: false, fill: PALETTE.mutedInk };

/** Draws panels side by side, two in a row, on one scale of colours, which stands below them. */
export async function drawSaliency({ picture, panels, strongest, scale, footer }: SaliencyDrawing): Promise<Drawing> {
  const columns = picture.columns > WIDE * picture.rows || panels.length === 1 ? 1 : 2;
  const width = Math.floor((WIDTH - (columns + 1) * MARGIN) / columns);
  const shown = fitPicture(picture, { width, height: TALLEST });
  const stage = await drawStage(picture, shown, { width, height: shown.height });
  const drawn = await Promise.all(panels.map((panel) => drawPanel(panel, stage, shown.width, strongest)));
  const rows = Array.from({ length: Math.ceil(drawn.length / columns) }, (_, row) => {
    const parts = drawn.slice(row * columns, (row + 1) * columns);
    const titles = parts.map(({ title }) => title);
    const bodies = parts.map(({ body }) => body);
    return stack([sideBySide(titles, width + MARGIN), sideBySide(bodies, width + MARGIN)], GAP);
  });
  const inner = WIDTH - 2 * MARGIN;
  const bar = strongest > 0 ? [await drawScale(inner, strongest, scale)] : [];
  const lines = await Promise.all(footer.map((line) => paragraph(line, SMALL, inner, 3)));
  const content = stack([...rows, ...bar, stack(lines, 4)], MARGIN);
  await ownTurn();
  const canvas = new Canvas(WIDTH, content.height + 2 * MARGIN, PALETTE.paper);
  content.paint(canvas, MARGIN, MARGIN);
  return encode(canvas, picture.lossy);
}

/** The title apart, since those of a row take the height of the longest. */
async function drawPanel(
  panel: SaliencyPanel,
  stage: Raster,
  shown: number,
  strongest: number,
): Promise<{ title: Block; body: Block }> {
  const [title, caption] = await Promise.all([
    paragraph(panel.title, TITLE, stage.width, 2),
    paragraph(panel.caption, SMALL, stage.width, 3),
  ]);
  await ownTurn();
  const image = panel.map ? overlayOn(stage, panel.map, shown, strongest) : stage;
  const picture: Block = { height: stage.height, paint: (canvas, left, top) => canvas.paste(image, left, top) };
  return { title, body: stack([picture, caption], GAP) };
}

/** Lays the map on the picture alone, which stands in the middle of its stage. */
function overlayOn(stage: Raster, map: HeatMap, shown: number, strongest: number): Raster {
  const left = Math.floor((stage.width - shown) / 2);
  const picture = new Canvas(shown, stage.height, PALETTE.stage);
  picture.paste(stage, -left, 0);
  const canvas = new Canvas(stage.width, stage.height, PALETTE.stage);
  canvas.paste(overlayHeat(picture, map, strongest), left, 0);
  return canvas;
}

function sideBySide(blocks: readonly Block[], step: number): Block {
  return {
    height: Math.max(...blocks.map(({ height }) => height)),
    paint(canvas, left, top) {
      for (const [i, block] of blocks.entries()) block.paint(canvas, left + i * step, top);
    },
  };
}

/** The colours from none to the strongest, and what they mean. */
async function drawScale(
  width: number,
  strongest: number,
  { low, high }: { low: string; high: string },
): Promise<Block> {
  const half = Math.floor(width / 2);
  const [left, right] = await Promise.all([
    paragraph(`0 ${low}`, SMALL, half, 2),
    lineEndingAt(width, `${high} ${formatShort(strongest)}`, SMALL, half),
  ]);
  return {
    height: BAR_HEIGHT + 4 + Math.max(left.height, right.height),
    paint(canvas, x, y) {
      for (let at = 0; at < width; at++) {
        const from = 3 * Math.floor((256 * at) / width);
        const colour = `#${Buffer.from(HEAT_COLOURS.subarray(from, from + 3)).toString('hex')}`;
        canvas.fill(x + at, y, 1, BAR_HEIGHT, colour);
      }
      left.paint(canvas, x, y + BAR_HEIGHT + 4);
      right.paint(canvas, x, y + BAR_HEIGHT + 4);
    },
  };
}
