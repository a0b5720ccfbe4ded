import { classify, withVectors } from '../src/clip/classify.ts';
import type { ModelInfo } from '../src/clip/facts.ts';
import type { ClipModel } from '../src/clip/model.ts';
import { classesOf, type Encoded, encodeAll } from '../src/evaluation/encode-all.ts';
import type { OnProgress } from '../src/progress.ts';
import { type Dataset, readImage } from './dataset.ts';
import type { Prediction } from './measures.ts';

export interface Run {
  model: ModelInfo;
  template: string;
  /** The labels that were compared. */
  classes: readonly string[];
  predictions: readonly Prediction[];
}

export interface Answers {
  runs: readonly Run[];
  /** Images that could not be read, and why. */
  unread: readonly { image: string; reason: string }[];
  twice: Encoded['twice'];
}

/**
 * Zero-shot classification of every image by one model, with each of the templates. Images are encoded once.
 * @throws UserError `too-few-classes` where those of fewer than two can be read
 */
export async function classifyAll(
  model: ClipModel,
  { images }: Dataset,
  templates: readonly string[],
  onProgress: OnProgress,
): Promise<Answers> {
  const info = await model.info();
  const labelled = images.map((image) => ({ ...image, read: () => readImage(image) }));
  const { pictures, unread, twice } = await encodeAll(model, labelled, onProgress);
  const classes = classesOf(pictures);
  const runs: Run[] = [];
  for (const template of templates) {
    const labels = withVectors(classes, await model.embedLabels(classes, template));
    const predictions = pictures.map(({ name, label, vector }) => {
      const ranked = classify(vector, labels, info).map(({ label, probability }) => ({ label, probability }));
      return { image: name, label, ranked };
    });
    runs.push({ model: info, template, classes, predictions });
  }
  return { runs, twice, unread: unread.map(({ name, error }) => ({ image: name, reason: error.message })) };
}
