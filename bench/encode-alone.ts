import type { ClipModel } from '../src/clip/model.ts';

const BATCH = 8;

/** Encodes as many images in batches of 8, of pixels that are ready: what anything done with images costs at least. */
export async function encodeAlone(model: ClipModel, count: number): Promise<void> {
  const { pixels, width, height } = await model.look(ready());
  const picture = { ...ready(), rows: height, columns: width, width, height, pixels };
  for (let i = 0; i < count; i += BATCH) {
    await Promise.all(Array.from({ length: Math.min(BATCH, count - i) }, () => model.embedImage(picture)));
  }
}

function ready() {
  const [columns, rows] = [320, 320];
  const pixels = Uint8Array.from({ length: 3 * columns * rows }, (_, i) => (i * 7919) % 256);
  return { name: 'ready', width: columns, height: rows, lossy: true, rows, columns, channels: 3 as const, pixels };
}
