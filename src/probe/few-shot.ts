import { predict, train } from './probe.ts';
import { randomFrom, shuffled } from './random.ts';

/** The shots of Radford et al. (2021), figure 6. */
const SHOTS = [1, 2, 4, 8, 16];
export const MOST_SHOTS = Math.max(...SHOTS);

export interface Pool {
  /** Unit vectors, with the class of each as 0 to `count - 1`. */
  vectors: readonly Float32Array[];
  classes: readonly number[];
  count: number;
  draws: number;
  seed: number;
}

/** The class that was found most probable. */
export interface Answer {
  answer: number;
  probability: number;
}

export interface Shots {
  shots: number;
  /** By draw, the share that was right of the vectors that were not drawn. */
  accuracies: readonly number[];
  /** By vector, the answers of the draws that did not learn from it. */
  answers: readonly (readonly Answer[])[];
}

/**
 * How well a linear probe does on the rest that learned from 1, 2, 4, … vectors of each class, drawn at random. A draw of
 * more has those of the same draw of fewer. Shots that would leave a class with none to be asked about are left out. The
 * strength is chosen in the first draw and kept for the others.
 */
export function fewShot({ vectors, classes, count, draws, seed }: Pool): Shots[] {
  const byClass = Array.from({ length: count }, (_, k) => classes.flatMap((own, i) => (own === k ? [i] : [])));
  const smallest = Math.min(...byClass.map((own) => own.length));
  const random = randomFrom(seed);
  const orders = Array.from({ length: draws }, () => byClass.map((own) => shuffled(own, random)));
  return SHOTS.filter((shots) => shots < smallest).map((shots) => {
    const answers: Answer[][] = vectors.map(() => []);
    let strength: number | undefined;
    const accuracies = orders.map((order) => {
      const learned = order.flatMap((own) => own.slice(0, shots));
      const lesson = { ...pick(learned, vectors, classes), count };
      const probe = train(lesson, strength);
      strength = probe.strength;
      const held = order.flatMap((own) => own.slice(shots));
      const right = held.filter((i) => {
        const probabilities = predict(probe, vectors[i] ?? new Float32Array());
        const probability = Math.max(...probabilities);
        const answer = probabilities.indexOf(probability);
        answers[i]?.push({ answer, probability });
        return answer === classes[i];
      });
      return right.length / held.length;
    });
    return { shots, accuracies, answers };
  });
}

function pick(indices: readonly number[], vectors: readonly Float32Array[], classes: readonly number[]) {
  return {
    vectors: indices.map((i) => vectors[i] ?? new Float32Array()),
    classes: indices.map((i) => classes[i] ?? 0),
  };
}
