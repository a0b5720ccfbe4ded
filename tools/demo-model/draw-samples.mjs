/**
 * Draws the candidate sample pictures of lists/samples.json from Twemoji (held out from training).
 *
 * usage: node draw-samples.mjs OUT_DIR      (started from the folder the icon packages are installed in)
 * Writes OUT_DIR/ID.png for each candidate; choose_samples.py picks the ones that go on the page.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(join(process.cwd(), 'package.json'));
const sharp = require('sharp');
const twemoji = require('@iconify-json/twemoji/icons.json');

const HORIZON = 0.68;
const [outDir = 'samples'] = process.argv.slice(2);
const candidates = JSON.parse(
  readFileSync(join(dirname(fileURLToPath(import.meta.url)), 'lists/samples.json'), 'utf8'),
);
mkdirSync(outDir, { recursive: true });

function drawing({ name, x, y, size }) {
  const side = twemoji.width ?? 36;
  const corner = `x="${x - size / 2}" y="${y - size / 2}" width="${size}" height="${size}"`;
  return `<svg ${corner} viewBox="0 0 ${side} ${side}">${twemoji.icons[name].body}</svg>`;
}

function scene({ width, height, sky, ground, drawings }) {
  const horizon = Math.round(height * HORIZON);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${width}" height="${height}">` +
    `<rect width="${width}" height="${height}" fill="${sky}"/>` +
    `<rect y="${horizon}" width="${width}" height="${height - horizon}" fill="${ground}"/>` +
    `${drawings.map(drawing).join('')}</svg>`
  );
}

for (const candidate of candidates) {
  await sharp(Buffer.from(scene(candidate)))
    .flatten({ background: candidate.sky })
    .png({ palette: true, compressionLevel: 9 })
    .toFile(join(outDir, `${candidate.id}.png`));
}
process.stdout.write(`${candidates.length} candidates in ${outDir}\n`);
