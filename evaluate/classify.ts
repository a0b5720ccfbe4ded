import { readFile } from 'node:fs/promises';
import { classify } from '../src/clip/classify.ts';
import type { ModelInfo } from '../src/clip/facts.ts';
import type { ClipModel } from '../src/clip/model.ts';
import { decode } from '../src/image/decode.ts';
import type { Dataset } from './dataset.ts';
import type { Prediction } from './measures.ts';

/** So many images are decoded and encoded at a time. */
const CHUNK = 16;

export interface Run {
  model: ModelInfo;
  template: string;
  predictions: readonly Prediction[];
}

export interface Answers {
  runs: readonly Run[];
  /** Images that could not be read, and why. */
  unread: readonly { image: string; reason: string }[];
}

/** Zero-shot classification of every image by one model, with each of the templates. Images are encoded once. */
export async function classifyAll(
  model: ClipModel,
  { images, classes }: Dataset,
  templates: readonly string[],
  onProgress: (done: number, total: number) => void,
): Promise<Answers> {
  const info = await model.info();
  const encoded: { name: string; label: string; vector: Float32Array }[] = [];
  const unread: { image: string; reason: string }[] = [];
  for (let start = 0; start < images.length; start += CHUNK) {
    const chunk = images.slice(start, start + CHUNK).map(async ({ path, name, label }) => {
      const picture = await readFile(path)
        .then((bytes) => decode(name, bytes))
        .catch((error: Error) => void unread.push({ image: name, reason: error.message }));
      return picture && { name, label, vector: await model.embedImage(picture) };
    });
    encoded.push(...(await Promise.all(chunk)).filter((one) => one !== undefined));
    onProgress(Math.min(start + CHUNK, images.length), images.length);
  }
  const runs: Run[] = [];
  for (const template of templates) {
    const vectors = await model.embedLabels(classes, template);
    const labels = vectors.map((vector, i) => ({ label: classes[i] ?? '', vector }));
    const predictions = encoded.map(({ name, label, vector }) => {
      const ranked = classify(vector, labels, info).map(({ label, probability }) => ({ label, probability }));
      return { image: name, label, ranked };
    });
    runs.push({ model: info, template, predictions });
  }
  return { runs, unread };
}
