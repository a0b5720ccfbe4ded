import { type Field, WireFile } from './decode.ts';
import { ELEMENT } from './encode.ts';

/** What is read of a node: enough to follow where tensors come from. */
export interface NodeHead {
  type: string;
  inputs: readonly string[];
  outputs: readonly string[];
  /** Numbers among its attributes: `axis`, `epsilon`, `transB`. */
  numbers: Readonly<Record<string, number>>;
  /** Strings among its attributes: `approximate`. */
  strings: Readonly<Record<string, string>>;
  /** Of a Constant with one float. */
  constant: number | undefined;
}

/** What is read of an initializer: never its values, but for one float alone. */
interface WeightHead {
  dims: readonly number[];
  isFloat16: boolean;
  scalar: number | undefined;
  /** Whether its values lie in another file. */
  isExternal: boolean;
}

/** The heads of an ONNX graph. */
export interface GraphHead {
  opset: number;
  nodes: readonly NodeHead[];
  /** The node that makes a tensor. */
  producers: ReadonlyMap<string, NodeHead>;
  weights: ReadonlyMap<string, WeightHead>;
  outputs: readonly string[];
}

/**
 * Reads the heads of an ONNX file: its nodes, and of its weights names and sizes alone. Takes milliseconds and a few
 * kilobytes of memory, however large the weights are. The field numbers are those of onnx.proto.
 * @throws Error where the file is no ONNX file, or was cut short
 */
export function readGraph(path: string): GraphHead {
  const file = new WireFile(path);
  try {
    const nodes: NodeHead[] = [];
    const weights = new Map<string, WeightHead>();
    const outputs: string[] = [];
    let opset = 0;
    for (const part of file.fields(0, file.size)) {
      if (part.number === 8) opset = Math.max(opset, opsetOf(file, part));
      if (part.number !== 7) continue;
      for (const field of file.fields(part.start, part.length)) {
        if (field.number === 1) nodes.push(readNode(file, field));
        else if (field.number === 5) {
          const { name, ...weight } = readWeight(file, field);
          weights.set(name, weight);
        } else if (field.number === 12) outputs.push(textIn(file, field, 1));
      }
    }
    const producers = new Map(nodes.flatMap((node) => node.outputs.map((output) => [output, node] as const)));
    return { opset, nodes, producers, weights, outputs };
  } finally {
    file.close();
  }
}

/** Of ONNX's own operators, whose domain has no name. */
function opsetOf(file: WireFile, { start, length }: Field): number {
  let [isOwn, version] = [true, 0];
  for (const { number, value, length: size } of file.fields(start, length)) {
    if (number === 1 && size > 0) isOwn = false;
    if (number === 2) version = value;
  }
  return isOwn ? version : 0;
}

function readNode(file: WireFile, { start, length }: Field): NodeHead {
  const [inputs, outputs]: [string[], string[]] = [[], []];
  const numbers: Record<string, number> = {};
  const strings: Record<string, string> = {};
  let [type, constant]: [string, number | undefined] = ['', undefined];
  for (const field of file.fields(start, length)) {
    if (field.number === 1) inputs.push(file.text(field));
    else if (field.number === 2) outputs.push(file.text(field));
    else if (field.number === 4) type = file.text(field);
    else if (field.number === 5) {
      const attribute = readAttribute(file, field);
      if (attribute.number !== undefined) numbers[attribute.name] = attribute.number;
      if (attribute.string !== undefined) strings[attribute.name] = attribute.string;
      constant ??= attribute.scalar;
    }
  }
  return { type, inputs, outputs, numbers, strings, constant };
}

function readAttribute(file: WireFile, { start, length }: Field) {
  let [name, number, scalar]: [string, number | undefined, number | undefined] = ['', undefined, undefined];
  let string: string | undefined;
  for (const field of file.fields(start, length)) {
    if (field.number === 1) name = file.text(field);
    else if (field.number === 2 || field.number === 3) number = field.value;
    else if (field.number === 4) string = file.text(field);
    else if (field.number === 5) scalar = readWeight(file, field).scalar;
  }
  return { name, number, string, scalar };
}

function readWeight(file: WireFile, { start, length }: Field): WeightHead & { name: string } {
  const dims: number[] = [];
  let [name, type, scalar]: [string, number, number | undefined] = ['', 0, undefined];
  let isExternal = false;
  for (const field of file.fields(start, length)) {
    if (field.number === 1 && field.length === 0) dims.push(field.value);
    else if (field.number === 1) dims.push(...packed(file, field));
    else if (field.number === 2) type = field.value;
    else if (field.number === 14) isExternal = field.value === 1;
    else if (field.number === 8) name = file.text(field);
    // One float: as raw data, as packed floats, or as a single one.
    else if ((field.number === 9 || field.number === 4) && field.length === 4) {
      scalar = file.bytes(field.start, 4).readFloatLE();
    } else if (field.number === 9 && field.length === 2) scalar = half(file.bytes(field.start, 2).readUInt16LE());
    else if (field.number === 4 && field.length === 0) scalar = field.value;
  }
  const isFloat16 = type === ELEMENT.float16;
  return { name, dims, isFloat16, isExternal, scalar: isFloat16 || type === ELEMENT.float32 ? scalar : undefined };
}

/** The value of a positive float16. */
function half(bits: number): number {
  const [exponent, fraction] = [bits >> 10, (bits & 1023) / 1024];
  return exponent === 0 ? 2 ** -14 * fraction : 2 ** (exponent - 15) * (1 + fraction);
}

/** Repeated varints in one field. */
function packed(file: WireFile, { start, length }: Field): number[] {
  const values: number[] = [];
  let [value, factor] = [0, 1];
  for (const byte of file.bytes(start, length)) {
    value += (byte & 127) * factor;
    factor *= 128;
    if (byte > 127) continue;
    values.push(value);
    [value, factor] = [0, 1];
  }
  return values;
}

function textIn(file: WireFile, { start, length }: Field, number: number): string {
  for (const field of file.fields(start, length)) if (field.number === number) return file.text(field);
  return '';
}
