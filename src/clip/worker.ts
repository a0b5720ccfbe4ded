import { workerData } from 'node:worker_threads';
import { loadEncoders } from './encoders.ts';
import type { EncoderSpec, EncoderTasks, Readiness } from './protocol.ts';
import { fingerprint, serve } from './serve.ts';

const spec: EncoderSpec = workerData;

/** The encoder thread. */
await serve<Readiness, EncoderTasks>(async () => {
  const sha256 = await fingerprint([spec.vision, spec.text]);
  const encoders = await loadEncoders(spec);
  const place = { folder: spec.explanations, sha256 };
  const { geometry, patches, images, texts, readsWhole, explain } = encoders;
  return {
    readiness: { geometry, patches, sha256 },
    tasks: {
      images,
      texts,
      readsWhole: async (all) => all.map(readsWhole),
      explanations: (inputs) => Promise.all(inputs.map(({ pixels, directions }) => explain(pixels, directions, place))),
    },
  };
});
