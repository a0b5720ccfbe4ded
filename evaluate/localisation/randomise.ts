import { open } from 'node:fs/promises';
import { uniform } from '../../bench/random.ts';
import { WireFile } from '../../src/clip/onnx/decode.ts';
import { ELEMENT } from '../../src/clip/onnx/encode.ts';

/**
 * Shuffles the numbers of each float32 weight of an ONNX file among themselves, in place: what was learned is gone, sizes and
 * moments stay (the sanity check of Adebayo et al. 2018, all layers at once).
 * @returns how many weights were shuffled
 */
export async function randomise(path: string, seed: string): Promise<number> {
  const places = weightsOf(path);
  const file = await open(path, 'r+');
  try {
    for (const [i, { start, length }] of places.entries()) {
      const bytes = Buffer.alloc(length);
      await file.read(bytes, 0, length, start);
      shuffle(new Uint32Array(bytes.buffer, bytes.byteOffset, length / 4), `${seed}/${i}`);
      await file.write(bytes, 0, length, start);
    }
  } finally {
    await file.close();
  }
  return places.length;
}

/** Where the numbers of float32 weights lie: those that are more than one. */
function weightsOf(path: string): { start: number; length: number }[] {
  const file = new WireFile(path);
  try {
    return [...file.fields(0, file.size)]
      .filter(({ number }) => number === 7)
      .flatMap((graph) => [...file.fields(graph.start, graph.length)].filter(({ number }) => number === 5))
      .flatMap((weight) => {
        const fields = [...file.fields(weight.start, weight.length)];
        const isFloat = fields.some(({ number, value }) => number === 2 && value === ELEMENT.float32);
        return fields.filter(({ number, length }) => isFloat && number === 9 && length > 4);
      });
  } finally {
    file.close();
  }
}

/** Fisher and Yates's. */
function shuffle(words: Uint32Array, seed: string): void {
  let last = words.length - 1;
  for (const piece of uniform(seed, words.length, 0.5, 0.5)) {
    for (const share of piece) {
      const other = Math.min(last, Math.floor(share * (last + 1)));
      const kept = words[last] ?? 0;
      words[last] = words[other] ?? 0;
      words[other] = kept;
      last = Math.max(0, last - 1);
    }
  }
}
