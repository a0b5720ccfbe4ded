import { type GraphBuilder, parameter } from './graph-builder.ts';

interface Tower {
  width: number;
  heads: number;
  layers: number;
}

const VISION = { width: 768, heads: 12, layers: 12 };
const TEXT = { width: 512, heads: 8, layers: 12 };
/** Sizes of CLIP ViT-B/32 that its configuration files repeat. */
export const SIZES = { image: 224, patch: 32, projection: 512, vocabulary: 49408, context: 77, VISION, TEXT };
const MASKED = -3.4028234663852886e38;

interface TextInputs {
  ids: string;
  padding?: string;
}

/** pixel_values [batch, 3, 224, 224] -> [batch, 512]. `output` names the result. */
export function visionTower(graph: GraphBuilder, pixels: string, output?: string, patch = SIZES.patch): string {
  const { width } = VISION;
  const model = '/vision_model';
  const normed = graph.layerNorm(
    `${model}/pre_layrnorm`,
    patchTokens(graph, `${model}/embeddings`, pixels, patch),
    width,
  );
  const tokens = encoder(graph, `${model}/encoder`, normed, VISION);
  const first = graph.constant(model, { type: 'int64', dims: [], values: [0] });
  const pooled = graph.op(model, 'Gather', [tokens, first], { axis: 1 });
  const unit = graph.layerNorm(`${model}/post_layernorm`, pooled, width);
  return graph.matMul('/visual_projection', unit, [width, SIZES.projection], output);
}

/** The class token and the patches (49 of 32 pixels), with their positions: [batch, 50, 768]. */
function patchTokens(graph: GraphBuilder, scope: string, pixels: string, patch: number): string {
  const { width } = VISION;
  const side = SIZES.image / patch;
  const prefix = parameter(scope);
  // As in `matMul`: unit variance stays unit variance, with 3 * patch ** 2 inputs.
  const kernel = graph.weight(`${prefix}.patch_embedding.weight`, [width, 3, patch, patch], 1 / patch);
  const square = [patch, patch];
  const steps = { kernel_shape: square, strides: square, pads: [0, 0, 0, 0], dilations: [1, 1], group: 1 };
  const grid = graph.op(`${scope}/patch_embedding`, 'Conv', [pixels, kernel], steps);
  const flat = graph.op(scope, 'Reshape', [grid, graph.integers(scope, 0, width, -1)]);
  const patches = graph.op(scope, 'Transpose', [flat], { perm: [0, 2, 1] });
  const count = size(graph, scope, pixels, 0);
  const shape = graph.op(scope, 'Concat', [count, graph.integers(scope, 1, width)], { axis: 0 });
  const start = graph.weight(`${prefix}.class_embedding`, [width], 0.5);
  const tokens = graph.op(scope, 'Concat', [graph.op(scope, 'Expand', [start, shape]), patches], { axis: 1 });
  const positions = graph.weight(`${prefix}.position_embedding.weight`, [side ** 2 + 1, width], 0.5);
  return graph.op(scope, 'Add', [tokens, positions]);
}

/** input_ids [batch, sequence], and attention_mask where there is one -> [batch, 512]. `output` names the result. */
export function textTower(graph: GraphBuilder, { ids, padding }: TextInputs, output?: string): string {
  const { width } = TEXT;
  const model = '/text_model';
  const embeddings = `${model}/embeddings`;
  const table = graph.weight('text_model.embeddings.token_embedding.weight', [SIZES.vocabulary, width], 1);
  const words = graph.op(`${embeddings}/token_embedding`, 'Gather', [table, ids], { axis: 0 });
  const all = graph.weight('text_model.embeddings.position_embedding.weight', [SIZES.context, width], 0.5);
  const length = size(graph, model, ids, 1);
  const zero = graph.integers(embeddings, 0);
  const positions = graph.op(embeddings, 'Slice', [all, zero, length, zero]);
  const x = graph.op(embeddings, 'Add', [words, positions]);
  const tokens = encoder(graph, `${model}/encoder`, x, TEXT, attentionMask(graph, model, length, padding));
  const normed = graph.layerNorm(`${model}/final_layer_norm`, tokens, width);
  // The end token has the highest id.
  const end = graph.op(model, 'ArgMax', [ids], { axis: -1, keepdims: 1 });
  const pooled = graph.op(model, 'GatherND', [normed, end], { batch_dims: 1 });
  return graph.matMul('/text_projection', pooled, [width, SIZES.projection], output);
}

