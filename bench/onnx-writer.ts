import { closeSync, openSync, writeFileSync } from 'node:fs';
import {
  ELEMENT,
  encodeNode,
  encodePort,
  integer,
  key,
  message,
  type Node,
  type Port,
  text,
  varint,
} from '../src/clip/onnx/encode.ts';

/** A float32 initializer, whose values are made piece by piece while it is written. */
export interface Weight {
  name: string;
  dims: readonly number[];
  values(): Iterable<Float32Array>;
}

export interface Model {
  opset: number;
  nodes: readonly Node[];
  weights: readonly Weight[];
  inputs: readonly Port[];
  outputs: readonly Port[];
}

const IR_VERSION = 7;

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
