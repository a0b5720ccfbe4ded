import { open } from 'node:fs/promises';
import { uniform } from '../../bench/random.ts';
import { WireFile } from '../../src/clip/onnx/decode.ts';
import { ELEMENT } from '../../src/clip/onnx/encode.ts';
import { readGraph } from '../../src/clip/onnx/graph.ts';

/**
 * Shuffles the numbers of float32 weights of an ONNX file among themselves, each weight by itself, in place: what was learned
 * is gone, sizes and moments stay (the cascading sanity check of Adebayo et al. 2018).
 * @param share of the weights, from the top of the network down: 1 is all of them
 * @returns how many weights were shuffled
 */
export async function randomise(path: string, seed: string, share: number): Promise<number> {
  const all = weightsOf(path);
  const places = all.slice(all.length - Math.ceil(share * all.length));
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

/** Where the numbers of float32 weights lie: those that are more than one, in the order in which the graph uses them. */
function weightsOf(path: string): { start: number; length: number }[] {
  const names = readGraph(path).nodes.flatMap(({ inputs }) => inputs);
  const uses = new Map(names.toReversed().map((name, i) => [name, names.length - i]));
  const file = new WireFile(path);
  try {
    return [...file.fields(0, file.size)]
      .filter(({ number }) => number === 7)
      .flatMap((graph) => [...file.fields(graph.start, graph.length)].filter(({ number }) => number === 5))
      .flatMap((weight) => {
        const fields = [...file.fields(weight.start, weight.length)];
        const isFloat = fields.some(({ number, value }) => number === 2 && value === ELEMENT.float32);
        const name = fields.find(({ number }) => number === 8);
        const use = name ? (uses.get(file.text(name)) ?? 0) : 0;
        return fields
          .filter(({ number, length }) => isFloat && number === 9 && length > 4)
          .map(({ start, length }) => ({ start, length, use }));
      })
      .sort((a, b) => a.use - b.use);
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
