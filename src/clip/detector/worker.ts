import { workerData } from 'node:worker_threads';
import { toInputPixels } from '../geometry.ts';
import { fingerprint, serve } from '../serve.ts';
import type { DetectorReadiness, DetectorSpec, DetectorTasks } from './protocol.ts';
import { loadDetector } from './session.ts';

const spec: DetectorSpec = workerData;

/** The detector thread. */
await serve<DetectorReadiness, DetectorTasks>(async () => {
  const sha256 = await fingerprint([spec.model]);
  const { geometry, predict, readsWhole } = await loadDetector(spec);
  return {
    readiness: { side: Math.max(geometry.width, geometry.height), sha256 },
    tasks: {
      // Here, because most pictures are enlarged to what it sees, which takes a while.
      predict: async ({ picture, texts }) => predict(await toInputPixels(picture, geometry), texts),
      readsWhole: async (texts) => texts.map(readsWhole),
    },
  };
});
