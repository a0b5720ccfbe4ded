import { activate } from './activation.ts';
import type { Anatomy } from './anatomy.ts';
import type { FragmentBuilder } from './fragment-builder.ts';
import type { Linear, TensorName } from './parts.ts';

interface Projected {
  /** `[B, H, T, D / H]` */
  all: TensorName;
  /** `[1, H, 1, D / H]` */
  bias: TensorName | undefined;
}

/** The last attention, of one query. */
export interface Attention {
  /** What products of queries and keys are multiplied by. */
  scale: number;
  /** `[B, H, 1, D / H]`, multiplied by it. */
  query: TensorName;
  keys: Projected;
  values: Projected;
  /** `[B, H, 1, T]`, before and after softmax. */
  scores: TensorName;
  weights: TensorName;
  /** `[B, 1, D]` */
  mixed: TensorName;
  /** Leaves the class token out, if there is one. */
  patches(tensor: TensorName, axis: number): TensorName;
}

/** What follows the attention, for one token of each image: all `[B, 1, ...]`. */
interface Pooled {
  attended: TensorName;
  beforeNorm: TensorName;
  derivative: TensorName;
  embedding: TensorName;
}

/** Computes the last attention again, for the query that goes on alone. */
export function attend(build: FragmentBuilder, anatomy: Anatomy, heads: number): Attention {
  const { width, hasClassToken, query: linear, key, value } = anatomy;
  const split = (tensor: TensorName) => build.split(tensor, heads, width);
  const isPacked = key.output === value.output;
  const project = ({ output, bias }: Linear, from: number): Projected => {
    const all = tokensFirst(build, build.float(output), hasClassToken);
    const part = (tensor: TensorName, axis: number) =>
      isPacked ? build.slice(tensor, axis, from, from + width) : tensor;
    return {
      all: split(part(all, 2)),
      bias: bias === undefined ? undefined : split(part(build.reshape(build.float(bias), 1, 1, -1), 2)),
    };
  };
  const one = hasClassToken
    ? firstToken(build, linear.output)
    : build.reshape(build.float(linear.output), -1, 1, width);
  const scale = Math.sqrt(heads / width);
  const query = build.scale(split(one), scale);
  const [keys, values] = [project(key, 0), project(value, width)];
  const scores = build.matMulTransposed(query, keys.all);
  const weights = build.op('Softmax', [scores], { axis: -1 });
  const mixed = build.join(build.matMul(weights, values.all));
  const patches = (tensor: TensorName, axis: number) =>
    hasClassToken ? build.slice(tensor, axis, 1, Number.MAX_SAFE_INTEGER) : tensor;
  return { scale, query, keys, values, scores, weights, mixed, patches };
}

/** From the mixed values to the embedding. */
export function pool(build: FragmentBuilder, anatomy: Anatomy, mixed: TensorName): Pooled {
  const { residual, projection } = anatomy;
  const output = build.linear(mixed, anatomy.output);
  const attended = residual === undefined ? output : build.add(firstToken(build, residual), output);
  const { value, derivative } = mlp(build, anatomy, attended);
  const beforeNorm = build.add(attended, value);
  const embedding = projection ? project(build, projection, beforeNorm) : beforeNorm;
  return { attended, beforeNorm, derivative, embedding };
}

/** The second half of a block, without its residual; and the derivative of its activation. */
export function mlp(
  build: FragmentBuilder,
  { norm, up, activation, down }: Anatomy,
  tokens: TensorName,
): { value: TensorName; derivative: TensorName } {
  const { value, derivative } = activate(build, activation, build.linear(build.norm(tokens, norm), up));
  return { value: build.linear(value, down), derivative };
}

/** From the last block's tokens to embeddings. */
export function project(
  build: FragmentBuilder,
  { norm, linear }: NonNullable<Anatomy['projection']>,
  tokens: TensorName,
): TensorName {
  return build.linear(build.norm(tokens, norm), linear);
}

/**
 * The gradient of the cosines of embedding and directions, at the mixed values.
 * @param directions `[K, E]`
 * @returns `[B, K, D]`
 */
export function backToMixed(
  build: FragmentBuilder,
  { norm, up, down, output, projection }: Anatomy,
  { attended, beforeNorm, derivative, embedding }: Pooled,
  directions: TensorName,
): TensorName {
  const length = build.op('Sqrt', [build.matMul(embedding, build.transpose(embedding, 0, 2, 1))]);
  const unit = build.divide(embedding, length);
  const cosines = build.matMul(directions, build.transpose(unit, 0, 2, 1));
  const atEmbedding = build.divide(build.subtract(directions, build.multiply(cosines, unit)), length);
  const atSum = projection
    ? build.normBack(beforeNorm, build.linearBack(atEmbedding, projection.linear), projection.norm)
    : atEmbedding;
  const atHidden = build.multiply(build.linearBack(atSum, down), derivative);
  const atAttended = build.add(atSum, build.normBack(attended, build.linearBack(atHidden, up), norm));
  return build.linearBack(atAttended, output);
}

function firstToken(build: FragmentBuilder, tensor: TensorName): TensorName {
  return build.slice(build.float(tensor), 1, 0, 1);
}

/** PyTorch's MultiheadAttention, of pooling heads, has the batch on its second axis. */
function tokensFirst(build: FragmentBuilder, tensor: TensorName, hasClassToken: boolean): TensorName {
  return hasClassToken ? tensor : build.transpose(tensor, 1, 0, 2);
}
