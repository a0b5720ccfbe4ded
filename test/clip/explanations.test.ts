import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { findAnatomy } from '../../src/clip/explain/anatomy.ts';
import { MAP_METHODS } from '../../src/clip/explain/explanation.ts';
import { NotUnderstood } from '../../src/clip/explain/parts.ts';
import { readExplainable } from '../../src/clip/explain/prepare.ts';
import { ModelLibrary } from '../../src/clip/library.ts';
import { ModelPool } from '../../src/clip/model-pool.ts';
import { integer, message, text } from '../../src/clip/onnx/encode.ts';
import { readGraph } from '../../src/clip/onnx/graph.ts';
import { VisionEncoder } from '../../src/clip/vision.ts';
import { decode } from '../../src/image/decode.ts';
import { access } from './loopback-hub.ts';

const REFERENCE = fileURLToPath(new URL('../fixtures/reference/', import.meta.url));
const SAMPLE = fileURLToPath(new URL('../../adapters/web/samples/bicycle.png', import.meta.url));
const SIZE = { width: 64, height: 64 };
const OPTIONS = { intraOpNumThreads: 1 };

const numbers = z.array(z.number());
const mapsSchema = z.array(
  z.object({
    pixels: z.string(),
    text: z.string(),
    gradcam: numbers,
    hirescam: numbers,
    attention: numbers,
    dense: numbers,
  }),
);
const textsSchema = z.object({ texts: z.array(z.object({ text: z.string(), embedding: numbers })) });

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cliplens-explanations-'));
});
afterAll(() => rm(folder, { recursive: true }));

function open(path: string, family: 'clip' | 'siglip', heads = 4): Promise<VisionEncoder> {
  const spec = {
    context: 77,
    folder: '',
    vision: path,
    text: '',
    threads: 1,
    explanations: folder,
    family,
    heads,
    width: undefined,
  };
  return VisionEncoder.open(spec, SIZE, OPTIONS);
}

async function readFloats(name: string): Promise<Float32Array> {
  const bytes = await readFile(REFERENCE + name);
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(4 * i));
}

/** The largest difference, as a share of the largest number. */
function relativeError(found: Float32Array, expected: readonly number[]): number {
  const difference = Math.max(...expected.map((value, i) => Math.abs(value - (found[i] ?? Number.NaN))));
  return difference / Math.max(...expected.map(Math.abs));
}

it('is refused by name where the disk takes no copy', async () => {
  const library = new ModelLibrary({ hub: access('http://127.0.0.1:9'), cacheFolder: '/sys/cliplens' });
  const pool = new ModelPool({ library, model: `${REFERENCE}clip-tiny`, dtype: 'fp32', threads: 1, memory: 1e9 });
  const picture = await decode('bicycle.png', await readFile(SAMPLE));
  const asked = pool.default.saliency(picture, { texts: ['dog'], against: [], template: 'photo', method: 'dense' });
  const problem = { kind: 'not-writable', folder: '/sys/cliplens/explanations' };
  await expect(asked).rejects.toMatchObject({ code: 'model-unavailable', parameters: { problem } });
  // It goes on with what needs no copy.
  expect((await pool.default.classify(picture, ['dog'], 'photo')).scores).toHaveLength(1);
  await pool.close();
});

/** The files, the values that PyTorch's autograd gives for them, and how near the maps must come: see tools/reference. */
describe.each([
  ['clip-tiny', 'clip-tiny/onnx/vision_model', 1e-4],
  ['clip-tiny', 'clip-tiny/onnx-dynamo/vision_model', 1e-4],
  ['clip-tiny-gelu', 'clip-tiny/onnx-more/opset11_gelu', 1e-4],
  ['siglip-tiny', 'siglip-tiny/onnx/vision_model', 1e-4],
  ['siglip-tiny', 'siglip-tiny/onnx-dynamo/vision_model', 1e-4],
  ['siglip2-tiny', 'siglip2-tiny/onnx/vision_model', 1e-4],
  // What rounding does to the embedding, it does to the maps.
  ['clip-tiny', 'clip-tiny/onnx-more/fp16', 0.01],
  ['siglip-tiny', 'siglip-tiny/onnx-more/fp16', 0.01],
  ['clip-tiny', 'clip-tiny/onnx-more/q8', 0.12],
  ['siglip-tiny', 'siglip-tiny/onnx-more/q8', 0.12],
] as const)('explanations of %s by %s.onnx', (name, file, tolerance) => {
  const model = name.replace('-gelu', '');
  const family = name.startsWith('clip') ? 'clip' : 'siglip';

  it(`agree with PyTorch's gradients to ${tolerance}, and leave the embedding as it is`, async () => {
    const maps = mapsSchema.parse(JSON.parse(await readFile(`${REFERENCE}${name}.explanations.json`, 'utf8')));
    const { texts } = textsSchema.parse(JSON.parse(await readFile(`${REFERENCE}${model}.json`, 'utf8')));
    expect(maps.length).toBeGreaterThanOrEqual(6);
    const plain = await open(`${REFERENCE}${file}.onnx`, family);
    const vision = await open(`${REFERENCE}${file}.onnx`, family);
    for (const expected of maps) {
      const pixels = await readFloats(expected.pixels);
      const direction = Float32Array.from(texts.find(({ text }) => text === expected.text)?.embedding ?? []);
      const opposite = direction.map((value) => -value);
      // In a batch and with another direction, so that neither gets mixed up.
      const place = { folder, sha256: name };
      const both = Float32Array.from([...pixels.map((value) => -value), ...pixels]);
      const [, explanation] = await vision.explain(both, [opposite, direction], place);
      if (!explanation) throw new Error('no explanation');
      for (const method of MAP_METHODS) {
        const error = relativeError(explanation.maps[method][1] ?? new Float32Array(), expected[method]);
        expect(error, `${expected.pixels} ${expected.text} ${method}`).toBeLessThanOrEqual(tolerance);
      }
      const [, before = new Float32Array()] = await plain.embed(both);
      expect(relativeError(explanation.embedding, [...before])).toBeLessThan(1e-5);
      // And from now on for whoever only asks for the embedding.
      const [, after = new Float32Array()] = await vision.embed(both);
      expect(relativeError(after, [...before])).toBeLessThan(1e-5);
    }
  });
});

