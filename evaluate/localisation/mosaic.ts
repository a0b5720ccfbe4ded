import sharp from 'sharp';
import { drawFrom } from '../../bench/random.ts';
import { decode } from '../../src/image/decode.ts';
import { type Dataset, EvaluationError, readImage } from '../dataset.ts';
import { ABSENT, type Scene, SIDE } from './scene.ts';

/** Pixels of a tile's side: a mosaic is as large as what the largest encoders take. */
const TILE = 168;

/** Tiles, row by row. */
const ACROSS = 2;
export const TILES = 4;

/** Images that a sentence names. */
const NAMED = 10;

type Image = Dataset['images'][number];

/** An image that could not be read, and why. */
export interface Unread {
  image: string;
  reason: string;
}

/**
 * Mosaics of photos of four different classes each, 2 x 2 (the grid pointing game, Böhle et al. 2021); the mask of a
 * class is its quadrant. Of each class its photos come in turn. The same for the same seed and images.
 * @throws EvaluationError where fewer than four classes have a photo that can be read
 */
export async function composeMosaics(
  { classes, images }: Dataset,
  seed: string,
  count: number,
): Promise<{ scenes: Scene[]; unread: Unread[] }> {
  const unread: Unread[] = [];
  const decks = new Map(
    classes.map((label) => {
      const own = images.filter((image) => image.label === label);
      return [label, shuffle(own, drawFrom(`${seed}/${label}`))] as const;
    }),
  );
  const next = async (label: string): Promise<Buffer | undefined> => {
    const deck = decks.get(label) ?? [];
    for (let image = deck.shift(); image !== undefined; image = deck.shift()) {
      const { name } = image;
      const tile = await readTile(image).catch(
        (error: Error) => void unread.push({ image: name, reason: error.message }),
      );
      if (!tile) continue;
      deck.push(image);
      return tile;
    }
    return undefined;
  };
  const scenes: Scene[] = [];
  for (let number = 0; number < count; number++) {
    const labels = shuffle(classes, drawFrom(`${seed}/${number}`));
    const taken: { label: string; tile: Buffer }[] = [];
    for (const label of labels) {
      const tile = taken.length < TILES ? await next(label) : undefined;
      if (tile) taken.push({ label, tile });
    }
    if (taken.length < TILES)
      throw new EvaluationError(
        tooFew(
          taken.map(({ label }) => label),
          unread,
        ),
      );
    const absent = labels.filter((label) => taken.every((one) => one.label !== label)).slice(0, ABSENT);
    scenes.push(await join(`mosaic ${number}`, taken, absent));
  }
  return { scenes, unread };
}

function tooFew(readable: readonly string[], unread: readonly Unread[]): string {
  const found = readable.length === 0 ? 'none' : `only ${readable.toSorted().join(', ')}`;
  return `A mosaic takes four classes with an image that can be read; there are ${found}. Not read: ${named(unread)}.`;
}

/** The first of some images, by name. */
export function named(images: readonly Unread[]): string {
  const names = images.slice(0, NAMED).map(({ image }) => image);
  return `${names.join(', ')}${images.length > NAMED ? ` and ${images.length - NAMED} more` : ''}`;
}

/** The middle square of a photo, RGB. */
async function readTile(image: Image): Promise<Buffer> {
  const { pixels, columns, rows, channels } = await decode(image.name, await readImage(image));
  return sharp(pixels, { raw: { width: columns, height: rows, channels } })
    .removeAlpha()
    .resize(TILE, TILE, { fit: 'cover' })
    .raw()
    .toBuffer();
}

async function join(
  name: string,
  tiles: readonly { label: string; tile: Buffer }[],
  absent: readonly string[],
): Promise<Scene> {
  const side = ACROSS * TILE;
  const raw = { width: TILE, height: TILE, channels: 3 as const };
  const pixels = await sharp({ create: { width: side, height: side, channels: 3, background: '#000' } })
    .composite(
      tiles.map(({ tile }, i) => ({
        input: tile,
        raw,
        left: TILE * (i % ACROSS),
        top: TILE * Math.floor(i / ACROSS),
      })),
    )
    .removeAlpha()
    .raw()
    .toBuffer();
  const size = { width: side, height: side, rows: side, columns: side };
  const objects = tiles.map(({ label }, i) => ({ noun: label, mask: QUADRANTS[i] ?? new Uint8Array() }));
  return { name, picture: { name, ...size, lossy: true, channels: 3, pixels }, objects, absent };
}

const QUADRANTS = Array.from({ length: TILES }, (_, place) =>
  Uint8Array.from({ length: SIDE * SIDE }, (_, pixel) => {
    const [x, y] = [pixel % SIDE, Math.floor(pixel / SIDE)].map((at) => Math.floor((at * ACROSS) / SIDE));
    return (y ?? 0) * ACROSS + (x ?? 0) === place ? 1 : 0;
  }),
);

function shuffle<T>(values: readonly T[], random: () => number): T[] {
  const keyed = values.map((value) => ({ value, key: random() }));
  return keyed.sort((a, b) => a.key - b.key).map(({ value }) => value);
}
