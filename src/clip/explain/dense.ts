import type { Anatomy } from './anatomy.ts';
import type { Grid } from './explanation.ts';
import type { FragmentBuilder } from './fragment-builder.ts';
import type { TensorName } from './parts.ts';
import { type Attention, mlp, project } from './pooling.ts';

/** How far a patch looks beyond itself, as a share of the grid's side: NACLIP's 5 of 14 patches. */
const NEIGHBOURHOOD = 5 / 14;

/**
 * An embedding of each patch, `[B, N, E]`: patches attend to patches that have like keys or are near (NACLIP, Hajimiri et
 * al. 2025), and a block's residual and MLP are left out (ClearCLIP, Lan et al. 2024), since they tell of the whole image. A
 * pooling head keeps its MLP, which is half of what it puts out.
 */
export function createDense(build: FragmentBuilder, anatomy: Anatomy, attention: Attention, grid: Grid): TensorName {
  const { keys, values, patches, scale } = attention;
  const [k, v] = [patches(keys.all, 2), patches(values.all, 2)];
  const likeness = build.scale(build.matMulTransposed(k, k), scale);
  const weights = build.op('Softmax', [build.add(likeness, nearness(build, grid))], { axis: -1 });
  const mixed = build.linear(build.join(build.matMul(weights, v)), anatomy.output);
  if (anatomy.projection) return project(build, anatomy.projection, mixed);
  return build.add(mixed, mlp(build, anatomy, mixed).value);
}

/** exp(-d^2 / 2 sigma^2) of the distance of two patches, `[N, N]`: computed as the model loads, for it would be large. */
function nearness(build: FragmentBuilder, { rows, columns }: Grid): TensorName {
  const sigma = NEIGHBOURHOOD * Math.min(rows, columns);
  const squares = [rowOf, columnOf].map((place) => {
    const places = Array.from({ length: rows * columns }, (_, i) => place(i, columns));
    const apart = build.subtract(build.floats(places, [places.length, 1]), build.floats(places, [1, places.length]));
    return build.multiply(apart, apart);
  });
  const [down = '', across = ''] = squares;
  return build.op('Exp', [build.scale(build.add(down, across), -1 / (2 * sigma ** 2))]);
}

function rowOf(patch: number, columns: number): number {
  return Math.floor(patch / columns);
}

function columnOf(patch: number, columns: number): number {
  return patch % columns;
}
