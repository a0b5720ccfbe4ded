// Plain JavaScript, which a thread can run as it is.
import { parentPort, workerData } from 'node:worker_threads';
import { InferenceSession, Tensor } from 'onnxruntime-node';

const { path, threads } = workerData;
const session = await InferenceSession.create(path, { intraOpNumThreads: threads, interOpNumThreads: 1 });

parentPort?.on('message', async (batch) => {
  const pixels = Float32Array.from({ length: batch * 3 * 224 * 224 }, (_, i) => Math.sin(i / 100));
  const feeds = { pixel_values: new Tensor('float32', pixels, [batch, 3, 224, 224]) };
  const start = performance.now();
  await session.run(feeds);
  parentPort?.postMessage(performance.now() - start);
});
