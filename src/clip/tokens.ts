import { basename, dirname } from 'node:path';
import { AutoTokenizer, env } from '@xenova/transformers';
import { z } from 'zod';
import type { Family } from './model-config.ts';

const idsSchema = z.object({ data: z.instanceof(BigInt64Array), dims: z.array(z.number()) });
const tokensSchema = z.object({ input_ids: idsSchema }).catchall(idsSchema);

/** By name of the text encoder's input, such as `input_ids` and `attention_mask`: 64-bit integers `[batch, length]`. */
export type Tokens = z.infer<typeof tokensSchema>;

/** Loads the tokeniser of a model from its own files. */
export async function loadTokenizer(folder: string, family: Family): Promise<(texts: readonly string[]) => Tokens> {
  useLocalModels(folder);
  const tokenizer = await AutoTokenizer.from_pretrained(basename(folder));
  // SigLIP was trained on texts padded to full length; CLIP's causal attention does not see padding.
  const padding = family === 'siglip' ? 'max_length' : true;
  const encode = (texts: readonly string[]) => tokensSchema.parse(tokenizer([...texts], { padding, truncation: true }));
  const lowersCase = String(encode(['Σ']).input_ids.data) === String(encode(['σ']).input_ids.data);
  return (texts) => {
    const tokens = encode(lowersCase ? texts.map(lowerSigma) : texts);
    endEachText(tokens.input_ids, tokenizer.eos_token_id, tokenizer.pad_token_id);
    return tokens;
  };
}

/** Makes transformers.js look beside `folder`, and nowhere else. */
export function useLocalModels(folder: string): void {
  env.allowRemoteModels = false;
  env.localModelPath = dirname(folder);
}

/** JavaScript lowers the Σ that ends a word to ς; the reference lowers letter by letter, which makes it σ. */
function lowerSigma(text: string): string {
  return text.replaceAll('Σ', 'σ');
}

/** transformers.js cuts the end token off a text that is too long; the reference keeps it, and CLIP reads its result there. */
function endEachText({ data, dims: [, width = 0] }: z.infer<typeof idsSchema>, end?: number, padding?: number): void {
  if (end === undefined) return;
  for (let last = width - 1; last < data.length; last += width) {
    if (Number(data[last]) !== padding) data[last] = BigInt(end);
  }
}
