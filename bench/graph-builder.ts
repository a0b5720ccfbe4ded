import type { Attributes, Node, Tensor } from '../src/clip/onnx/encode.ts';
import type { Weight } from './onnx-writer.ts';
import { uniform } from './random.ts';

/**
 * An ONNX graph under construction, with the names PyTorch's exporter gives: the second `Add` in the scope
 * `/vision_model/pre_layrnorm` is the node `/vision_model/pre_layrnorm/Add_1` with the output `..._output_0`.
 * Weights are random, seeded by their names: the same weight is the same in every file.
 */
export class GraphBuilder {
  readonly nodes: Node[] = [];
  readonly weights: Weight[] = [];
  readonly #count = new Map<string, number>();

  /** Adds a node and returns the name of its output. */
  op(scope: string, type: string, inputs: readonly string[], attributes: Attributes = {}, output?: string): string {
    const base = `${scope}/${type}`;
    const seen = this.#count.get(base) ?? 0;
    this.#count.set(base, seen + 1);
    const name = seen === 0 ? base : `${base}_${seen}`;
    const node = { name, type, inputs, output: output ?? `${name}_output_0`, attributes };
    this.nodes.push(node);
    return node.output;
  }

  float(scope: string, value: number): string {
    return this.constant(scope, { type: 'float32', dims: [], values: [value] });
  }

  /** A vector of 64-bit integers: shapes, axes, indices. */
  integers(scope: string, ...values: number[]): string {
    return this.constant(scope, { type: 'int64', dims: [values.length], values });
  }

  constant(scope: string, value: Tensor): string {
    return this.op(scope, 'Constant', [], { value });
  }

  /** A weight with values evenly spread over `centre` plus or minus `spread`. */
  weight(name: string, dims: readonly number[], spread: number, centre = 0): string {
    const size = dims.reduce((product, count) => product * count, 1);
    this.weights.push({ name, dims, values: () => uniform(name, size, spread, centre) });
    return name;
  }

  /** `x @ W`, W scaled so that unit variance stays unit variance. */
  matMul(scope: string, x: string, [rows, columns]: readonly [number, number], output?: string): string {
    const weight = this.weight(`onnx::MatMul${scope}`, [rows, columns], Math.sqrt(3 / rows));
    return this.op(scope, 'MatMul', [x, weight], {}, output);
  }

  linear(scope: string, x: string, shape: readonly [number, number]): string {
    const bias = this.weight(`${parameter(scope)}.bias`, [shape[1]], 0.02);
    return this.op(scope, 'Add', [bias, this.matMul(scope, x, shape)]);
  }

  /** Layer normalisation in pieces, as opset 14 has no operator for it. */
  layerNorm(scope: string, x: string, width: number): string {
    const axes = { axes: [-1] };
    const centred = this.op(scope, 'Sub', [x, this.op(scope, 'ReduceMean', [x], axes)]);
    const squared = this.op(scope, 'Pow', [centred, this.float(scope, 2)]);
    const variance = this.op(scope, 'Add', [this.op(scope, 'ReduceMean', [squared], axes), this.float(scope, 1e-5)]);
    const unit = this.op(scope, 'Div', [centred, this.op(scope, 'Sqrt', [variance])]);
    const scaled = this.op(scope, 'Mul', [unit, this.weight(`${parameter(scope)}.weight`, [width], 0.1, 1)]);
    return this.op(scope, 'Add', [scaled, this.weight(`${parameter(scope)}.bias`, [width], 0.02)]);
  }
}

/** `/vision_model/encoder/layers.0` is the module of which `vision_model.encoder.layers.0` is the parameter prefix. */
export function parameter(scope: string): string {
  return scope.slice(1).replaceAll('/', '.');
}
