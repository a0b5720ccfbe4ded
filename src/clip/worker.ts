import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { Unavailable } from './download-retry.ts';
import { loadEncoders } from './encoders.ts';
import { NotUnderstood } from './explain/parts.ts';
import type { EncoderMessage, EncoderRequest, EncoderSpec } from './protocol.ts';

/** The encoder thread: onnxruntime blocks the thread it runs on, so it runs on this one. */
async function serve(port: MessagePort, spec: EncoderSpec): Promise<void> {
  const post = (message: EncoderMessage) => port.postMessage(message);
  try {
    const sha256 = await fingerprint([spec.vision, spec.text]);
    const encoders = await loadEncoders(spec);
    const place = { folder: spec.explanations, sha256 };
    const answer = async (request: Exclude<EncoderRequest, { kind: 'close' }>): Promise<EncoderMessage> => {
      if (request.kind === 'images') return { kind: 'vectors', vectors: await encoders.images(request.inputs) };
      if (request.kind === 'texts') return { kind: 'vectors', vectors: await encoders.texts(request.inputs) };
      const { pixels, directions } = request;
      return { kind: 'explained', explanations: await encoders.explain(pixels, directions, place) };
    };
    port.on('message', async (request: EncoderRequest) => {
      if (request.kind === 'close') return process.exit();
      try {
        post(await answer(request));
      } catch (error) {
        if (error instanceof NotUnderstood) post({ kind: 'not-understood', missing: error.missing });
        else if (error instanceof Unavailable) post({ kind: 'impossible', problem: error.problem });
        else post({ kind: 'failed', error: error instanceof Error ? error : new Error(String(error)) });
      }
    });
    post({ kind: 'ready', geometry: encoders.geometry, patches: encoders.patches, sha256 });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    post({
      kind: 'unusable',
      problem: error instanceof Unavailable ? error.problem : { kind: 'not-loadable', reason },
    });
  }
}

/** One sha256 over the bytes of the files, in order. */
async function fingerprint(paths: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const path of paths) await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash, { end: false });
  return hash.digest('hex');
}

if (parentPort) await serve(parentPort, workerData);
