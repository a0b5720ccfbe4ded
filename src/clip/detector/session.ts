import { basename } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { Unavailable } from '../download-retry.ts';
import { rowsOf } from '../embeddings.ts';
import type { Geometry } from '../geometry.ts';
import { loadPreprocessing } from '../preprocessing.ts';
import { sessionOptions } from '../session-options.ts';
import { loadTokeniser, textFeeds } from '../tokens.ts';
import type { DetectorSpec, Predictions } from './protocol.ts';

export interface DetectorSession {
  geometry: Geometry;
  /** @param pixels RGB of the geometry's size */
  predict(pixels: Uint8Array, texts: readonly string[]): Promise<Predictions>;
  /** Whether it reads a text to its end. */
  readsWhole(text: string): boolean;
}

/** The outputs that are read of an OWL-ViT's graph. */
const [LOGITS, BOXES] = ['logits', 'pred_boxes'];

/**
 * Loads an OWL-ViT (Minderer et al. 2022) with its own processor and tokeniser, and tries it once. Its one graph has both
 * encoders, so texts are encoded anew for each picture.
 * @throws Unavailable where files of it do not belong together
 */
export async function loadDetector(spec: DetectorSpec): Promise<DetectorSession> {
  const contradiction = (path: string) => (cause?: unknown) => {
    throw new Unavailable({ kind: 'contradiction', paths: [path, `onnx/${basename(spec.model)}`] }, 'never', { cause });
  };
  const { geometry, normalise } = await loadPreprocessing(spec.folder);
  const { tokenise, readsWhole } = await loadTokeniser({ ...spec, family: 'clip' });
  // Boxes are shares of what the graph sees: only where that is the whole picture are they shares of the picture.
  if (geometry.resize !== 'exact' || geometry.crop) contradiction('preprocessor_config.json')();
  const { width, height } = geometry;
  const session = await InferenceSession.create(spec.model, sessionOptions(spec.threads));
  if (![LOGITS, BOXES].every((name) => session.outputNames.includes(name))) contradiction('config.json')();

  const predict = async (pixels: Uint8Array, texts: readonly string[]) => {
    const image = new Tensor('float32', normalise([pixels]), [1, 3, height, width]);
    const feeds = { ...textFeeds(session, tokenise(texts)), pixel_values: image };
    const outputs = await session.run(feeds, [LOGITS, BOXES]);
    return { logits: rowsOf(outputs[LOGITS]), boxes: rowsOf(outputs[BOXES]) };
  };
  const { logits, boxes } = await predict(new Uint8Array(3 * width * height), ['a', 'b']).catch(
    contradiction('preprocessor_config.json'),
  );
  const fits = logits.length === boxes.length && logits[0]?.length === 2 && boxes[0]?.length === 4;
  if (!fits) contradiction('config.json')();
  return { geometry, predict, readsWhole };
}
