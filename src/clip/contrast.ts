import { softmax } from './classify.ts';
import { dot, mean, weighted } from './vectors.ts';

/** At most so much of what any image might show gives way to what this one shows. */
const GIVEN_WAY = 0.5;

/** An image, and the scale of its model's cosines. */
export interface Shown {
  /** Its unit vector. */
  image: Float32Array;
  logitScale: number;
}

/**
 * Directions among embeddings that set each text apart from the others, from those it stands against, and from everyday words: its
 * vector minus the mean of theirs. What texts have in common lights up everywhere (CLIP Surgery, Li et al. 2025).
 *
 * Things look a little like any noun, plain ground does not: so a noun that is not there would point at them. Where the image as
 * a whole shows other everyday words rather than the text, part of their mean is what they show in it: it explains them away.
 * @param against further texts, which get no direction
 * @param background everyday words without the texts
 */
export function contrast(
  texts: readonly Float32Array[],
  against: readonly Float32Array[],
  background: readonly Float32Array[],
  shown: Shown,
): Float32Array[] {
  return texts.map((text, i) => {
    const others = texts.filter((_, other) => other !== i);
    const rest = mean([explained(text, background, shown), ...against, ...others]);
    return text.map((value, at) => value - (rest[at] ?? 0));
  });
}

/** The mean of everyday words, of which those that the image shows weigh the more, the less it shows the text. */
function explained(
  text: Float32Array,
  background: readonly Float32Array[],
  { image, logitScale }: Shown,
): Float32Array {
  const logits = background.map((word) => logitScale * dot(image, word));
  const behind = Math.max(0, Math.max(...logits) - logitScale * dot(image, text));
  const share = GIVEN_WAY * (1 - Math.exp(-behind / 2)); // the root of how much likelier the likeliest word is
  const weights = softmax(logits).map((likely) => (1 - share) / background.length + share * likely);
  return weighted(background, weights);
}
