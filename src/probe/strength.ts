import { type Examples, meanLoss, regress, type Weights } from './logistic.ts';
import { randomFrom, shuffled } from './random.ts';

/** For unit vectors of few examples, where there are too few to try: what cross-validation finds on most. */
export const USUAL_STRENGTH = 100;
/** With fewer of a class than folds, one would have none of it. */
const FOLDS = 3;
const COARSE = [0.1, 1, 10, 100, 1000, 10_000];
/** The fine steps beside the best coarse one. */
const FINE = Math.sqrt(10);
/** Only the order of the strengths matters here. */
const TOLERANCE = 1e-4;
const SEED = 1;

/**
 * The C that predicts examples best that it was not fitted to: stratified folds, on a logarithmic grid that is made
 * finer around its best, as Radford et al. (2021), appendix A.3, sweep it; by cross-entropy, because few examples
 * leave accuracies that tie.
 */
export function chooseStrength(examples: Examples, features: number): number {
  const folds = foldsOf(examples);
  if (folds === undefined) return USUAL_STRENGTH;
  const starts: (Weights | undefined)[] = folds.map(() => undefined);
  const losses = new Map<number, number>();
  const tryOut = (strength: number) => {
    const fold = folds.map(({ learned, held }, i) => {
      const weights = regress(learned, features, { strength, start: starts[i], tolerance: TOLERANCE });
      starts[i] = weights;
      return meanLoss(held, weights) * held.rows.length;
    });
    losses.set(
      strength,
      fold.reduce((sum, loss) => sum + loss, 0),
    );
  };
  const best = () => [...losses].reduce((least, one) => (one[1] < least[1] ? one : least))[0];
  // From weak to strong, each from where the last one ended, until it only gets worse.
  for (const strength of COARSE) {
    tryOut(strength);
    if (best() * 10 < strength) break;
  }
  const coarse = best();
  for (const strength of [coarse * FINE, coarse / FINE]) tryOut(strength);
  return best();
}

interface Fold {
  learned: Examples;
  held: Examples;
}

/** Folds that each hold the same share of every class, or undefined where a class has too few examples for that. */
function foldsOf({ rows, classes, count }: Examples): Fold[] | undefined {
  const sizes = Array.from({ length: count }, (_, k) => classes.filter((own) => own === k).length);
  const smallest = Math.min(...sizes);
  if (smallest < FOLDS) return undefined;
  const random = randomFrom(SEED);
  const foldOf = new Array<number>(rows.length).fill(0);
  for (let k = 0; k < count; k++) {
    const own = classes.flatMap((one, i) => (one === k ? [i] : []));
    shuffled(own, random).forEach((i, turn) => {
      foldOf[i] = turn % FOLDS;
    });
  }
  const where = (keep: (fold: number) => boolean): Examples => ({
    rows: rows.filter((_, i) => keep(foldOf[i] ?? 0)),
    classes: classes.filter((_, i) => keep(foldOf[i] ?? 0)),
    count,
  });
  return Array.from({ length: FOLDS }, (_, fold) => ({
    learned: where((own) => own !== fold),
    held: where((own) => own === fold),
  }));
}
