import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { z } from 'zod';
import { drawFrom } from '../../bench/random.ts';
import type { Picture } from '../../src/image/picture.ts';
import { ROOT } from '../../src/root.ts';

/** Pixels of a scene's side. */
export const SIDE = 192;

/** Of a drawing, as shares of the scene's side. */
const SIZES = { from: 0.3, to: 0.5 };

/** How much of the smaller of two drawings' squares the other may cover. */
const OVERLAP = 0.1;

/** The size is taken down by so much each time there is no place. */
const SHRINK = 0.98;

/** Above this, of 255, a pixel belongs to a drawing. */
const OPAQUE = 127;

const TWEMOJI_BOX = 36;

/** Nouns that are asked for though they are not there. */
export const ABSENT = 3;

/** Drawings by noun, as the insides of SVG files. */
export type Art = Readonly<Record<string, readonly string[]>>;

export interface Scene {
  name: string;
  picture: Picture;
  /** Each with the pixels of it that are seen, `SIDE * SIDE`, row by row, 1 or 0. */
  objects: readonly { noun: string; mask: Uint8Array }[];
  /** Nouns that are not there. */
  absent: readonly string[];
}

interface Place {
  left: number;
  top: number;
  size: number;
}

/** The drawings of everyday nouns that come with Cliplens; see LICENSE.md beside them. */
export async function readArt(): Promise<Art> {
  const text = await readFile(new URL('evaluate/localisation/twemoji.json', ROOT), 'utf8');
  return z.record(z.string(), z.array(z.string()).min(1)).parse(JSON.parse(text));
}

/** Puts drawings of different nouns on a background that means nothing. The same for the same seed and number. */
export async function composeScene(art: Art, seed: string, number: number, count: number): Promise<Scene> {
  const random = drawFrom(`${seed}/${number}`);
  const names = Object.keys(art);
  const take = () => names.splice(Math.floor(random() * names.length), 1)[0] ?? '';
  const nouns = Array.from({ length: count }, take);
  const absent = [take()];
  const places: Place[] = [];
  for (const _ of nouns) places.push(findPlace(places, random));
  const drawn = await Promise.all(
    nouns.map((noun, i) => draw(pick(art[noun] ?? [], random), places[i] ?? { left: 0, top: 0, size: 1 }, random)),
  );
  const background = await paper(random);
  const pixels = await sharp(background, { raw: { width: SIDE, height: SIDE, channels: 3 } })
    .composite(drawn.map((input) => ({ input, raw: { width: SIDE, height: SIDE, channels: 4 as const } })))
    .removeAlpha()
    .raw()
    .toBuffer();
  const isSeen = (layer: number, pixel: number) => (drawn[layer]?.[4 * pixel + 3] ?? 0) > OPAQUE;
  const objects = nouns.map((noun, i) => {
    const mask = Uint8Array.from({ length: SIDE * SIDE }, (_, pixel) => {
      const isCovered = drawn.some((_, above) => above > i && isSeen(above, pixel));
      return isSeen(i, pixel) && !isCovered ? 1 : 0;
    });
    return { noun, mask };
  });
  while (absent.length < ABSENT) absent.push(take());
  const name = `scene ${number}`;
  const picture: Picture = {
    name,
    width: SIDE,
    height: SIDE,
    lossy: false,
    rows: SIDE,
    columns: SIDE,
    channels: 3,
    pixels,
  };
  return { name, picture, objects, absent };
}

function pick<T>(values: readonly T[], random: () => number): T | undefined {
  return values[Math.floor(random() * values.length)];
}

function findPlace(taken: readonly Place[], random: () => number): Place {
  let size = SIDE * (SIZES.from + (SIZES.to - SIZES.from) * random());
  for (;;) {
    const place = { left: random() * (SIDE - size), top: random() * (SIDE - size), size };
    if (taken.every((other) => sharedArea(place, other) <= OVERLAP * Math.min(size, other.size) ** 2)) return place;
    size *= SHRINK;
  }
}

function sharedArea(a: Place, b: Place): number {
  const along = (from: number, other: number) => Math.min(from + a.size, other + b.size) - Math.max(from, other);
  return Math.max(0, along(a.left, b.left)) * Math.max(0, along(a.top, b.top));
}

/** A drawing, turned a little, alone on a transparent sheet of the scene's size: RGBA. */
function draw(body: string | undefined, { left, top, size }: Place, random: () => number): Promise<Buffer> {
  const turn = (random() - 0.5) * 30;
  const scale = size / TWEMOJI_BOX;
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${SIDE}" height="${SIDE}">` +
    `<g transform="translate(${left} ${top}) scale(${scale}) rotate(${turn} ${TWEMOJI_BOX / 2} ${TWEMOJI_BOX / 2})">` +
    `${body ?? ''}</g></svg>`;
  return sharp(Buffer.from(svg)).ensureAlpha().raw().toBuffer();
}

/** A third each: one colour, two that run into each other, or clouds of sixteen. */
function paper(random: () => number): Promise<Buffer> {
  const cells = [1, 2, 4][Math.floor(random() * 3)] ?? 1;
  const pixels = Uint8Array.from({ length: cells * cells * 3 }, () => 40 + random() * 215);
  return sharp(pixels, { raw: { width: cells, height: cells, channels: 3 } })
    .resize(SIDE, SIDE, { fit: 'fill', kernel: 'cubic' })
    .raw()
    .toBuffer();
}
