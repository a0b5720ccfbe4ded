interface Vectors {
  images: readonly (readonly number[])[];
  texts: readonly (readonly number[])[];
}

/**
 * How alike two encoders rank the same texts for the same images.
 * @returns `top`, the share of images with the same first text; `kendall`, the mean over images of Kendall's tau:
 *   1 where the order is the same, 0 where it has nothing to do with it
 */
export function agreement(a: Vectors, b: Vectors): { top: number; kendall: number } {
  const rows = a.images.map((_, i) => [scores(a, i), scores(b, i)] as const);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    top: mean(rows.map(([one, other]) => (best(one) === best(other) ? 1 : 0))),
    kendall: mean(rows.map(([one, other]) => tau(one, other))),
  };
}

function scores({ images, texts }: Vectors, i: number): number[] {
  const image = images[i] ?? [];
  return texts.map((text) => text.reduce((sum, value, k) => sum + value * (image[k] ?? 0), 0));
}

function best(values: readonly number[]): number {
  return values.indexOf(Math.max(...values));
}

function tau(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) {
    for (let j = 0; j < i; j += 1) {
      sum += Math.sign((a[i] ?? 0) - (a[j] ?? 0)) * Math.sign((b[i] ?? 0) - (b[j] ?? 0));
    }
  }
  return sum / ((a.length * (a.length - 1)) / 2);
}
