import type { Bare } from '../bare.ts';
import { longestStall, median, sideBySide, time } from '../measure.ts';
import type { Row } from '../row.ts';
import type { Subject } from '../subject.ts';
import { LABELS } from '../words.ts';

const ROUNDS = 5;
const BATCH = 8;

/** A class that asks at once: how much of the encoder's speed arrives, and whether the main thread still answers others. */
export async function crowd(subject: Subject, bare: Bare, photos: readonly Uint8Array[]): Promise<Row[]> {
  const labels = LABELS.slice(0, 10);
  const stalls: number[] = [];
  const ask = async () => {
    let spent = 0;
    stalls.push(
      await longestStall(async () => {
        spent = await time(() => Promise.all(photos.map((photo) => subject.classify({ photo, labels }))));
      }),
    );
    return spent;
  };
  const run = async () => {
    let spent = 0;
    for (let done = 0; done < photos.length; done += BATCH) spent += await bare.run(BATCH);
    return spent;
  };
  await ask();
  stalls.length = 0;
  const [ours, plain] = await sideBySide(ROUNDS, ask, run);
  const rate = (milliseconds: number) => (1000 * photos.length) / milliseconds;
  return [
    {
      title: `${photos.length} requests at once: our images per second over bare onnxruntime at batch ${BATCH}`,
      figure: rate(ours) / rate(plain),
      unit: '',
      bar: { is: 'at least', value: 0.85 },
      basis: `${rate(ours).toFixed(1)} over ${rate(plain).toFixed(1)} images a second, medians of ${ROUNDS}`,
    },
    {
      title: `longest stall of the main thread during those ${photos.length}`,
      figure: Math.max(...stalls),
      unit: ' ms',
      bar: { is: 'at most', value: 50 },
      basis: `the longest of ${ROUNDS} times; their median ${median(stalls).toFixed(1)} ms`,
    },
  ];
}
