import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Port } from '../src/clip/onnx/encode.ts';
import { SIZES, textTower, visionTower } from './clip-graph.ts';
import { GraphBuilder } from './graph-builder.ts';
import { writeModel } from './onnx-writer.ts';
import { END, START, TOKENIZER } from './random-tokenizer.ts';

const PIXELS: Port = { name: 'pixel_values', type: 'float32', dims: ['batch_size', 3, SIZES.image, SIZES.image] };
const IDS: Port = { name: 'input_ids', type: 'int64', dims: ['batch_size', 'sequence_length'] };
const MASK: Port = { name: 'attention_mask', type: 'int64', dims: ['batch_size', 'sequence_length'] };

/**
 * Makes a CLIP of ViT-B/32's exact size with random weights in `folder`, in transformers.js layout: the two encoders and
 * the combined model, 1.2 GB. Does nothing where that was done before.
 */
export function makeRandomModel(folder: string): void {
  const combined = join(folder, 'onnx', 'model.onnx');
  makeEncoders(folder, { patch: SIZES.patch, logitScale: 100 });
  if (!existsSync(combined)) writeWhole(combined, writeCombined);
}

/** Makes the two encoders alone, with what belongs to them: with a patch of 16, of ViT-B/16's exact size. */
export function makeEncoders(folder: string, { patch, logitScale }: { patch: number; logitScale: number }): void {
  // Written last: a folder that has it is whole.
  const last = join(folder, 'cliplens.json');
  if (existsSync(last)) return;
  mkdirSync(join(folder, 'onnx'), { recursive: true });
  writeVision(join(folder, 'onnx', 'vision_model.onnx'), patch);
  writeText(join(folder, 'onnx', 'text_model.onnx'));
  for (const [name, content] of Object.entries(SETTINGS)) {
    writeFileSync(join(folder, name), JSON.stringify(content, null, 2));
  }
  writeFileSync(last, JSON.stringify({ logitScale }));
}

/** So that a file that is there was written to its end. */
function writeWhole(path: string, write: (path: string) => void): void {
  write(`${path}.part`);
  renameSync(`${path}.part`, path);
}

/** Writes a vision encoder alone; with a patch of 16 it has ViT-B/16's exact size. */
export function writeVision(path: string, patch = SIZES.patch): void {
  const graph = new GraphBuilder();
  const outputs = [embeddings('image_embeds')];
  visionTower(graph, PIXELS.name, 'image_embeds', patch);
  writeModel(path, { opset: 14, nodes: graph.nodes, weights: graph.weights, inputs: [PIXELS], outputs });
}

function writeText(path: string): void {
  const graph = new GraphBuilder();
  const outputs = [embeddings('text_embeds')];
  textTower(graph, { ids: IDS.name }, 'text_embeds');
  writeModel(path, { opset: 14, nodes: graph.nodes, weights: graph.weights, inputs: [IDS], outputs });
}

/** `CLIPModel`: both encoders and the scaled cosines. */
function writeCombined(path: string): void {
  const graph = new GraphBuilder();
  const unit = (x: string, output: string) =>
    graph.op('', 'Div', [x, graph.op('', 'ReduceL2', [x], { axes: [-1], keepdims: 1 })], {}, output);
  const image = unit(visionTower(graph, PIXELS.name), 'image_embeds');
  const text = unit(textTower(graph, { ids: IDS.name, padding: MASK.name }), 'text_embeds');
  const cosines = graph.op('', 'MatMul', [text, graph.op('', 'Transpose', [image], { perm: [1, 0] })]);
  const logits = graph.op('', 'Mul', [cosines, graph.float('', 100)], {}, 'logits_per_text');
  graph.op('', 'Transpose', [logits], { perm: [1, 0] }, 'logits_per_image');
  const outputs: Port[] = [
    { name: 'logits_per_image', type: 'float32', dims: ['image_batch_size', 'text_batch_size'] },
    { name: 'logits_per_text', type: 'float32', dims: ['text_batch_size', 'image_batch_size'] },
    embeddings('text_embeds'),
    embeddings('image_embeds'),
  ];
  const inputs = [IDS, { ...PIXELS, dims: ['image_batch_size', ...PIXELS.dims.slice(1)] }, MASK];
  writeModel(path, { opset: 14, nodes: graph.nodes, weights: graph.weights, inputs, outputs });
}

function embeddings(name: string): Port {
  return { name, type: 'float32', dims: ['batch_size', SIZES.projection] };
}

const SETTINGS = {
  'config.json': {
    architectures: ['CLIPModel'],
    model_type: 'clip',
    projection_dim: SIZES.projection,
    logit_scale_init_value: 2.6592,
    text_config: {
      model_type: 'clip_text_model',
      vocab_size: SIZES.vocabulary,
      max_position_embeddings: SIZES.context,
      ...towerConfig(SIZES.TEXT),
      bos_token_id: START.id,
      eos_token_id: END.id,
    },
    vision_config: {
      model_type: 'clip_vision_model',
      image_size: SIZES.image,
      patch_size: SIZES.patch,
      ...towerConfig(SIZES.VISION),
    },
  },
  'preprocessor_config.json': {
    image_processor_type: 'CLIPFeatureExtractor',
    do_resize: true,
    size: SIZES.image,
    resample: 3,
    do_center_crop: true,
    crop_size: SIZES.image,
    do_normalize: true,
    image_mean: [0.48145466, 0.4578275, 0.40821073],
    image_std: [0.26862954, 0.26130258, 0.27577711],
  },
  'tokenizer.json': TOKENIZER,
  'tokenizer_config.json': {
    tokenizer_class: 'CLIPTokenizer',
    model_max_length: SIZES.context,
    bos_token: START.content,
    eos_token: END.content,
    pad_token: END.content,
    unk_token: END.content,
  },
};

function towerConfig({ width, heads, layers }: (typeof SIZES)['TEXT']): Record<string, number | string> {
  return {
    hidden_size: width,
    intermediate_size: 4 * width,
    num_attention_heads: heads,
    num_hidden_layers: layers,
    hidden_act: 'quick_gelu',
  };
}
