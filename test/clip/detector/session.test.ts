import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { type DetectorSession, loadDetector } from '../../../src/clip/detector/session.ts';
import { toInputPixels } from '../../../src/clip/geometry.ts';
import { loadTokeniser } from '../../../src/clip/tokens.ts';
import { decode } from '../../../src/image/decode.ts';
import { readPixels } from '../pixels.ts';
import { FIXTURES, OWL, reference } from './reference.ts';

const spec = { folder: OWL, model: `${OWL}/onnx/model.onnx`, threads: 1, context: 16 };
const PROCESSOR = `${OWL}/preprocessor_config.json`;

/** By how much the numbers of two tables of the same shape differ, the least first. */
function differences(found: readonly Float32Array[], expected: readonly Float32Array[]): number[] {
  expect(found.map((row) => row.length)).toEqual(expected.map((row) => row.length));
  const off = found.flatMap((row, i) => [...row].map((value, j) => Math.abs(value - (expected[i]?.[j] ?? 9))));
  return off.sort((a, b) => a - b);
}

function largest(found: readonly Float32Array[], expected: readonly Float32Array[]): number {
  return differences(found, expected).at(-1) ?? 9;
}

function median(sorted: readonly number[]): number {
  return sorted[Math.floor(sorted.length / 2)] ?? 9;
}

describe('an OWL-ViT against the PyTorch reference', () => {
  let session: DetectorSession;
  beforeAll(async () => {
    session = await loadDetector(spec);
  });

  it.each(['upright.jpg', 'exif-rotated.jpg'])('gives the logits and boxes of %s for equal pixels', async (name) => {
    const pixels = await readPixels(`${OWL}.${name}.f32`, PROCESSOR);
    const { logits, boxes } = await session.predict(pixels, reference.labels);
    const expected = reference.images[name] ?? expect.fail();
    expect(largest(logits, expected.logits)).toBeLessThan(1e-4);
    expect(largest(boxes, expected.boxes)).toBeLessThan(1e-4);
  });

  it('says the same of a text whatever is asked beside it', async () => {
    const pixels = await readPixels(`${OWL}.upright.jpg.f32`, PROCESSOR);
    const expected = reference.images['upright.jpg'] ?? expect.fail();
    for (const [i, label] of reference.labels.entries()) {
      const { logits } = await session.predict(pixels, [label]);
      const own = expected.logits.map((row) => row.subarray(i, i + 1));
      expect(largest(logits, own), label).toBeLessThan(1e-4);
    }
  });

  it('comes near them at its own pixels of an image file, of whatever shape', async () => {
    for (const [name, expected] of Object.entries(reference.images)) {
      const picture = await decode(name, await readFile(`${FIXTURES}images/${name}`));
      const { logits, boxes } = await session.predict(await toInputPixels(picture, session.geometry), reference.labels);
      const off = [differences(logits, expected.logits), differences(boxes, expected.boxes)].map(median);
      expect(off[0], name).toBeLessThan(0.08);
      expect(off[1], name).toBeLessThan(0.01);
    }
  });

  it('knows which texts it reads to their end', () => {
    expect(session.readsWhole('cat')).toBe(true);
    expect(session.readsWhole('b '.repeat(14))).toBe(true);
    expect(session.readsWhole('b '.repeat(15))).toBe(false);
  });
});

it('a text that is cut in a row of exclamation marks, whose token pads others, keeps its end', async () => {
  const { tokenise } = await loadTokeniser({ folder: OWL, family: 'clip', context: 16 });
  const { input_ids, attention_mask } = tokenise(['!'.repeat(60), 'cat!']);
  const end = Math.max(...[...input_ids.data].map(Number));
  expect(Number(input_ids.data[15])).toBe(end);
  expect([...attention_mask.data.subarray(16)].map(Number).slice(-3)).toEqual([0, 0, 0]);
});
