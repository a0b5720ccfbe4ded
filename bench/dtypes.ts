import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Encoder } from '../src/clip/encoder.ts';
import { readFacts } from '../src/clip/facts.ts';
import { findModelFiles, weightBytes } from '../src/clip/files.ts';
import { toInputPixels } from '../src/clip/geometry.ts';
import { fill, templatesOf } from '../src/clip/prompts.ts';
import { dot } from '../src/clip/vectors.ts';
import { planViews } from '../src/clip/views.ts';
import { DTYPES, type Dtype } from '../src/config.ts';
import { decode } from '../src/image/decode.ts';
import { agreement } from './agreement.ts';
import { median, time } from './measure.ts';
import { photos } from './photos.ts';
import { THREADS } from './subject.ts';
import { LABELS } from './words.ts';

const ROUNDS = 21;
/** As many labels as /detect takes. */
const DIRECTIONS = 10;

interface Measured {
  megabytes: number;
  memory: number;
  /** The same once it has explained. */
  explaining: number;
  image: number;
  text: number;
  images: number[][];
  texts: number[][];
}

/**
 * `node launch/run.mjs bench/dtypes.ts MODEL-FOLDER [IMAGES]` measures each dtype of a model that is there, in a process
 * of its own, and how far its answers are from those of fp32.
 */
async function main(folder: string, images: string | undefined, dtype: string | undefined): Promise<void> {
  const single = DTYPES.find((candidate) => candidate === dtype);
  if (single) {
    process.stdout.write(JSON.stringify(await measure(folder, images, single)));
    return;
  }
  const rows: [Dtype, Measured][] = [];
  for (const candidate of DTYPES) {
    const found = await findFiles(folder, candidate).catch(() => undefined);
    if (found) rows.push([candidate, runAlone(folder, images, candidate)]);
  }
  const [[, fp32] = []] = rows;
  if (!fp32) throw new Error(`${folder} has no dtype`);
  process.stdout.write(
    'dtype\tMB\tmemory, MB\texplaining, MB\tms per image\tms per text\timage cosine\ttext cosine\ttop-1\trank (Kendall)\n',
  );
  for (const [name, row] of rows) {
    const { top, kendall } = agreement(fp32, row);
    const sizes = [row.megabytes.toFixed(1), row.memory.toFixed(0), row.explaining.toFixed(0)];
    const figures = [...sizes, row.image.toFixed(1), row.text.toFixed(1)];
    const cosines = [meanCosine(fp32.images, row.images), meanCosine(fp32.texts, row.texts)].map((x) => x.toFixed(4));
    process.stdout.write(`${[name, ...figures, ...cosines, top.toFixed(3), kendall.toFixed(3)].join('\t')}\n`);
  }
}

function runAlone(folder: string, images: string | undefined, dtype: Dtype): Measured {
  const script = process.argv[1] ?? '';
  const out = execFileSync(process.execPath, [script, folder, images ?? '', dtype], { maxBuffer: 1 << 28 });
  return JSON.parse(out.toString());
}

function findFiles(model: string, dtype: Dtype) {
  const proxies = { https: undefined, http: undefined, none: undefined };
  const hub = { endpoint: 'http://127.0.0.1:1', token: undefined, isOffline: true, proxies };
  const { signal } = new AbortController();
  return findModelFiles({ model, dtype, hub, ask: 'may', cacheFolder: model, onProgress() {}, signal });
}

async function measure(folder: string, images: string | undefined, dtype: Dtype): Promise<Measured> {
  const files = await findFiles(folder, dtype);
  const { family, width, heads, context } = await readFacts(basename(folder), folder);
  const pictures = await Promise.all((await readImages(images)).map((bytes, i) => decode(`${i}`, bytes)));
  const before = process.memoryUsage.rss();
  const explanations = await mkdtemp(join(tmpdir(), 'cliplens-dtypes-'));
  const encoder = new Encoder({ ...files, family, width, heads, context, threads: THREADS, explanations });
  const { geometry, patches } = await encoder.ready;
  const pixels = await Promise.all(pictures.map((picture) => toInputPixels(picture, geometry)));
  const [template = '{label}'] = templatesOf('photo');
  const prompts = LABELS.map((label) => fill(template, label));
  const vectors = await Promise.all(pixels.map((one) => encoder.image(one)));
  const texts = await Promise.all(prompts.map((prompt) => encoder.text(prompt)));
  const memory = process.memoryUsage.rss() - before;
  const [[first], [picture]] = [pixels, pictures];
  if (!first || !picture) throw new Error('there is no image');
  const image = await medianTime(() => encoder.image(first));
  const text = await medianTime((i) => encoder.text(prompts[i % prompts.length] ?? ''));
  if (!('missing' in patches)) {
    const { views } = planViews({ ...picture, columns: 7, rows: 1 }, patches); // a strip has the most
    await encoder.explain({ pixels: views.map(() => first), directions: vectors.slice(0, DIRECTIONS) });
    await Promise.all(pixels.map((one) => encoder.image(one)));
  }
  const explaining = process.memoryUsage.rss() - before;
  await encoder.close();
  await rm(explanations, { recursive: true });
  const megabytes = (await weightBytes(files.folder, [files.vision, files.text])) / 1e6;
  const plain = (all: readonly Float32Array[]) => all.map((vector) => [...vector]);
  return {
    megabytes,
    memory: memory / 1e6,
    explaining: explaining / 1e6,
    image,
    text,
    images: plain(vectors),
    texts: plain(texts),
  };
}

async function readImages(folder: string | undefined): Promise<Uint8Array[]> {
  if (!folder) return photos(64);
  const names = (await readdir(folder)).filter((name) => /\.(png|jpe?g|webp)$/.test(name));
  return Promise.all(names.map((name) => readFile(join(folder, name))));
}

async function medianTime(work: (round: number) => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) times.push(await time(() => work(round)));
  return median(times);
}

function meanCosine(a: readonly number[][], b: readonly number[][]): number {
  const cosines = a.map((vector, i) => dot(Float32Array.from(vector), Float32Array.from(b[i] ?? [])));
  return cosines.reduce((sum, cosine) => sum + cosine, 0) / cosines.length;
}

await main(process.argv[2] ?? '', process.argv[3], process.argv[4]);
