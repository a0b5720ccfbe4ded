/**
 * Turns emoji art and its names into plain files that Python reads.
 *
 * usage: node rasterise.mjs OUT_DIR [SIZE]
 * Writes, per emoji set, SET.bin (uint8, N x SIZE x SIZE x RGBA, straight alpha) and SET.json (the N names),
 * and names.json: {"english-short-name": {"en": [name, ...keywords], "ko": [name, ...keywords]}} from CLDR.
 */
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

// The packages are installed in the scratch folder this is started from, not beside this file.
const require = createRequire(join(process.cwd(), 'package.json'));
const sharp = require('sharp');

const SETS = ['noto', 'noto-v1', 'fxemoji', 'fluent-emoji', 'fluent-emoji-flat', 'twemoji', 'openmoji', 'emojione'];
const NOT_A_PICTURE = /^flag-(?!in-hole)|^flagof|regional-indicator|^keycap/;

const [outDir = 'work', size = '96'] = process.argv.slice(2);
const pixels = Number(size);
mkdirSync(outDir, { recursive: true });
sharp.concurrency(1);
sharp.cache(false);

async function rasterise(icons, name) {
  const icon = icons.icons[name];
  const width = icon.width ?? icons.width ?? 16;
  const height = icon.height ?? icons.height ?? 16;
  const viewBox = `${icon.left ?? 0} ${icon.top ?? 0} ${width} ${height}`;
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ` +
    `viewBox="${viewBox}" width="${pixels}" height="${pixels}">${icon.body}</svg>`;
  return sharp(Buffer.from(svg), { unlimited: true })
    .resize(pixels, pixels, { fit: 'contain', background: { r: 0, g: 0, b: 0, alpha: 0 } })
    .ensureAlpha()
    .raw()
    .toBuffer();
}

async function writeSet(set) {
  const icons = require(`@iconify-json/${set}/icons.json`);
  const file = openSync(join(outDir, `${set}.bin`), 'w');
  const names = [];
  for (const name of Object.keys(icons.icons).filter((n) => !NOT_A_PICTURE.test(n))) {
    try {
      writeSync(file, await rasterise(icons, name));
      names.push(name);
    } catch (error) {
      process.stderr.write(`${set}/${name}: ${error.message}\n`);
    }
  }
  closeSync(file);
  writeFileSync(join(outDir, `${set}.json`), JSON.stringify(names));
  process.stdout.write(`${set} ${names.length}\n`);
}

function annotations(language) {
  const base = require(`cldr-annotations-full/annotations/${language}/annotations.json`);
  const derived = require(`cldr-annotations-derived-full/annotationsDerived/${language}/annotations.json`);
  return { ...derived.annotationsDerived.annotations, ...base.annotations.annotations };
}

function writeNames() {
  const english = annotations('en');
  const korean = annotations('ko');
  const names = {};
  for (const [emoji, { tts, default: keywords = [] }] of Object.entries(english)) {
    if (!tts) continue;
    const other = korean[emoji];
    names[tts[0]] = { en: [tts[0], ...keywords], ko: other?.tts ? [other.tts[0], ...(other.default ?? [])] : [] };
  }
  writeFileSync(join(outDir, 'names.json'), JSON.stringify(names));
}

writeNames();
for (const set of SETS) await writeSet(set);
process.stdout.write(`written to ${resolve(outDir)}\n`);
