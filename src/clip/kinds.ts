import type { Dtype } from '../config.ts';
import { parseDetectorConfig } from './detector/config.ts';
import { modelType, parseConfig } from './model-config.ts';

/** The kinds of models, and what transformers.js calls the ONNX files of each. */
export const ONNX_NAMES = { clip: ['vision_model', 'text_model'], detector: ['model'] } as const;
export type Kind = keyof typeof ONNX_NAMES;

/** The path of an ONNX file in its model, as transformers.js names it. */
export function onnxPath(name: string, dtype: Dtype): string {
  const suffix = dtype === 'fp32' ? '' : dtype === 'q8' ? '_quantized' : `_${dtype}`;
  return `onnx/${name}${suffix}.onnx`;
}

export function onnxPaths(kind: Kind, dtype: Dtype): string[] {
  return ONNX_NAMES[kind].map((name) => onnxPath(name, dtype));
}

/**
 * The kind of the model that has this `config.json`.
 * @param wanted the only one that will do, where not any does
 * @throws Unavailable where it is of another kind, or of none
 */
export function kindOf(config: string, wanted: Kind | undefined): Kind {
  const kind = wanted ?? (modelType(config).startsWith('owl') ? 'detector' : 'clip');
  if (kind === 'detector') parseDetectorConfig(config);
  else parseConfig(config);
  return kind;
}
