import type { Picture } from '../image/picture.ts';
import { drawPanel, type PanelContent } from './panel.ts';
import { type Drawing, encode, joinAcross, joinDown, type Raster } from './raster.ts';
import { drawStage, fitPicture } from './stage.ts';

export interface ClassificationDrawing extends PanelContent {
  picture: Picture;
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
export async function drawClassification({ picture, ...content }: ClassificationDrawing): Promise<Drawing> {
  const isTall = picture.rows > TALL * picture.columns;
  return encode(await (isTall ? drawBeside : drawBelow)(picture, content), picture.lossy);
}

async function drawBelow(picture: Picture, content: PanelContent): Promise<Raster> {
  const shown = fitPicture(picture, { width: WIDTH, height: TALLEST });
  const margin = shown.width < WIDTH ? STAGE_MARGIN : 0;
  const stage = { width: WIDTH, height: Math.max(SMALLEST_STAGE, shown.height + 2 * margin) };
  return joinDown(...(await Promise.all([drawStage(picture, shown, stage), drawPanel(content, WIDTH, 0)])));
}

async function drawBeside(picture: Picture, content: PanelContent): Promise<Raster> {
  const shown = fitPicture(picture, { width: WIDEST_BESIDE, height: TALLEST });
  const width = Math.min(WIDEST_BESIDE, Math.max(SMALLEST_STAGE, shown.width + 2 * STAGE_MARGIN));
  const panel = await drawPanel(content, WIDTH - width, shown.height);
  return joinAcross(await drawStage(picture, shown, { width, height: panel.height }), panel);
}
