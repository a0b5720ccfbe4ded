// node tools/demo-model/draw-emojione.mjs ICONS.json FOLDER    a folder for each noun of lists/nouns.json, with its
// drawings from @iconify-json/emojione 1.2.3 (icons.json), 240 pixels a side, on white: a style that the demo model never saw.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';

const SIDE = 240;

const [, , source, folder] = process.argv;
const { icons, aliases = {}, width = 64, height = 64 } = JSON.parse(await readFile(source, 'utf8'));
const nouns = JSON.parse(await readFile(new URL('lists/nouns.json', import.meta.url), 'utf8'));
for (const [noun, { concepts }] of Object.entries(nouns)) {
  for (const concept of concepts) {
    const icon = icons[concept] ?? icons[aliases[concept]?.parent];
    if (!icon) continue;
    const place = join(folder, noun.replaceAll(' ', '_'));
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${SIDE}" height="${SIDE}">${icon.body}</svg>`;
    await mkdir(place, { recursive: true });
    const png = await sharp(Buffer.from(svg)).flatten({ background: '#fff' }).png().toBuffer();
    await writeFile(join(place, `${concept}.png`), png);
  }
}
