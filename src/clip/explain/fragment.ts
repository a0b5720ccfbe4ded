import type { Anatomy } from './anatomy.ts';
import { createDense } from './dense.ts';
import type { Grid } from './explanation.ts';
import { FragmentBuilder } from './fragment-builder.ts';
import type { TensorName } from './parts.ts';
import { type Attention, attend, backToMixed, pool } from './pooling.ts';

/** The input that a fragment adds: `[K, E]`, a direction among embeddings for each map. */
export const DIRECTIONS = 'cliplens_directions';

/** The outputs that a fragment adds. */
export const OUTPUTS = {
  /** `[B, N, E]`, an embedding of each patch. */
  dense: 'cliplens_dense',
  /** `[B, K, N]`, as are the next two. */
  gradcam: 'cliplens_gradcam',
  hirescam: 'cliplens_hirescam',
  attention: 'cliplens_attention',
  /** `[B, E]`, the image's embedding as the parts that were found compute it. */
  again: 'cliplens_again',
} as const;

/**
 * What is appended to the bytes of a vision file, so that one run gives the embedding and all maps: a ModelProto, which
 * protobuf merges with the one before it.
 *
 * With c = cos(image, direction) and the last attention's input A `[N, D]`, the gradient G = dc/dA is known in closed
 * form, since only one query goes on: G_j = sum over heads of p_j Wv g + w_j Wk q, where p are the query's attentions, g is
 * dc/dz at the mixed values z, and w the gradient at the scores before softmax. Then G_j . A_j needs no weights of keys
 * and values, since A_j Wv = v_j - its bias, and the same for the keys.
 *
 * - Grad-CAM (Selvaraju et al. 2017): relu(sum over c of mean_j(G_jc) A_jc), as pytorch-grad-cam computes it
 * - HiResCAM (Draelos and Carin 2020): relu(sum over c of G_jc A_jc)
 * - attention: mean over heads of relu(p dc/dp) (Chefer et al. 2021, the last layer alone)
 * - dense: see `createDense`
 */
export function createFragment(anatomy: Anatomy, heads: number, grid: Grid): Buffer {
  const build = new FragmentBuilder(anatomy.opset, anatomy.isHalf);
  const attention = attend(build, anatomy, heads);
  const pooled = pool(build, anatomy, attention.mixed);
  build.op('Reshape', [pooled.embedding, build.integers(0, -1)], {}, OUTPUTS.again);
  const gradient = build.split(backToMixed(build, anatomy, pooled, DIRECTIONS), heads, anatomy.width);
  createGradientMaps(build, attention, gradient, heads);
  build.op('Identity', [createDense(build, anatomy, attention, grid)], {}, OUTPUTS.dense);

  build.port('input', { name: DIRECTIONS, type: 'float32', dims: ['directions', 'embedding'] });
  const { dense, again, ...maps } = OUTPUTS;
  build.port('output', { name: dense, type: 'float32', dims: ['images', 'patches', 'embedding'] });
  build.port('output', { name: again, type: 'float32', dims: ['images', 'embedding'] });
  for (const name of Object.values(maps)) {
    build.port('output', { name, type: 'float32', dims: ['images', 'directions', 'patches'] });
  }
  return build.encode();
}

/** @param gradient at the mixed values, `[B, H, K, D / H]` */
function createGradientMaps(build: FragmentBuilder, attention: Attention, gradient: TensorName, heads: number): void {
  const { query, keys, values, scores, weights, patches } = attention;
  const atWeights = build.matMulTransposed(gradient, values.all);
  const along = build.matMulTransposed(atWeights, weights);
  const atScores = build.multiply(weights, build.subtract(atWeights, along));

  const ofValues = patches(withoutBias(build, atWeights, gradient, values.bias), 3);
  const ofKeys = patches(withoutBias(build, scores, query, keys.bias), 3);
  const [p, w] = [patches(weights, 3), patches(atScores, 3)];
  const cam = (pFactor: TensorName, wFactor: TensorName, output: string) => {
    const sum = build.add(build.multiply(pFactor, ofValues), build.multiply(wFactor, ofKeys));
    build.op('Relu', [build.scale(overHeads(build, sum), heads)], {}, output);
  };
  cam(build.mean(p, -1), build.mean(w, -1), OUTPUTS.gradcam);
  cam(p, w, OUTPUTS.hirescam);
  const relevance = build.op('Relu', [build.multiply(p, patches(atWeights, 3))]);
  build.op('Identity', [overHeads(build, relevance)], {}, OUTPUTS.attention);
}

/** Of products `[B, H, R, T]` of rows with keys or values, what is left without the bias in the latter. */
function withoutBias(build: FragmentBuilder, products: TensorName, rows: TensorName, bias: TensorName | undefined) {
  return bias === undefined ? products : build.subtract(products, build.matMulTransposed(rows, bias));
}

/** The mean over heads of `[B, H, K, N]`, `[B, K, N]`. */
function overHeads(build: FragmentBuilder, tensor: TensorName): TensorName {
  return build.mean(tensor, 1, 'squeeze');
}
