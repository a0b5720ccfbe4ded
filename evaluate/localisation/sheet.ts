import type { ClipModel } from '../../src/clip/model.ts';
import type { SaliencyMethod } from '../../src/clip/saliency.ts';
import { drawContactSheet, thumbnail } from '../../src/draw/contact-sheet.ts';
import { overlayHeat } from '../../src/draw/heat.ts';
import type { Drawing } from '../../src/draw/raster.ts';
import { findMaps, type Trial } from './saliency.ts';
import { type Scene, SIDE } from './scene.ts';

/** So many of each kind. */
const SHOWN = 4;

/** Scenes with the map for one of their nouns: those in the middle by pixel AP, then the worst. */
export async function drawSheet(
  model: ClipModel,
  scenes: readonly Scene[],
  trials: readonly Trial[],
  method: SaliencyMethod,
): Promise<Drawing> {
  const ranked = [...trials].sort((a, b) => a.precision - b.precision);
  const middle = Math.max(0, Math.floor((ranked.length - SHOWN) / 2));
  const chosen = [
    ...ranked.slice(middle, middle + SHOWN).map((trial) => ({ trial, kind: 'typical' })),
    ...ranked.slice(0, SHOWN).map((trial) => ({ trial, kind: 'worst' })),
  ];
  const tiles = [];
  for (const { trial, kind } of chosen) {
    const scene = scenes.find(({ name }) => name === trial.scene);
    if (!scene) continue;
    const picture = await thumbnail(scene.picture, SIDE);
    const [[found] = []] = await findMaps(model, scene, [trial.noun], [method]);
    const heat = overlayHeat(picture, { rows: SIDE, columns: SIDE, values: Array.from(found?.map ?? []) }, 1);
    tiles.push({ image: picture, caption: `${kind}: ${scene.objects.map(({ noun }) => noun).join(', ')}` });
    tiles.push({ image: heat, caption: `"${trial.noun}", AP ${trial.precision.toFixed(2)}` });
  }
  return drawContactSheet({
    title: `Where the model sees a noun: ${method}`,
    note: 'Each scene, and beside it the map for one of its nouns. Four from the middle by pixel AP, then the four worst.',
    columns: 4,
    tiles,
  });
}
