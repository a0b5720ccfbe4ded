import { TEMPLATE_SETS } from '../src/clip/prompts.ts';
import { LABELS } from './words.ts';

/** CLIP's own special tokens, with the two highest ids. */
export const START = { id: 49406, content: '<|startoftext|>' };
export const END = { id: 49407, content: '<|endoftext|>' };

/** The words of the bench are single tokens, as most of them are in CLIP's own vocabulary; others fall into letters. */
const WORDS = new Set(
  [...LABELS, ...['photo', 'clip-7'].flatMap((name) => TEMPLATE_SETS[name] ?? [])].flatMap(lettersOf),
);
const LETTERS = Array.from({ length: 94 }, (_, i) => String.fromCharCode(33 + i)); // printable ASCII
const TOKENS = [
  ...LETTERS,
  ...LETTERS.map((letter) => `${letter}</w>`),
  ...[...WORDS].filter((word) => word.length > 1),
];

/** What CLIP's `tokenizer.json` holds, with a small vocabulary of whole words in place of merges. */
export const TOKENIZER = {
  version: '1.0',
  truncation: null,
  padding: null,
  added_tokens: [START, END].map(({ id, content }) => ({ id, content, special: true })),
  normalizer: {
    type: 'Sequence',
    normalizers: [
      { type: 'NFC' },
      { type: 'Replace', pattern: { Regex: '\\s+' }, content: ' ' },
      { type: 'Lowercase' },
    ],
  },
  pre_tokenizer: {
    type: 'Sequence',
    pretokenizers: [
      {
        type: 'Split',
        pattern: { Regex: "'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+" },
        behavior: 'Removed',
        invert: true,
      },
      { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
    ],
  },
  post_processor: {
    type: 'RobertaProcessing',
    sep: [END.content, END.id],
    cls: [START.content, START.id],
    trim_offsets: false,
    add_prefix_space: false,
  },
  decoder: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true },
  model: {
    type: 'BPE',
    unk_token: END.content,
    continuing_subword_prefix: '',
    end_of_word_suffix: '</w>',
    ignore_merges: true,
    vocab: {
      ...Object.fromEntries(TOKENS.map((token, id) => [token, id])),
      [START.content]: START.id,
      [END.content]: END.id,
    },
    merges: [],
  },
};

function lettersOf(text: string): string[] {
  return text.toLowerCase().match(/\p{L}+/gu) ?? [];
}
