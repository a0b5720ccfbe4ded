import type { Detection } from '../../src/clip/detections.ts';
import { outline } from '../../src/draw/boxes.ts';
import { Canvas } from '../../src/draw/canvas.ts';
import { drawChip } from '../../src/draw/chips.ts';
import { drawContactSheet, thumbnail } from '../../src/draw/contact-sheet.ts';
import { category, PALETTE } from '../../src/draw/palette.ts';
import type { Drawing, Raster } from '../../src/draw/raster.ts';
import { type DetectedScene, detectionPrecision } from './detection.ts';
import { type Scene, SIDE } from './scene.ts';
import type { SegmentedScene } from './segmentation.ts';

/** So many of each kind. */
const SHOWN = 4;

const THICK = 3;

/** How much of a pixel is its label's colour; the rest is the picture. */
const COLOUR = 0.6;

interface Located {
  scene: Scene;
  /** The higher, the better. */
  quality: number;
  shown: Raster;
  caption: string;
}

/** Scenes with their boxes: those in the middle by average precision, then the worst. */
export async function drawDetectionSheet(
  found: readonly { scene: Scene; detections: readonly Detection[]; measured: DetectedScene }[],
): Promise<Drawing> {
  const draw = async ({ scene, detections, measured }: (typeof found)[number]): Promise<Located> => {
    const canvas = new Canvas(SIDE, SIDE, PALETTE.paper);
    canvas.paste({ width: SIDE, height: SIDE, pixels: scene.picture.pixels }, 0, 0);
    for (const [kind, { x, y, width, height }] of detections.entries()) {
      outline(canvas, { left: x, top: y, width, height, kind }, THICK);
      await mark(canvas, kind, x, y);
    }
    const named = detections.map(({ label, score }, i) => `${i + 1} ${label} ${score.toFixed(2)}`).join(', ');
    const closeness = measured.overlaps.reduce((sum, one) => sum + one, 0) / measured.overlaps.length;
    return { scene, quality: detectionPrecision([measured]) + closeness, shown: canvas, caption: named || 'nothing' };
  };
  return drawLocated('Where labels are: boxes', await Promise.all(found.map(draw)));
}

/** Scenes with the label of each pixel: those in the middle by mean overlap, then the worst. */
export async function drawSegmentationSheet(
  found: readonly { scene: Scene; values: Uint8Array; measured: SegmentedScene }[],
): Promise<Drawing> {
  const draw = async ({ scene, values, measured }: (typeof found)[number]): Promise<Located> => {
    const labels = [...scene.objects.map(({ noun }) => noun), ...scene.absent];
    const canvas = new Canvas(SIDE, SIDE, PALETTE.paper);
    canvas.paste({ width: SIDE, height: SIDE, pixels: scene.picture.pixels }, 0, 0);
    for (const [label] of labels.entries()) {
      const coverage = values.map((value) => (value === label + 1 ? Math.round(255 * COLOUR) : 0));
      canvas.stamp({ width: SIDE, height: SIDE, coverage }, 0, 0, category(label).colour);
    }
    for (const [label] of labels.entries()) {
      const first = values.indexOf(label + 1);
      if (first >= 0) await mark(canvas, label, first % SIDE, Math.floor(first / SIDE));
    }
    const named = labels.flatMap((name, i) => (values.includes(i + 1) ? `${i + 1} ${name}` : [])).join(', ');
    const caption = `${named || 'nothing'}: IoU ${measured.overlap.toFixed(2)}`;
    return { scene, quality: measured.overlap, shown: canvas, caption };
  };
  return drawLocated('Where labels are: a label for each pixel', await Promise.all(found.map(draw)));
}

/** A number in its colour: colour is never the only sign. */
async function mark(canvas: Canvas, kind: number, left: number, top: number): Promise<void> {
  const { block, width, height } = await drawChip(String(kind + 1), kind);
  block.paint(canvas, Math.min(left, SIDE - width), Math.min(top, SIDE - height));
}

async function drawLocated(title: string, located: readonly Located[]): Promise<Drawing> {
  const ranked = [...located].sort((a, b) => a.quality - b.quality);
  const middle = Math.max(0, Math.floor((ranked.length - SHOWN) / 2));
  const chosen = [
    ...ranked.slice(middle, middle + SHOWN).map((one) => ({ ...one, kind: 'typical' })),
    ...ranked.slice(0, SHOWN).map((one) => ({ ...one, kind: 'worst' })),
  ];
  const tiles = [];
  for (const { scene, shown, caption, kind } of chosen) {
    const image = await thumbnail(scene.picture, SIDE);
    tiles.push({ image, caption: `${kind}: ${scene.objects.map(({ noun }) => noun).join(', ')}` });
    tiles.push({ image: shown, caption });
  }
  return drawContactSheet({
    title,
    note: 'Each scene, and beside it what was found, asked for its nouns and three that are not there. Four from the middle, then the four worst.',
    columns: 4,
    tiles,
  });
}
