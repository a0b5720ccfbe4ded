import { workerData } from 'node:worker_threads';
import { fingerprint, serve } from '../serve.ts';
import type { DetectorReadiness, DetectorSpec, DetectorTasks } from './protocol.ts';
import { loadDetector } from './session.ts';

const spec: DetectorSpec = workerData;

/** The detector thread. */
await serve<DetectorReadiness, DetectorTasks>(async () => {
  const sha256 = await fingerprint([spec.model]);
  const { geometry, predict, readsWhole } = await loadDetector(spec);
  return {
    readiness: { geometry, sha256 },
    tasks: {
      predict: ({ pixels, texts }) => predict(pixels, texts),
      readsWhole: async (texts) => texts.map(readsWhole),
    },
  };
});
