// Draws every image of the packs into probes/images and lists them in the packs: `npm install && node draw.mjs`.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { emojiNature, emojiPeople } from './emoji.mjs';
import { peeps } from './peeps.mjs';

const FOLDER = fileURLToPath(new URL('../../probes', import.meta.url));
const SIDE = 224;

/** @returns the entry of the drawing in a pack */
async function write(style, { svg, base, group, factors }) {
  const png = await sharp(Buffer.from(svg), { density: 300 })
    .resize(SIDE, SIDE, { fit: 'contain', background: '#fff' })
    .flatten({ background: '#fff' })
    .png({ palette: true, colours: 64, dither: 0, effort: 10, compressionLevel: 9 })
    .toBuffer();
  const file = `images/${style}/${base}_${group}.png`;
  mkdirSync(join(FOLDER, 'images', style), { recursive: true });
  writeFileSync(join(FOLDER, file), png);
  return { file, sha256: createHash('sha256').update(png).digest('hex'), style, group, base, factors };
}

async function writeAll(drawings) {
  const images = [];
  for (const [style, ofStyle] of Object.entries(drawings)) {
    for (const drawing of ofStyle) images.push(await write(style, drawing));
  }
  return images;
}

/** Everything else in a pack is written by hand. */
function list(pack, images) {
  const path = join(FOLDER, pack, 'pack.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8'));
  writeFileSync(path, `${JSON.stringify({ ...manifest, images }, null, 2)}\n`);
}

rmSync(join(FOLDER, 'images'), { recursive: true, force: true });
const people = await writeAll({ peeps: peeps(), noto: emojiPeople('noto'), fluent: emojiPeople('fluent') });
const nature = await writeAll({ noto: emojiNature('noto'), fluent: emojiNature('fluent') });
for (const pack of ['occupation', 'people', 'crime']) list(pack, people);
list('control', nature);
