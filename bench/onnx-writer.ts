import { closeSync, openSync, writeFileSync } from 'node:fs';

/** A small tensor inside the graph. `dims` empty: a scalar. */
export interface Tensor {
  type: 'float32' | 'int64';
  dims: readonly number[];
  values: readonly number[];
}

/** Integers, lists of integers and tensors: the only kinds of attribute a CLIP graph needs. */
export type Attributes = Readonly<Record<string, number | readonly number[] | Tensor>>;

export interface Node {
  name: string;
  type: string;
  inputs: readonly string[];
  output: string;
  attributes: Attributes;
}

/** A float32 initializer, whose values are made piece by piece while it is written. */
export interface Weight {
  name: string;
  dims: readonly number[];
  values(): Iterable<Float32Array>;
}

/** An input or output of the graph. Dimensions with a name are free. */
export interface Port {
  name: string;
  type: 'float32' | 'int64';
  dims: readonly (number | string)[];
}

export interface Model {
  opset: number;
  nodes: readonly Node[];
  weights: readonly Weight[];
  inputs: readonly Port[];
  outputs: readonly Port[];
}

const IR_VERSION = 7;
const ELEMENT = { float32: 1, int64: 7 } as const;
const ATTRIBUTE = { int: 2, tensor: 4, ints: 7 } as const;

/**
 * Writes an ONNX file without holding its weights in memory. The field numbers are those of onnx.proto
 * (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto).
 */
export function writeModel(path: string, model: Model): void {
  const head = Buffer.concat([
    ...model.nodes.map((node) => message(1, encodeNode(node))),
    text(2, 'main_graph'),
    ...model.inputs.map((port) => message(11, encodePort(port))),
    ...model.outputs.map((port) => message(12, encodePort(port))),
  ]);
  const weights = model.weights.map((weight) => ({ weight, head: weightHead(weight) }));
  const length = weights.reduce((sum, { weight, head }) => sum + head.length + byteLength(weight), head.length);
  const file = openSync(path, 'w');
  try {
    writeFileSync(file, Buffer.concat([integer(1, IR_VERSION), message(8, integer(2, model.opset))]));
    writeFileSync(file, Buffer.concat([key(7, 2), varint(length), head]));
    for (const { weight, head } of weights) {
      writeFileSync(file, head);
      for (const piece of weight.values()) writeFileSync(file, piece);
    }
  } finally {
    closeSync(file);
  }
}

/** The bytes of an initializer in the graph, all but its raw data, which comes last. */
function weightHead(weight: Weight): Buffer {
  const raw = byteLength(weight);
  const head = Buffer.concat([
    ...weight.dims.map((size) => integer(1, size)),
    integer(2, ELEMENT.float32),
    text(8, weight.name),
    key(9, 2),
    varint(raw),
  ]);
  return Buffer.concat([key(5, 2), varint(head.length + raw), head]);
}

function byteLength(weight: Weight): number {
  return Float32Array.BYTES_PER_ELEMENT * weight.dims.reduce((product, size) => product * size, 1);
}

function encodeNode(node: Node): Buffer {
  return Buffer.concat([
    ...node.inputs.map((name) => text(1, name)),
    text(2, node.output),
    text(3, node.name),
    text(4, node.type),
    ...Object.entries(node.attributes).map(([name, value]) =>
      message(5, Buffer.concat([text(1, name), encodeAttribute(value)])),
    ),
  ]);
}

function encodeAttribute(value: Attributes[string]): Buffer {
  if (typeof value === 'number') return Buffer.concat([integer(3, value), integer(20, ATTRIBUTE.int)]);
  if ('type' in value) return Buffer.concat([message(5, encodeTensor(value)), integer(20, ATTRIBUTE.tensor)]);
  return Buffer.concat([...value.map((item) => integer(8, item)), integer(20, ATTRIBUTE.ints)]);
}

function encodeTensor({ type, dims, values }: Tensor): Buffer {
  const data = type === 'float32' ? Float32Array.from(values) : BigInt64Array.from(values, BigInt);
  const raw = Buffer.from(data.buffer);
  return Buffer.concat([...dims.map((size) => integer(1, size)), integer(2, ELEMENT[type]), message(9, raw)]);
}

function encodePort({ name, type, dims }: Port): Buffer {
  const shape = dims.map((size) => message(1, typeof size === 'number' ? integer(1, size) : text(2, size)));
  const tensor = Buffer.concat([integer(1, ELEMENT[type]), message(2, Buffer.concat(shape))]);
  return Buffer.concat([text(1, name), message(2, message(1, tensor))]);
}

function message(field: number, bytes: Uint8Array): Buffer {
  return Buffer.concat([key(field, 2), varint(bytes.length), bytes]);
}

function text(field: number, value: string): Buffer {
  return message(field, Buffer.from(value));
}

function integer(field: number, value: number): Buffer {
  return Buffer.concat([key(field, 0), varint(value)]);
}

function key(field: number, wireType: 0 | 2): Buffer {
  return varint((field << 3) | wireType);
}

/** Negative numbers take ten bytes: two's complement of 64 bits. */
function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  bytes.push(Number(rest));
  return Buffer.from(bytes);
}
