import { type Attributes, encodeNode, encodePort, encodeTensor, message, type Port, text } from '../onnx/encode.ts';
import type { Linear, Norm, TensorName, Weight } from './parts.ts';

/** Names of the model's own nodes never begin like this. */
const PREFIX = 'cliplens/';
const FLOAT = 1;

/** Since this opset ReduceMean takes its axes as an input. */
const AXES_AS_INPUT = 18;

/**
 * Nodes to be appended to a graph of any opset from 11 on: of the operators, those whose form has never changed, and
 * ReduceMean in both of its forms. Everything is computed in float32.
 */
export class FragmentBuilder {
  readonly #opset: number;
  readonly #isHalf: boolean;
  readonly #parts: Buffer[] = [];
  #count = 0;

  constructor(opset: number, isHalf: boolean) {
    this.#opset = opset;
    this.#isHalf = isHalf;
  }

  op(type: string, inputs: readonly TensorName[], attributes: Attributes = {}, output?: string): TensorName {
    const name = `${PREFIX}${type}_${this.#count++}`;
    const node = { name, type, inputs, output: output ?? name, attributes };
    this.#parts.push(message(1, encodeNode(node)));
    return node.output;
  }

  floats(values: readonly number[], dims: readonly number[]): TensorName {
    return this.#constant('float32', values, dims);
  }

  scalar(value: number): TensorName {
    return this.floats([value], []);
  }

  integers(...values: number[]): TensorName {
    return this.#constant('int64', values, [values.length]);
  }

  port(kind: 'input' | 'output', port: Port): void {
    this.#parts.push(message(kind === 'input' ? 11 : 12, encodePort(port)));
  }

  /** A ModelProto that, appended to the bytes of a model, extends its graph: protobuf merges repeated messages. */
  encode(): Buffer {
    return message(7, Buffer.concat(this.#parts));
  }

  /** A tensor of the model as float32. */
  float(tensor: TensorName): TensorName {
    return this.#isHalf ? this.op('Cast', [tensor], { to: FLOAT }) : tensor;
  }

  mean(tensor: TensorName, axis: number, axisAfter: 'keep' | 'squeeze' = 'keep'): TensorName {
    const keepdims = axisAfter === 'keep' ? 1 : 0;
    return this.#opset < AXES_AS_INPUT
      ? this.op('ReduceMean', [tensor], { axes: [axis], keepdims })
      : this.op('ReduceMean', [tensor, this.integers(axis)], { keepdims });
  }

  slice(tensor: TensorName, axis: number, from: number, to: number): TensorName {
    return this.op('Slice', [tensor, ...[from, to, axis].map((index) => this.integers(index))]);
  }

  transpose(tensor: TensorName, ...perm: number[]): TensorName {
    return this.op('Transpose', [tensor], { perm });
  }

  reshape(tensor: TensorName, ...dims: number[]): TensorName {
    return this.op('Reshape', [tensor, this.integers(...dims)]);
  }

  /** `[B, T, D]` to `[B, heads, T, D / heads]`. */
  split(tensor: TensorName, heads: number, width: number): TensorName {
    return this.transpose(this.reshape(tensor, 0, -1, heads, width / heads), 0, 2, 1, 3);
  }

  /** `[B, heads, T, D / heads]` to `[B, T, D]`. */
  join(tensor: TensorName): TensorName {
    return this.reshape(this.transpose(tensor, 0, 2, 1, 3), 0, 0, -1);
  }

  add(a: TensorName, b: TensorName): TensorName {
    return this.op('Add', [a, b]);
  }

  subtract(a: TensorName, b: TensorName): TensorName {
    return this.op('Sub', [a, b]);
  }

  multiply(a: TensorName, b: TensorName): TensorName {
    return this.op('Mul', [a, b]);
  }

  divide(a: TensorName, b: TensorName): TensorName {
    return this.op('Div', [a, b]);
  }

  scale(tensor: TensorName, factor: number): TensorName {
    return this.multiply(tensor, this.scalar(factor));
  }

  matMul(a: TensorName, b: TensorName): TensorName {
    return this.op('MatMul', [a, b]);
  }

  /** a b^T, over the last two of four axes. */
  matMulTransposed(a: TensorName, b: TensorName): TensorName {
    return this.matMul(a, this.transpose(b, 0, 1, 3, 2));
  }

  /** A weight matrix as float32, `[in, out]`. */
  matrix({ name, isTransposed, quantised }: Weight): TensorName {
    if (!quantised) return isTransposed ? this.transpose(this.float(name), 1, 0) : this.float(name);
    const [weight, zero] = [name, quantised.zero].map((tensor) => this.op('Cast', [tensor], { to: FLOAT }));
    return this.multiply(this.subtract(weight ?? '', zero ?? ''), quantised.scale);
  }

  linear(x: TensorName, { weight, bias }: Linear): TensorName {
    const product = this.matMul(x, this.matrix(weight));
    return bias === undefined ? product : this.add(product, this.float(bias));
  }

  /** The gradient at the input of `linear`, from that at its output. */
  linearBack(gradient: TensorName, { weight }: Linear): TensorName {
    return this.matMul(gradient, this.transpose(this.matrix(weight), 1, 0));
  }

  norm(x: TensorName, { gamma, beta, epsilon }: Norm): TensorName {
    const { normal } = this.#standardise(x, epsilon);
    return this.add(this.multiply(normal, this.float(gamma)), this.float(beta));
  }

  /** The gradient at the input `x` of `norm`, from that at its output. */
  normBack(x: TensorName, gradient: TensorName, { gamma, epsilon }: Norm): TensorName {
    const { normal, deviation } = this.#standardise(x, epsilon);
    const scaled = this.multiply(gradient, this.float(gamma));
    const along = this.multiply(normal, this.mean(this.multiply(scaled, normal), -1));
    const across = this.subtract(this.subtract(scaled, this.mean(scaled, -1)), along);
    return this.divide(across, deviation);
  }

  #standardise(x: TensorName, epsilon: number): { normal: TensorName; deviation: TensorName } {
    const centred = this.subtract(x, this.mean(x, -1));
    const variance = this.mean(this.multiply(centred, centred), -1);
    const deviation = this.op('Sqrt', [this.add(variance, this.scalar(epsilon))]);
    return { normal: this.divide(centred, deviation), deviation };
  }

  #constant(type: 'float32' | 'int64', values: readonly number[], dims: readonly number[]): TensorName {
    const name = `${PREFIX}constant_${this.#count++}`;
    this.#parts.push(message(5, Buffer.concat([encodeTensor({ type, dims, values }), text(8, name)])));
    return name;
  }
}