/** What opset 20 has for GELU, and for its approximation by tanh, where older files have a dozen nodes. */
describe('GELU in one node', () => {
  it.each([
    ['tanh', 'gelu-tanh'],
    ['none', 'gelu'],
  ] as const)('that says %s is taken for %s', async (approximate, activation) => {
    const graph = readGraph(`${REFERENCE}siglip-tiny/onnx-dynamo/vision_model.onnx`);
    const { up, down } = findAnatomy(graph, 'pooler_output');
    const path = join(folder, `${approximate}.onnx`);
    const attribute = message(5, Buffer.concat([text(1, 'approximate'), text(4, approximate), integer(20, 3)]));
    const node = Buffer.concat([text(1, up.output), text(2, down.input), text(4, 'Gelu'), attribute]);
    await writeFile(path, message(7, message(1, node)));
    const producers = new Map([...graph.producers, ...readGraph(path).producers]);
    expect(findAnatomy({ ...graph, producers }, 'pooler_output').activation).toBe(activation);
  });
});

describe('a vision file', () => {
  const good = `${REFERENCE}clip-tiny/onnx/vision_model.onnx`;
  const pixels = new Float32Array(3 * 64 * 64);
  const direction = new Float32Array(32).fill(1);

  it('is copied once, and anew where the copy was cut short', async () => {
    const place = { folder: join(folder, 'once'), sha256: 'f'.repeat(64) };
    const explain = async () => (await open(good, 'clip')).explain(pixels, [direction], place);
    const [first] = await explain();
    const [copy = '', ...others] = await readdir(place.folder);
    expect(others).toEqual([]);
    await truncate(join(place.folder, copy), 100_000);
    await writeFile(join(place.folder, copy.replace(/-.*/, '-0123456789abcdef.onnx')), 'of an older version');
    const [again] = await explain();
    expect(again?.maps).toEqual(first?.maps);
    expect(await readdir(place.folder)).toEqual([copy]);
  });

  it('that is no transformer is refused with the name of what was not found, and goes on encoding', async () => {
    const vision = await open(`${REFERENCE}mobileclip-tiny/onnx/vision_model.onnx`, 'clip');
    expect(vision.patches).toEqual({ missing: 'LayerNorm before the projection' });
    const refused = vision.explain(pixels, [direction], { folder, sha256: '' });
    await expect(refused).rejects.toThrow(new NotUnderstood('LayerNorm before the projection'));
    expect(await vision.embed(pixels)).toHaveLength(1);
  });

  it('that computes something else than its parts say is refused, and goes on encoding', async () => {
    const vision = await open(good, 'clip', 2);
    const before = await vision.embed(pixels);
    const refused = vision.explain(pixels, [direction], { folder, sha256: 'two-heads' });
    await expect(refused).rejects.toThrow(new NotUnderstood('parts that make up its embedding'));
    expect(await vision.embed(pixels)).toEqual(before);
  });

  it('whose weights lie in another file is refused by name', async () => {
    const external = message(5, Buffer.concat([text(8, 'weight'), integer(14, 1)]));
    const path = join(folder, 'external.onnx');
    await writeFile(path, message(7, external));
    expect(() => readExplainable(path, 'image_embeds', 4, SIZE)).toThrow(new NotUnderstood('weights in its own file'));
  });

  it('that was cut short is not read as if it were whole', async () => {
    const path = join(folder, 'short.onnx');
    const bytes = await readFile(good);
    await writeFile(path, bytes.subarray(0, bytes.length - 1000));
    expect(() => readExplainable(path, 'image_embeds', 4, SIZE)).toThrow(/beyond its message/);
  });

  it('whose copy was edited is refused, and copied anew the next time', async () => {
    const place = { folder: join(folder, 'edited'), sha256: 'e'.repeat(64) };
    await (await open(good, 'clip')).explain(pixels, [direction], place);
    const [copy = ''] = await readdir(place.folder);
    const bytes = await readFile(join(place.folder, copy));
    bytes.fill(0x3f, 200_000, 260_000);
    await writeFile(join(place.folder, copy), bytes);
    const vision = await open(good, 'clip');
    await expect(vision.explain(pixels, [direction], place)).rejects.toThrow();
    expect(await vision.explain(pixels, [direction], place)).toHaveLength(1);
  });
});
