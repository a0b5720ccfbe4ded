import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import type { UnsureThresholds } from './classify.ts';
import { knownModel, SIGLIP } from './known-models.ts';

export type Family = 'clip' | 'siglip';

/** What must be known of a model beyond its weights. */
export interface ModelFacts {
  id: string;
  family: Family;
  /** What a cosine is multiplied with before softmax or sigmoid, and the bias added after it (0 for CLIP). */
  logitScale: number;
  logitBias: number;
  unsure: UnsureThresholds;
  licence: string;
  goodAt: Texts;
  badAt: Texts;
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
  words: z.array(z.string()).optional(),
  languages: z.array(z.string()).optional(),
});

const configSchema = z.object({
  model_type: z.enum(['clip', 'siglip']),
  logit_scale_init_value: z.number().optional(),
  _name_or_path: z.string().optional(),
});

const UNKNOWN = {
  licence: 'unknown',
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
 * @throws Error naming what is wrong with the files
 */
export async function readFacts(id: string, folder: string): Promise<ModelFacts> {
  const config = configSchema.safeParse(await readJson(join(folder, 'config.json')));
  if (!config.success) throw new Error('its config.json is not that of a CLIP or SigLIP model');
  const ownFacts = ownFactsSchema.safeParse(await readJson(join(folder, 'cliplens.json'), {}));
  if (!ownFacts.success) throw new Error('its cliplens.json is not as ARCHITECTURE.md describes it');
  const own = ownFacts.data;
  const { model_type: family, _name_or_path: original } = config.data;
  const origin = id.includes('/') ? id : (original ?? '');
  const known = knownModel(origin);
  return {
    id,
    family,
    logitScale: own.logitScale ?? known?.logitScale ?? scaleOf(family, origin, config.data.logit_scale_init_value),
    logitBias: own.logitBias ?? known?.logitBias ?? (family === 'siglip' ? SIGLIP.logitBias : 0),
    unsure: own.unsure ?? known?.unsure ?? DEFAULT_UNSURE[family],
    licence: own.licence ?? known?.licence ?? UNKNOWN.licence,
    goodAt: own.goodAt ?? known?.goodAt ?? UNKNOWN.goodAt,
    badAt: own.badAt ?? known?.badAt ?? UNKNOWN.badAt,
    words: own.words ? new Set(own.words) : undefined,
    languages: own.languages ?? ['en'],
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

const INITIAL_LOGIT_SCALE = Math.log(1 / 0.07);

async function readJson(path: string, otherwise?: unknown): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (otherwise !== undefined && error.code === 'ENOENT') return JSON.stringify(otherwise);
    throw error;
  });
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`its ${basename(path)} is not JSON`, { cause });
  }
}