/** What is added to the attention scores: nothing for what a token may see, else the smallest number there is. */
function attentionMask(graph: GraphBuilder, scope: string, length: string, padding?: string): string {
  const { context } = SIZES;
  const cells = Array.from({ length: context ** 2 }, (_, i) => (i % context > Math.floor(i / context) ? MASKED : 0));
  const whole = graph.constant(scope, { type: 'float32', dims: [context, context], values: cells });
  const corner = graph.op(scope, 'Concat', [length, length], { axis: 0 });
  const [start, axes] = [graph.integers(scope, 0, 0), graph.integers(scope, 0, 1)];
  const causal = graph.op(scope, 'Slice', [whole, start, corner, axes]);
  if (padding === undefined) return causal;
  const seen = graph.op(scope, 'Cast', [padding], { to: 9 });
  const perKey = graph.op(scope, 'Unsqueeze', [seen, graph.integers(scope, 1, 2)]);
  return graph.op(scope, 'Where', [perKey, causal, graph.float(scope, MASKED)]);
}

function encoder(graph: GraphBuilder, scope: string, tokens: string, tower: Tower, mask?: string): string {
  let x = tokens;
  for (let layer = 0; layer < tower.layers; layer += 1) x = block(graph, `${scope}/layers.${layer}`, x, tower, mask);
  return x;
}

/** A pre-norm transformer block with quick GELU. */
function block(graph: GraphBuilder, scope: string, x: string, tower: Tower, mask?: string): string {
  const { width } = tower;
  const normed = graph.layerNorm(`${scope}/layer_norm1`, x, width);
  const y = graph.op(scope, 'Add', [x, attention(graph, `${scope}/self_attn`, normed, tower, mask)]);
  const again = graph.layerNorm(`${scope}/layer_norm2`, y, width);
  const hidden = graph.linear(`${scope}/mlp/fc1`, again, [width, 4 * width]);
  const activation = `${scope}/mlp/activation_fn`;
  const steep = graph.op(activation, 'Mul', [hidden, graph.float(activation, 1.702)]);
  const gated = graph.op(activation, 'Mul', [hidden, graph.op(activation, 'Sigmoid', [steep])]);
  return graph.op(scope, 'Add', [y, graph.linear(`${scope}/mlp/fc2`, gated, [4 * width, width])]);
}

function attention(graph: GraphBuilder, scope: string, x: string, { width, heads }: Tower, mask?: string): string {
  const depth = width / heads;
  const project = (name: string) => graph.linear(`${scope}/${name}`, x, [width, width]);
  const split = (tokens: string, perm: readonly number[]) => {
    const shape = graph.integers(scope, 0, 0, heads, depth);
    return graph.op(scope, 'Transpose', [graph.op(scope, 'Reshape', [tokens, shape])], { perm });
  };
  const scaled = graph.op(scope, 'Mul', [project('q_proj'), graph.float(scope, depth ** -0.5)]);
  const query = split(scaled, [0, 2, 1, 3]);
  const key = split(project('k_proj'), [0, 2, 3, 1]);
  const value = split(project('v_proj'), [0, 2, 1, 3]);
  const scores = graph.op(scope, 'MatMul', [query, key]);
  const visible = mask === undefined ? scores : graph.op(scope, 'Add', [scores, mask]);
  const mixed = graph.op(scope, 'MatMul', [graph.op(scope, 'Softmax', [visible], { axis: -1 }), value]);
  const merged = graph.op(scope, 'Transpose', [mixed], { perm: [0, 2, 1, 3] });
  const joined = graph.op(scope, 'Reshape', [merged, graph.integers(scope, 0, 0, width)]);
  return graph.linear(`${scope}/out_proj`, joined, [width, width]);
}

/** One dimension of a tensor, as a vector of one. */
function size(graph: GraphBuilder, scope: string, tensor: string, axis: number): string {
  const range = [axis, axis + 1].map((index) => graph.integers(scope, index));
  return graph.op(scope, 'Slice', [graph.op(scope, 'Shape', [tensor]), ...range]);
}
