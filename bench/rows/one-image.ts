import type { Bare } from '../bare.ts';
import { sideBySide, time } from '../measure.ts';
import type { Row } from '../row.ts';
import type { Subject } from '../subject.ts';
import { LABELS } from '../words.ts';

const ROUNDS = 31;

/** What everything around the encoder costs one person who asks. */
export async function oneImage(subject: Subject, bare: Bare, photo: Uint8Array): Promise<Row> {
  const labels = LABELS.slice(0, 10);
  const ask = () => time(() => subject.classify({ photo, labels }));
  await ask();
  await bare.run(1);
  const [ours, plain] = await sideBySide(ROUNDS, ask, () => bare.run(1));
  return {
    title: '/classify of a 1920x1080 JPEG, 10 labels, warm, over one bare onnxruntime run',
    figure: ours / plain,
    unit: '',
    bar: { is: 'at most', value: 1.35 },
    basis: `${ours.toFixed(1)} ms over ${plain.toFixed(1)} ms, medians of ${ROUNDS}`,
  };
}
