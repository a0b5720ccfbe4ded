import { readFile } from 'node:fs/promises';
import { classify, withVectors } from '../src/clip/classify.ts';
import type { ModelInfo } from '../src/clip/facts.ts';
import type { ClipModel } from '../src/clip/model.ts';
import { encodeAll } from '../src/evaluation/encode-all.ts';
import type { OnProgress } from '../src/progress.ts';
import type { Dataset } from './dataset.ts';
import type { Prediction } from './measures.ts';

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
  onProgress: OnProgress,
): Promise<Answers> {
  const info = await model.info();
  const labelled = images.map(({ path, name, label }) => ({ name, label, read: () => readFile(path) }));
  const { pictures, unread } = await encodeAll(model, labelled, onProgress);
  const runs: Run[] = [];
  for (const template of templates) {
    const labels = withVectors(classes, await model.embedLabels(classes, template));
    const predictions = pictures.map(({ name, label, vector }) => {
      const ranked = classify(vector, labels, info).map(({ label, probability }) => ({ label, probability }));
      return { image: name, label, ranked };
    });
    runs.push({ model: info, template, predictions });
  }
  return { runs, unread: unread.map(({ name, error }) => ({ image: name, reason: error.message })) };
}
