import { basename, dirname } from 'node:path';
import { AutoTokenizer, env } from '@xenova/transformers';
import { z } from 'zod';
import type { Family } from './model-config.ts';

const idsSchema = z.object({ data: z.instanceof(BigInt64Array), dims: z.array(z.number()) });
const tokensSchema = z.object({ input_ids: idsSchema }).catchall(idsSchema);

/** By name of the text encoder's input, such as `input_ids` and `attention_mask`: 64-bit integers `[batch, length]`. */
export type Tokens = z.infer<typeof tokensSchema>;

interface TokenizerSpec {
  folder: string;
  family: Family;
  /** How many tokens at most; the files of some models do not say. */
  context: number;
}

/** Loads the tokeniser of a model from its own files. */
export async function loadTokenizer(spec: TokenizerSpec): Promise<(texts: readonly string[]) => Tokens> {
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
  return (texts) => {
    // SigLIP 2 was trained on small letters, which its tokeniser does not make (huggingface/transformers#43101).
    const small = lowersCase || family === 'siglip' ? texts.map(lower) : texts;
    const tokens = encode(lowersCase && family === 'siglip' ? small.map(keepMark) : small);
    endEachText(tokens.input_ids, tokenizer.eos_token_id, tokenizer.pad_token_id);
    return tokens;
  };
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
function endEachText({ data, dims: [, width = 0] }: z.infer<typeof idsSchema>, end?: number, padding?: number): void {
  if (end === undefined) return;
  for (let last = width - 1; last < data.length; last += width) {
    if (Number(data[last]) !== padding) data[last] = BigInt(end);
  }
}
