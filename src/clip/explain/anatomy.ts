import type { GraphHead } from '../onnx/graph.ts';
import { type Linear, type Norm, NotUnderstood, type TensorName, Trail, VIEWS } from './parts.ts';

/** GELU by its error function, its approximation by tanh, or by the sigmoid (OpenAI's "quick GELU"). */
export type Activation = 'gelu' | 'gelu-tanh' | 'quick-gelu';

/**
 * The last layer in which an image's tokens meet, and all that follows: the last block of CLIP's transformer, of which
 * only the class token's row goes on, or the attention pooling head of SigLIP, whose query is learned.
 */
export interface Anatomy {
  /** `[B, T, D]`, what keys and values are made of: in CLIP the last block's first LayerNorm. */
  tokens: TensorName;
  /** Whether the first token is the class token, whose row is the query. */
  hasClassToken: boolean;
  query: Linear;
  /** One and the same where both are packed into one matrix `[D, 2D]`. */
  key: Linear;
  value: Linear;
  output: Linear;
  /** What is added to the attention's output, `[B, T, D]`; nothing in a pooling head. */
  residual: TensorName | undefined;
  norm: Norm;
  up: Linear;
  activation: Activation;
  down: Linear;
  /** What makes the embedding of the class token; a pooling head's output is one. */
  projection: { norm: Norm; linear: Linear } | undefined;
  embedding: TensorName;
  /** D, the numbers of a token. */
  width: number;
  /** Pixels on a side. */
  patch: number;
  opset: number;
  /** Whether what runs through the graph is float16, or 8-bit integers. */
  isHalf: boolean;
  isQuantised: boolean;
}

/** Between a projection and the product it goes into: heads are split, queries and keys scaled. */
const SPLIT = new Set([...VIEWS, 'Mul', 'Div']);
const ATTENTION = new Set([...VIEWS, 'Softmax', 'Where', 'Add']);
const MLP = /^(Mul|Add|Div|Pow|Sigmoid|Erf|Tanh|Gelu|Cast|Identity|Dropout)$/;

/**
 * Finds the parts by what the graph computes, from its embedding backwards.
 * @throws NotUnderstood naming the part that was not found
 */
export function findAnatomy(graph: GraphHead, embedding: TensorName): Anatomy {
  const trail = new Trail(graph);
  const found = <T>(part: T | undefined, name: string): T => {
    if (part === undefined) throw new NotUnderstood(name);
    return part;
  };

  const last = trail.linear(embedding);
  const norm = last && found(trail.norm(last.input), 'LayerNorm before the projection');
  const { rest: mixed, branch: down } = residual(trail, trail.origin(norm?.input ?? embedding, VIEWS), 'MLP');
  const { up, activation } = findActivation(trail, graph, down.input);
  const secondNorm = found(trail.norm(up.input), 'LayerNorm before the MLP');

  const hasClassToken = last !== undefined;
  const attended = hasClassToken ? residual(trail, mixed, 'attention') : undefined;
  const output = found(attended?.branch ?? trail.linear(trail.origin(mixed, VIEWS)), 'projection of the attention');
  const mixing = trail.maker(output.input, VIEWS);
  if (mixing?.type !== 'MatMul') throw new NotUnderstood('product of attention and values');
  const scores = trail.maker(mixing.inputs[0] ?? '', ATTENTION);
  if (scores?.type !== 'MatMul') throw new NotUnderstood('product of queries and keys');
  const part = (tensor: TensorName = '', name: string) => found(trail.linear(projected(trail, tensor)), name);
  const query = part(scores.inputs[0], 'query projection');
  const key = part(scores.inputs[1], 'key projection');
  const value = part(mixing.inputs[1], 'value projection');

  const tokens = trail.origin(value.input, VIEWS);
  if (trail.origin(key.input, VIEWS) !== tokens) throw new NotUnderstood('common input of keys and values');
  const patches = graph.nodes.find(({ type }) => type === 'Conv' || type === 'ConvInteger');
  const patch = graph.weights.get(trail.origin(patches?.inputs[1] ?? ''))?.dims[2];
  return {
    tokens,
    hasClassToken,
    query,
    key,
    value,
    output,
    residual: attended?.rest,
    norm: secondNorm,
    up,
    activation,
    down,
    projection: last && norm && { norm, linear: last },
    embedding,
    width: found(graph.weights.get(trail.origin(secondNorm.gamma))?.dims[0], 'width of a token'),
    patch: found(patch, 'patch embedding'),
    opset: graph.opset,
    isQuantised: up.weight.quantised !== undefined,
    isHalf: [...graph.weights.values()].some(({ isFloat16 }) => isFloat16),
  };
}

/** Of a sum, the linear layer that is added, and what it is added to. */
function residual(trail: Trail, tensor: TensorName, name: string): { rest: TensorName; branch: Linear } {
  const sum = trail.maker(tensor);
  const [a = '', b = ''] = sum?.type === 'Add' ? sum.inputs : [];
  for (const [rest, candidate] of [[a, b] as const, [b, a] as const]) {
    const branch = trail.linear(candidate);
    if (branch) return { rest, branch };
  }
  throw new NotUnderstood(`residual sum after the ${name}`);
}

/** The linear layer before an activation, and which activation: told by the operators between. */
function findActivation(trail: Trail, graph: GraphHead, after: TensorName): { up: Linear; activation: Activation } {
  const types = new Set<string>();
  const ups = new Map<TensorName, Linear>();
  const visit = (tensor: TensorName) => {
    const linear = trail.linear(tensor);
    const node = graph.producers.get(tensor);
    if (linear) ups.set(linear.output, linear);
    else if (node && !trail.isConstant(tensor)) {
      if (!MLP.test(node.type)) throw new NotUnderstood(`activation of the MLP (it has ${node.type})`);
      types.add(node.strings.approximate === 'tanh' ? 'Tanh' : node.type);
      node.inputs.forEach(visit);
    }
  };
  visit(after);
  const [up, ...others] = ups.values();
  if (!up || others.length > 0) throw new NotUnderstood('first layer of the MLP');
  if (types.has('Sigmoid')) return { up, activation: 'quick-gelu' };
  if (types.has('Tanh')) return { up, activation: 'gelu-tanh' };
  if (types.has('Erf') || types.has('Gelu')) return { up, activation: 'gelu' };
  throw new NotUnderstood('activation of the MLP');
}

/** The output of the projection that queries, keys or values were split off. */
function projected(trail: Trail, tensor: TensorName): TensorName {
  let here = tensor;
  while (!trail.linear(here)) {
    const before = trail.origin(here, SPLIT);
    if (before === here) return here;
    here = before;
  }
  return here;
}
