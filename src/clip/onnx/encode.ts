/** A small tensor inside a graph. `dims` empty: a scalar. */
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

/** An input or output of a graph. Dimensions with a name are free. */
export interface Port {
  name: string;
  type: 'float32' | 'int64';
  dims: readonly (number | string)[];
}

/** Numbers of element types and of attribute types. */
export const ELEMENT = { float32: 1, int64: 7, float16: 10 } as const;
const ATTRIBUTE = { int: 2, tensor: 4, ints: 7 } as const;

/**
 * Messages of ONNX in protobuf's wire format, field by field. The field numbers are those of onnx.proto
 * (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto).
 */
export function encodeNode(node: Node): Buffer {
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

export function encodeTensor({ type, dims, values }: Tensor): Buffer {
  const data = type === 'float32' ? Float32Array.from(values) : BigInt64Array.from(values, BigInt);
  const raw = Buffer.from(data.buffer);
  return Buffer.concat([...dims.map((size) => integer(1, size)), integer(2, ELEMENT[type]), message(9, raw)]);
}

export function encodePort({ name, type, dims }: Port): Buffer {
  const shape = dims.map((size) => message(1, typeof size === 'number' ? integer(1, size) : text(2, size)));
  const tensor = Buffer.concat([integer(1, ELEMENT[type]), message(2, Buffer.concat(shape))]);
  return Buffer.concat([text(1, name), message(2, message(1, tensor))]);
}

export function message(field: number, bytes: Uint8Array): Buffer {
  return Buffer.concat([key(field, 2), varint(bytes.length), bytes]);
}

export function text(field: number, value: string): Buffer {
  return message(field, Buffer.from(value));
}

export function integer(field: number, value: number): Buffer {
  return Buffer.concat([key(field, 0), varint(value)]);
}

export function key(field: number, wireType: 0 | 2): Buffer {
  return varint((field << 3) | wireType);
}

/** Negative numbers take ten bytes: two's complement of 64 bits. */
export function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  bytes.push(Number(rest));
  return Buffer.from(bytes);
}
