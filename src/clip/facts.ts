import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { UnsureThresholds } from './classify.ts';
import { Unavailable } from './download-retry.ts';
import { knownModel, SIGLIP } from './known-models.ts';
import { type Family, parseConfig, parseJson } from './model-config.ts';

/** What must be known of a model beyond its weights. */
export interface ModelFacts {
  id: string;
  family: Family;
  /** How many numbers an embedding has, where the config says it. */
  width: number | undefined;
  /** How many tokens of a text it reads. */
  context: number;
  /** Of the vision encoder's attention. */
  heads: number;
  /** What a cosine is multiplied with before softmax or sigmoid, and the bias added after it (0 for CLIP). */
  logitScale: number;
  logitBias: number;
  unsure: UnsureThresholds;
  /** Where it is known. */
  licence: string | undefined;
  goodAt: Texts;
  badAt: Texts;
  /** What must be said wherever the model is used. */
  warning: Texts | undefined;
  /** For a model of few words: those it was trained on, in lower case. Labels beyond them are guesses, and said to be. */
  words: ReadonlySet<string> | undefined;
  /** The languages it learned. */
  languages: readonly string[];
}

/** The facts, and which of the model's files were loaded. */
export interface ModelInfo extends ModelFacts {
  dtype: string;
  /** Of the two ONNX files, one after the other. */
  sha256: string;
}

type Texts = { en: string; ko: string };

const textsSchema = z.object({ en: z.string(), ko: z.string() });

/** `cliplens.json`, an optional file beside `config.json`: facts that the model's own files do not carry. */
const ownFactsSchema = z.object({
  logitScale: z.number().positive().optional(),
  logitBias: z.number().optional(),
  unsure: z.object({ probability: z.number(), margin: z.number(), similarity: z.number() }).optional(),
  licence: z.string().optional(),
  goodAt: textsSchema.optional(),
  badAt: textsSchema.optional(),
  warning: textsSchema.optional(),
  words: z.array(z.string()).optional(),
  languages: z.array(z.string()).optional(),
});

export type OwnFacts = z.infer<typeof ownFactsSchema>;

const UNKNOWN = {
  goodAt: { en: 'Not described.', ko: '설명이 없습니다.' },
  badAt: {
    en: 'Not described. Like every CLIP it carries the biases of its training data.',
    ko: '설명이 없습니다. 모든 CLIP처럼 학습 데이터의 편향을 그대로 지닙니다.',
  },
};

/** Not measured on any one model: for those that bring no thresholds of their own. */
const DEFAULT_UNSURE: Record<Family, UnsureThresholds> = {
  clip: { probability: 0.4, margin: 0.1, similarity: 0.18 },
  siglip: { probability: 0.05, margin: 0, similarity: 0 },
};

/**
 * Collects the facts of a model: from its own `cliplens.json`, else from the table of known models, else from
 * `config.json` and the habits of its family.
 * @throws Unavailable naming what is wrong with the files
 */
export async function readFacts(id: string, folder: string): Promise<ModelFacts> {
  const config = parseConfig(await readFile(join(folder, 'config.json'), 'utf8'));
  const own = await readOwnFacts(folder);
  const { model_type: family, _name_or_path: original } = config;
  const origin = id.includes('/') ? id : (original ?? '');
  const known = knownModel(origin);
  return {
    id,
    family,
    width: family === 'clip' ? config.projection_dim : undefined,
    context: config.text_config?.max_position_embeddings ?? CONTEXT[family],
    heads: config.vision_config.num_attention_heads,
    logitScale: own.logitScale ?? known?.logitScale ?? scaleOf(family, origin, config.logit_scale_init_value),
    logitBias: own.logitBias ?? known?.logitBias ?? (family === 'siglip' ? SIGLIP.logitBias : 0),
    unsure: own.unsure ?? known?.unsure ?? DEFAULT_UNSURE[family],
    licence: own.licence ?? known?.licence,
    goodAt: own.goodAt ?? known?.goodAt ?? UNKNOWN.goodAt,
    badAt: own.badAt ?? known?.badAt ?? UNKNOWN.badAt,
    warning: own.warning,
    words: own.words ? new Set(own.words) : undefined,
    languages: own.languages ?? known?.languages ?? ['en'],
  };
}

/**
 * The ONNX files of separate encoders do not carry the trained scale, and a published config still has CLIP's initial
 * value, ln(1 / 0.07): training drives it to the clamp of 100 (Radford et al. 2021, section 2.5). A config that names
 * no published origin is taken at its word.
 */
function scaleOf(family: Family, origin: string, configured = INITIAL_LOGIT_SCALE): number {
  if (family === 'siglip') return SIGLIP.logitScale;
  const isInitial = Math.abs(configured - INITIAL_LOGIT_SCALE) < 1e-3;
  return isInitial && origin !== '' ? 100 : Math.exp(configured);
}

/** What transformers takes where a config leaves it out, as the published ones do. */
const CONTEXT: Record<Family, number> = { clip: 77, siglip: 64 };

const INITIAL_LOGIT_SCALE = Math.log(1 / 0.07);

/** @throws Unavailable where a model has a `cliplens.json` that is none */
export async function readOwnFacts(folder: string): Promise<OwnFacts> {
  const path = 'cliplens.json';
  const text = await readFile(join(folder, path), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{}';
    throw error;
  });
  const own = ownFactsSchema.safeParse(parseJson(text, path));
  if (!own.success) throw new Unavailable({ kind: 'file-wrong', path }, 'never', { cause: own.error });
  return own.data;
}
