import type { Picture } from '../image/picture.ts';
import { drawPanel, type PanelContent } from './panel.ts';
import { type Drawing, encode, joinAcross, joinDown, type Raster } from './raster.ts';
import { drawStage, fitPicture } from './stage.ts';

export interface ClassificationDrawing extends PanelContent {
  picture: Picture;
  /** Another answer about the same picture, below the first. */
  second?: PanelContent | undefined;
}

/** Everything is 640 pixels wide: a chat on a phone shows that at about 360, and texts of 20 pixels and more stay readable. */
const WIDTH = 640;
const WIDEST_BESIDE = 240;
const TALLEST = 480;
/** Rows per column from which on a picture stands beside the panel. */
const TALL = 1.2;
const SMALLEST_STAGE = 108;
const STAGE_MARGIN = 16;

/**
 * Draws a picture, untouched, with the scores of its labels below it, or beside it where it is tall.
 * A JPEG where the picture was lossy, else a PNG.
 */
export async function drawClassification({ picture, second, ...first }: ClassificationDrawing): Promise<Drawing> {
  const contents = second ? [first, second] : [first];
  const isTall = picture.rows > TALL * picture.columns;
  return encode(await (isTall ? drawBeside : drawBelow)(picture, contents), picture.lossy);
}

async function drawBelow(picture: Picture, contents: readonly PanelContent[]): Promise<Raster> {
  const shown = fitPicture(picture, { width: WIDTH, height: TALLEST });
  const margin = shown.width < WIDTH ? STAGE_MARGIN : 0;
  const stage = { width: WIDTH, height: Math.max(SMALLEST_STAGE, shown.height + 2 * margin) };
  const [drawn, panels] = await Promise.all([drawStage(picture, shown, stage), drawPanels(contents, WIDTH, 0)]);
  return joinDown(drawn, panels);
}

async function drawBeside(picture: Picture, contents: readonly PanelContent[]): Promise<Raster> {
  const shown = fitPicture(picture, { width: WIDEST_BESIDE, height: TALLEST });
  const width = Math.min(WIDEST_BESIDE, Math.max(SMALLEST_STAGE, shown.width + 2 * STAGE_MARGIN));
  const panel = await drawPanels(contents, WIDTH - width, shown.height);
  return joinAcross(await drawStage(picture, shown, { width, height: panel.height }), panel);
}

/** Panels below each other, as high as `minHeight` together. */
async function drawPanels(contents: readonly PanelContent[], width: number, minHeight: number): Promise<Raster> {
  const heights = minHeight / contents.length;
  const panels: Raster[] = await Promise.all(contents.map((content) => drawPanel(content, width, Math.ceil(heights))));
  return panels.reduce((upper, lower) => joinDown(upper, lower));
}
