import type { Estimate } from '../audit/statistics/level.ts';
import { share } from '../audit/statistics/shares.ts';
import { classify, withVectors } from '../clip/classify.ts';
import type { ModelInfo } from '../clip/facts.ts';
import type { ClipModel } from '../clip/model.ts';
import type { Answer } from '../probe/few-shot.ts';
import type { Trainer } from '../probe/trainer.ts';
import type { OnProgress } from '../progress.ts';
import { classesOf, type Encoded, encodeAll, type LabelledPicture } from './encode-all.ts';

interface Settings {
  template: string;
  seed: number;
  onProgress: OnProgress;
}

/** Zero-shot against a probe of few examples, on the same pictures. */
export interface FewShotReport {
  model: ModelInfo;
  template: string;
  seed: number;
  classes: readonly string[];
  pictures: Encoded['pictures'];
  unread: Encoded['unread'];
  twice: Encoded['twice'];
  /** No examples, then 1, 2, 4, … as far as the smallest class goes. */
  rounds: readonly Round[];
  /** The class with the fewest pictures, which says how far that is. */
  smallest: { label: string; pictures: number };
}

export interface Round {
  /** 0 is zero-shot. */
  shots: number;
  accuracy: Estimate;
  /** By draw. */
  accuracies: readonly number[];
  /** By picture, its answers in the draws that did not learn from it, as places in `classes`. */
  answers: readonly (readonly Answer[])[];
}

const DRAWS = 10;
/** The 97.5 % point of Student's t with one degree of freedom fewer than draws. */
const T = 2.262157;

/**
 * Few-shot evaluation as in Radford et al. (2021), figure 6. The same pictures and seed give the same draws, in whatever
 * order the pictures come.
 * @throws UserError `too-few-classes`
 */
export async function measureFewShot(
  model: ClipModel,
  labelled: readonly LabelledPicture[],
  trainer: Trainer,
  { template, seed, onProgress }: Settings,
): Promise<FewShotReport> {
  const info = await model.info();
  const { pictures, unread, twice } = await encodeAll(model, labelled.toSorted(byName), onProgress);
  const classes = classesOf(pictures);
  const truth = pictures.map(({ label }) => classes.indexOf(label));
  const labels = withVectors(classes, await model.embedLabels(classes, template));
  const zeroShot = pictures.map(({ vector }): Answer[] => {
    const [best] = classify(vector, labels, info);
    return best ? [{ answer: classes.indexOf(best.label), probability: best.probability }] : [];
  });
  const right = zeroShot.filter(([first], i) => first?.answer === truth[i]).length;
  const accuracy = share(right, pictures.length);
  const vectors = pictures.map(({ vector }) => vector);
  const shots = await trainer.fewShot({ vectors, classes: truth, count: classes.length, draws: DRAWS, seed });
  const sizes = classes.map((label) => ({ label, pictures: pictures.filter((own) => own.label === label).length }));
  return {
    model: info,
    template,
    seed,
    classes,
    pictures,
    unread,
    twice,
    rounds: [
      { shots: 0, accuracy, accuracies: [accuracy.value], answers: zeroShot },
      ...shots.map((one) => ({ ...one, accuracy: meanOf(one.accuracies) })),
    ],
    smallest: sizes.reduce((least, one) => (one.pictures < least.pictures ? one : least)),
  };
}

/** By the letters' codes, which are the same in every language. */
function byName(a: LabelledPicture, b: LabelledPicture): number {
  const [one, other] = [a, b].map(({ name, label }) => `${name}\0${label}`);
  return (one ?? '') < (other ?? '') ? -1 : 1;
}

/** The mean over draws with Student's interval: how far another ten draws may be off, not other pictures. */
function meanOf(draws: readonly number[]): Estimate {
  const value = draws.reduce((sum, one) => sum + one, 0) / draws.length;
  const squares = draws.reduce((sum, one) => sum + (one - value) ** 2, 0);
  const half = T * Math.sqrt(squares / (draws.length - 1) / draws.length);
  return { value, low: Math.max(0, value - half), high: Math.min(1, value + half) };
}

/** How often each class (rows) was answered as each, in one round; of several draws a share of each picture. */
export function confusionOf({ classes, pictures }: FewShotReport, { answers }: Round): number[][] {
  const counts = classes.map(() => classes.map(() => 0));
  for (const [i, { label }] of pictures.entries()) {
    const row = counts[classes.indexOf(label)];
    for (const { answer } of answers[i] ?? []) if (row) row[answer] = (row[answer] ?? 0) + 1;
  }
  return counts;
}

export interface Mistake {
  picture: LabelledPicture;
  /** The wrong answer that was given most surely. */
  answer: string;
  probability: number;
}

/** The pictures that were mistaken with the highest probability in one round, the worst first. */
export function worstMistakes({ classes, pictures }: FewShotReport, { answers }: Round, most: number): Mistake[] {
  const mistakes = pictures.flatMap((picture, i): Mistake[] => {
    const wrong = (answers[i] ?? []).filter(({ answer }) => classes[answer] !== picture.label);
    const worst = wrong.reduce<Answer | undefined>((a, b) => (a && a.probability >= b.probability ? a : b), undefined);
    return worst ? [{ picture, answer: classes[worst.answer] ?? '', probability: worst.probability }] : [];
  });
  return mistakes.sort((a, b) => b.probability - a.probability).slice(0, most);
}
