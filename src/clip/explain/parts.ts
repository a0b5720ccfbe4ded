import type { GraphHead, NodeHead } from '../onnx/graph.ts';

/** A tensor's name. */
export type TensorName = string;

/** y = x W + b, however the exporter wrote it. */
export interface Linear {
  input: TensorName;
  output: TensorName;
  weight: Weight;
  bias: TensorName | undefined;
}

/** A matrix `[in, out]`, `[out, in]` where it is transposed, or 8-bit numbers of which `scale * (w - zero)` are the weights. */
export interface Weight {
  name: TensorName;
  isTransposed: boolean;
  quantised: { scale: TensorName; zero: TensorName } | undefined;
}

/** A layer normalisation over the last axis. */
export interface Norm {
  input: TensorName;
  gamma: TensorName;
  beta: TensorName;
  epsilon: number;
}

/** A part of the graph that is not as it would have to be: its maps cannot be made. */
export class NotUnderstood extends Error {
  override name = 'NotUnderstood';
  /** What was not found, in the field's words. */
  readonly missing: string;

  constructor(missing: string) {
    super(`the graph has no ${missing}`);
    this.missing = missing;
  }
}

const SAME = new Set(['Identity', 'Cast', 'Dropout']);

/** Operators that take from a tensor, or turn it, and compute nothing. */
export const VIEWS: ReadonlySet<string> = new Set([
  'Reshape',
  'Transpose',
  'Squeeze',
  'Unsqueeze',
  'Gather',
  'Slice',
  'Split',
]);

/** Follows tensors of a graph back to what made them, by what nodes compute: names differ from one exporter to the next. */
export class Trail {
  readonly #graph: GraphHead;

  constructor(graph: GraphHead) {
    this.#graph = graph;
  }

  /** The node that makes a tensor, beyond those that change nothing but its number format. */
  maker(tensor: TensorName, through: ReadonlySet<string> = SAME): NodeHead | undefined {
    let node = this.#graph.producers.get(tensor);
    while (node && (SAME.has(node.type) || through.has(node.type))) {
      node = this.#graph.producers.get(this.#data(node));
    }
    return node;
  }

  /** The tensor that `tensor` is a copy or, for the operators given, a view of. */
  origin(tensor: TensorName, through: ReadonlySet<string> = SAME): TensorName {
    let here = tensor;
    let node = this.#graph.producers.get(here);
    while (node && (SAME.has(node.type) || through.has(node.type))) {
      here = this.#data(node);
      node = this.#graph.producers.get(here);
    }
    return here;
  }

  /** Whether a tensor does not depend on the image: a weight, or made of weights alone. */
  isConstant(tensor: TensorName): boolean {
    if (this.#graph.weights.has(tensor)) return true;
    const node = this.#graph.producers.get(tensor);
    // How a weight is cut may be told by the shape of what is computed, and yet always be the same.
    const inputs = VIEWS.has(node?.type ?? '') ? node?.inputs.slice(0, 1) : node?.inputs;
    return inputs?.every((input) => input === '' || this.isConstant(input)) ?? false;
  }

  scalar(tensor: TensorName): number | undefined {
    const origin = this.origin(tensor);
    return this.#graph.weights.get(origin)?.scalar ?? this.#graph.producers.get(origin)?.constant;
  }

  linear(tensor: TensorName): Linear | undefined {
    const output = this.origin(tensor);
    const node = this.maker(output);
    if (node?.type === 'Gemm') {
      const [input = '', name = '', bias] = node.inputs;
      return { input, output, weight: plain(name, node.numbers.transB === 1), bias };
    }
    if (node?.type !== 'Add') return this.#product(output);
    const [bias, rest] = this.#constantFirst(node);
    const product = bias === undefined ? undefined : this.#product(rest);
    return product && { ...product, output, bias };
  }

  norm(tensor: TensorName): Norm | undefined {
    const node = this.maker(tensor);
    if (node?.type === 'LayerNormalization') {
      const [input = '', gamma = '', beta = ''] = node.inputs;
      return { input, gamma, beta, epsilon: node.numbers.epsilon ?? 1e-5 };
    }
    // In pieces: (x - mean) / sqrt(variance + epsilon) * gamma + beta.
    const [beta, scaled = ''] = node?.type === 'Add' ? this.#constantFirst(node) : [];
    const product = this.maker(scaled);
    const [gamma, normal = ''] = product?.type === 'Mul' ? this.#constantFirst(product) : [];
    const quotient = this.maker(normal);
    const [centred = '', root = ''] = quotient?.type === 'Div' ? quotient.inputs : [];
    const difference = this.maker(centred);
    const variance = this.maker(this.maker(root)?.inputs[0] ?? '');
    const addends = variance?.inputs.map((input) => this.scalar(input)) ?? [];
    const epsilon = addends.find((value) => value !== undefined);
    if (difference?.type !== 'Sub' || beta === undefined || gamma === undefined) return undefined;
    return epsilon === undefined ? undefined : { input: difference.inputs[0] ?? '', gamma, beta, epsilon };
  }

  /** x W, in floats or in 8 bits as onnxruntime's dynamic quantisation writes it. */
  #product(tensor: TensorName): Linear | undefined {
    const output = this.origin(tensor);
    const node = this.maker(output);
    if (node?.type === 'MatMul') {
      const [input = '', name = ''] = node.inputs;
      return this.isConstant(name) ? { input, output, weight: plain(name, false), bias: undefined } : undefined;
    }
    if (node?.type !== 'Mul') return undefined;
    const makers = node.inputs.map((input) => this.maker(input));
    const integers = makers.find((maker) => maker?.type === 'MatMulInteger');
    const scales = makers.find((maker) => maker?.type === 'Mul');
    const [quantised = '', name = '', , zero] = integers?.inputs ?? [];
    const scale = scales?.inputs.find((input) => this.isConstant(input));
    const input = this.maker(quantised)?.inputs[0];
    if (scale === undefined || zero === undefined || input === undefined) return undefined;
    return { input, output, weight: { name, isTransposed: false, quantised: { scale, zero } }, bias: undefined };
  }

  #constantFirst({ inputs: [a = '', b = ''] }: NodeHead): [constant: TensorName | undefined, other: TensorName] {
    if (this.isConstant(a)) return [a, b];
    return this.isConstant(b) ? [b, a] : [undefined, a];
  }

  /** What a node that only moves or scales a tensor takes it from. */
  #data(node: NodeHead): TensorName {
    return node.inputs.find((input) => !this.isConstant(input)) ?? node.inputs[0] ?? '';
  }
}

function plain(name: TensorName, isTransposed: boolean): Weight {
  return { name, isTransposed, quantised: undefined };
}
