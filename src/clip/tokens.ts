import { basename, dirname } from 'node:path';
import { AutoTokenizer, env } from '@xenova/transformers';
import { type InferenceSession, Tensor } from 'onnxruntime-node';
import { z } from 'zod';
import type { Family } from './model-config.ts';

const idsSchema = z.object({ data: z.instanceof(BigInt64Array), dims: z.array(z.number()) });
const tokensSchema = z.object({ input_ids: idsSchema, attention_mask: idsSchema }).catchall(idsSchema);

/** By name of the text encoder's input, such as `input_ids` and `attention_mask`: 64-bit integers `[batch, length]`. */
export type Tokens = z.infer<typeof tokensSchema>;

interface TokenizerSpec {
  folder: string;
  family: Family;
  /** How many tokens at most; the files of some models do not say. */
  context: number;
}

export interface Tokeniser {
  /** Cuts a text that is too long, and keeps its end token. */
  tokenise(texts: readonly string[]): Tokens;
  /** Whether a text has no more tokens than the model reads. */
  readsWhole(text: string): boolean;
}

/** Loads the tokeniser of a model from its own files. */
export async function loadTokeniser(spec: TokenizerSpec): Promise<Tokeniser> {
  const { folder, family, context } = spec;
  useLocalModels(folder);
  const tokenizer = await AutoTokenizer.from_pretrained(basename(folder));
  const options = {
    // SigLIP was trained on texts padded to full length; CLIP's causal attention does not see padding.
    padding: family === 'siglip' ? 'max_length' : true,
    truncation: true,
    max_length: context,
  } as const;
  const encode = (texts: readonly string[]) => tokensSchema.parse(tokenizer([...texts], options));
  const lowersCase = String(encode(['Σ']).input_ids.data) === String(encode(['σ']).input_ids.data);
  // SigLIP 2 was trained on small letters, which its tokeniser does not make (huggingface/transformers#43101).
  const prepare = (text: string) => {
    const small = lowersCase || family === 'siglip' ? lower(text) : text;
    return lowersCase && family === 'siglip' ? keepMark(small) : small;
  };
  return {
    tokenise(texts) {
      const tokens = encode(texts.map(prepare));
      endEachText(tokens, tokenizer.eos_token_id);
      return tokens;
    },
    readsWhole: (text) => tokenizer.encode(prepare(text)).length <= context,
  };
}

/** What a graph takes of the tokens: those of its inputs that are theirs. */
export function textFeeds(
  { inputNames }: Pick<InferenceSession, 'inputNames'>,
  tokens: Tokens,
): Record<string, Tensor> {
  const ids = inputNames.flatMap((name) => (tokens[name] ? [[name, tokens[name]] as const] : []));
  return Object.fromEntries(ids.map(([name, { data, dims }]) => [name, new Tensor('int64', data, dims)]));
}

/** Makes transformers.js look beside `folder`, and nowhere else. */
export function useLocalModels(folder: string): void {
  env.allowRemoteModels = false;
  env.localModelPath = dirname(folder);
}

/** Letter by letter, as the reference lowers: JavaScript makes ς of the Σ that ends a word. */
function lower(text: string): string {
  return text.replaceAll('Σ', 'σ').toLowerCase();
}

/** JavaScript strips U+FEFF as white space; the reference keeps it, unknown to SigLIP as U+200B is, which neither strips. */
function keepMark(text: string): string {
  return text.replaceAll('\ufeff', '\u200b');
}

/** transformers.js cuts the end token off a text that is too long; the reference keeps it, and CLIP reads its result there. */
function endEachText({ input_ids: { data, dims }, attention_mask: mask }: Tokens, end?: number): void {
  const [, width = 0] = dims;
  if (end === undefined) return;
  for (let last = width - 1; last < data.length; last += width) {
    if (mask.data[last] === 1n) data[last] = BigInt(end);
  }
}
