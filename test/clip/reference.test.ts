import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { classify } from '../../src/clip/classify.ts';
import { type Encoders, loadEncoders } from '../../src/clip/encoders.ts';
import { type ModelFacts, readFacts } from '../../src/clip/facts.ts';
import { toInputPixels } from '../../src/clip/geometry.ts';
import { fill } from '../../src/clip/prompts.ts';
import { loadTokeniser } from '../../src/clip/tokens.ts';
import { dot, ensemble } from '../../src/clip/vectors.ts';
import { decode } from '../../src/image/decode.ts';
import { readPixels } from './pixels.ts';

const FIXTURES = fileURLToPath(new URL('../fixtures/', import.meta.url));

const vector = z.array(z.number()).transform((values) => Float32Array.from(values));
const referenceSchema = z.object({
  images: z.record(z.string(), z.object({ width: z.number(), height: z.number(), embedding: vector })),
  texts: z.array(z.object({ text: z.string(), embedding: vector })),
  labels: z.array(z.string()),
  classifications: z.array(
    z.object({
      templates: z.array(z.string()),
      images: z.record(
        z.string(),
        z.object({
          similarities: z.array(z.number()),
          logits: z.array(z.number()),
          probabilities: z.array(z.number()),
        }),
      ),
    }),
  ),
});

/** The values that Hugging Face computes with PyTorch for the same weights, and where the ONNX files lie: see tools/reference. */
describe.each([
  ['clip-tiny', 'onnx'],
  ['clip-tiny', 'onnx-dynamo'],
  ['siglip-tiny', 'onnx'],
  ['siglip-tiny', 'onnx-dynamo'],
  ['siglip2-tiny', 'onnx'],
  ['mobileclip-tiny', 'onnx'],
] as const)('%s, exported to %s, against the PyTorch reference', (name, layout) => {
  const folder = `${FIXTURES}reference/${name}`;
  let reference: z.infer<typeof referenceSchema>;
  let encoders: Encoders;
  let facts: ModelFacts;

  beforeAll(async () => {
    reference = referenceSchema.parse(JSON.parse(await readFile(`${folder}.json`, 'utf8')));
    facts = await readFacts(name, folder);
    encoders = await loadEncoders({
      folder,
      vision: `${folder}/${layout}/vision_model.onnx`,
      text: `${folder}/${layout}/text_model.onnx`,
      threads: 1,
      explanations: '',
      heads: facts.heads,
      family: facts.family,
      width: facts.width,
      context: facts.context,
    });
  });

  const embedFile = async (name: string) => {
    const picture = await decode(name, await readFile(`${FIXTURES}images/${name}`));
    const [embedding] = await encoders.images([await toInputPixels(picture, encoders.geometry)]);
    if (!embedding) throw new Error('no embedding');
    return { picture, embedding };
  };

  it('knows the size of every image file as it stands upright', async () => {
    for (const [name, { width, height }] of Object.entries(reference.images)) {
      const { picture } = await embedFile(name);
      expect([name, picture.width, picture.height]).toEqual([name, width, height]);
    }
  });

  it('embeds the same pixels with a cosine of at least 0.9999', async () => {
    const files = (await readdir(`${FIXTURES}reference`)).filter(
      (file) => file.startsWith(`${name}.`) && file.endsWith('.f32'),
    );
    expect(files).toHaveLength(3);
    for (const file of files) {
      const pixels = await readPixels(`${FIXTURES}reference/${file}`, `${folder}/preprocessor_config.json`);
      const [embedding = new Float32Array()] = await encoders.images([pixels]);
      const image = file.slice(`${name}.`.length, -'.f32'.length);
      expect(dot(embedding, reference.images[image]?.embedding ?? embedding.fill(0)), image).toBeGreaterThan(0.9999);
    }
  });

  it('embeds every image file with a cosine of at least 0.99 to the reference', async () => {
    const cosines: Record<string, number> = {};
    for (const [name, { embedding }] of Object.entries(reference.images)) {
      cosines[name] = dot(embedding, (await embedFile(name)).embedding);
    }
    expect(Object.entries(cosines).filter(([, cosine]) => cosine < 0.99)).toEqual([]);
  });

  it('embeds every text with a cosine of at least 0.9999, alone and in a batch', async () => {
    const batch = await encoders.texts(reference.texts.map(({ text }) => text));
    for (const [i, { text, embedding }] of reference.texts.entries()) {
      const [alone = embedding.map(() => 0)] = await encoders.texts([text]);
      expect(dot(embedding, alone), text).toBeGreaterThan(0.9999);
      expect(dot(embedding, batch[i] ?? alone), text).toBeGreaterThan(0.9999);
    }
  });

  it('reaches the probabilities of the reference, ensembles included', async () => {
    expect(reference.classifications.some(({ templates }) => templates.length > 1)).toBe(true);
    for (const { templates, images } of reference.classifications) {
      const labels = await Promise.all(
        reference.labels.map(async (label) => ({
          label,
          vector: ensemble(await encoders.texts(templates.map((template) => fill(template, label)))),
        })),
      );
      for (const [name, { similarities, logits, probabilities }] of Object.entries(images)) {
        const embedding = reference.images[name]?.embedding ?? new Float32Array();
        for (const score of classify(embedding, labels, facts)) {
          const i = reference.labels.indexOf(score.label);
          expect(Math.abs(score.similarity - (similarities[i] ?? 9)), `${name} ${score.label}`).toBeLessThan(1e-4);
          const logit = facts.logitScale * score.similarity + facts.logitBias;
          expect(Math.abs(logit - (logits[i] ?? 99)), `${name} ${score.label}`).toBeLessThan(2e-3);
          expect(Math.abs(score.probability - (probabilities[i] ?? 9)), `${name} ${score.label}`).toBeLessThan(1e-3);
        }
      }
    }
  });
});

const tokensSchema = z.array(z.object({ text: z.string(), inputIds: z.array(z.number()) }));

describe.each(['clip-tiny', 'siglip-tiny', 'siglip2-tiny', 'mobileclip-tiny'])('the tokens of %s', (name) => {
  it('are those of Hugging Face for 200 difficult texts, alone and in a batch', async () => {
    const folder = `${FIXTURES}reference/${name}`;
    const expected = tokensSchema.parse(JSON.parse(await readFile(`${folder}.tokens.json`, 'utf8')));
    expect(expected.length).toBeGreaterThanOrEqual(200);
    const { family, context } = await readFacts(name, folder);
    const { tokenise } = await loadTokeniser({ folder, family, context });
    const different = expected.filter(({ text, inputIds }) => {
      const found = [...tokenise([text]).input_ids.data].map(Number);
      return JSON.stringify(found) !== JSON.stringify(inputIds);
    });
    expect(different.map(({ text }) => text)).toEqual([]);
    const { data, dims } = tokenise(expected.map(({ text }) => text)).input_ids;
    const [, width = 0] = dims;
    for (const [i, { text, inputIds }] of expected.entries()) {
      const row = [...data.subarray(i * width, (i + 1) * width)].map(Number);
      expect(row.slice(0, inputIds.length), text).toEqual(inputIds);
    }
  });
});
