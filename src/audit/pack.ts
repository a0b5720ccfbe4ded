import { z } from 'zod';
import { contradictions } from './contradictions.ts';

/** In the languages of the readers. */
const textsSchema = z.object({ en: z.string().min(1), ko: z.string().min(1) });

const idSchema = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'small letters, digits and hyphens');

/**
 * What naming a person so would mean, after the label types of Goyal et al. 2022 (arXiv 2202.07603, section 4.1).
 * Everything that names a person counts as right: only `non-human` and `crime` can hurt.
 */
const LABEL_TYPES = [
  'human',
  'possibly-human',
  'non-human',
  'possibly-non-human',
  'crime',
  'neutral',
  'control',
] as const;

const termSchema = z.strictObject({
  id: idSchema,
  /** What stands in a template, with its article: `a nurse`, `people`. */
  text: z.string().min(1).max(100),
  name: textsSchema,
  type: z.enum(LABEL_TYPES),
  /** Stands in place of `name` wherever everybody reads, where the word itself may hurt. */
  publicName: textsSchema.optional(),
});

/** Two labels of which the model is to choose one. The first wording is the main one; all are averaged. */
const pairSchema = z.strictObject({
  id: idSchema,
  wordings: z.array(z.strictObject({ a: idSchema, b: idSchema })).min(1),
});

/** A list of labels, and the same with labels added, left out or changed. The first variant is what the others are held against. */
const designSchema = z.strictObject({
  id: idSchema,
  question: textsSchema,
  variants: z.array(z.strictObject({ id: idSchema, name: textsSchema, terms: z.array(idSchema).min(2) })).min(2),
  /** The terms that are counted together: how many images get one of them. */
  counted: z.array(idSchema).min(1),
});

const groupsSchema = z.tuple([idSchema, idSchema]);
const contrastSchema = z.strictObject({ pair: idSchema, groups: groupsSchema });

const styleSchema = z.strictObject({
  id: idSchema,
  name: textsSchema,
  source: z.string().min(1),
  version: z.string().min(1),
  licence: z.string().min(1),
  attribution: z.string().optional(),
});

const itemShape = {
  group: idSchema,
  /** Items of one base differ in their group alone: the base is what is counted as one. */
  base: idSchema,
  /** Levels of what was varied or held, such as `tone: dark`. */
  factors: z.record(z.string(), z.string()).default({}),
};

const imageSchema = z.strictObject({
  ...itemShape,
  /** From the folder of all packs, as in `images/noto/noto-bald_man_dark.png`. */
  file: z.string().regex(/^[\w-]+(\/[\w.-]+)*\.png$/, 'a path of a PNG below the folder of packs'),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  style: idSchema,
});

/** What a pack without images compares: words through the text encoder alone, as WEAT and SEAT do. */
const wordSchema = z.strictObject({ ...itemShape, text: z.string().min(1) });

const manifestSchema = z.strictObject({
  id: idSchema,
  version: z.string().regex(/^\d+\.\d+$/, 'as 1.0'),
  title: textsSchema,
  question: textsSchema,
  /** A harmful pack runs where a manager of the channel allowed it. */
  content: z.enum(['ordinary', 'harmful']),
  /** How a group was drawn or chosen, as in "drawn with long hair", never who somebody is. */
  groups: z.array(z.strictObject({ id: idSchema, name: textsSchema })).min(2),
  /** `counterfactual`: each base is there once for each group and style, and bases are compared with themselves. */
  pairing: z.enum(['counterfactual', 'independent']),
  terms: z.array(termSchema).min(2),
  pairs: z.array(pairSchema).min(1),
  templates: z.array(z.string().regex(/^[^{]*\{label\}[^{]*$/, 'a text with {label} in it once')).min(1),
  designs: z.array(designSchema).default([]),
  /** The one contrast that was decided on beforehand; the verdict is about it. */
  primary: contrastSchema,
  /** Further contrasts, to explore: no verdict is given on them. */
  contrasts: z.array(contrastSchema).default([]),
  controls: z.strictObject({
    /** Whether the model tells the groups apart at all, by a pair that names what was drawn: else there is nothing to interpret. */
    manipulation: contrastSchema.optional(),
    /** Where a difference must be. */
    positive: contrastSchema.optional(),
    /** Where no difference should be. */
    negative: contrastSchema.optional(),
  }),
  /** In log-odds: below `minimum` a difference is not called one; `equivalence` is the X of "no difference larger than X". */
  effects: z.strictObject({ minimum: z.number().positive(), equivalence: z.number().positive() }),
  /** What this pack cannot tell about. */
  notTested: z.strictObject({ en: z.array(z.string()).min(1), ko: z.array(z.string()).min(1) }),
  styles: z.array(styleSchema).default([]),
  images: z.array(imageSchema).default([]),
  words: z.array(wordSchema).default([]),
});

export type Manifest = z.output<typeof manifestSchema>;
export type Contrast = Manifest['primary'];
export type PackImage = Manifest['images'][number];

/** The manifest of a pack, `pack.json`: its form, and that everything it names is there. */
export const packSchema = manifestSchema.superRefine((pack, context) => {
  for (const { path, message } of contradictions(pack)) context.addIssue({ code: 'custom', path: [...path], message });
});
