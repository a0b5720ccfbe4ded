import type { ClipModel } from '../clip/model.ts';
import type { OnProgress } from '../progress.ts';
import type { ImageVectors } from './image-vectors.ts';
import type { Pack } from './load-pack.ts';

/** What a pack without images has in place of a style. */
export const WORDS = 'words';

/** An image or a word of a pack, as the model sees it. */
export interface Item {
  group: string;
  base: string;
  style: string;
  /** For each of the pack's templates; an image is the same in all. */
  vectors: readonly Float32Array[];
}

/** By the term's id, for each of the pack's templates. */
export type TermVectors = ReadonlyMap<string, readonly Float32Array[]>;

/** The pack's images, or its words in each of its templates. */
export async function embedItems(
  { manifest, images }: Pack,
  model: ClipModel,
  vectors: ImageVectors,
  onProgress: OnProgress,
): Promise<Item[]> {
  const { templates, words } = manifest;
  if (words.length > 0) {
    const rows = await embedTexts(
      words.map(({ text }) => text),
      templates,
      model,
    );
    return words.map(({ group, base }, i) => ({ group, base, style: WORDS, vectors: rows[i] ?? [] }));
  }
  const embedded = await vectors.of(model, images, onProgress);
  return images.map(({ group, base, style }, i) => {
    const vector = embedded[i] ?? new Float32Array();
    return { group, base, style, vectors: templates.map(() => vector) };
  });
}

export async function embedTerms({ manifest: { terms, templates } }: Pack, model: ClipModel): Promise<TermVectors> {
  const rows = await embedTexts(
    terms.map(({ text }) => text),
    templates,
    model,
  );
  return new Map(terms.map(({ id }, i) => [id, rows[i] ?? []]));
}

/** @returns for each text, its vector in each template */
async function embedTexts(texts: readonly string[], templates: readonly string[], model: ClipModel) {
  const columns = await Promise.all(templates.map((template) => model.embedLabels(texts, template)));
  return texts.map((_, i) => columns.map((column) => column[i] ?? new Float32Array()));
}
