import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { UserError } from '../../errors.ts';
import type { Picture } from '../../image/picture.ts';
import type { Detection } from '../detections.ts';
import { type ModelInfo, type OwnFacts, readOwnFacts } from '../facts.ts';
import { type DetectorFiles, weightBytes } from '../files.ts';
import { Lifecycle, type Origin } from '../lifecycle.ts';
import { fill, templatesOf } from '../prompts.ts';
import type { LocationQuestion } from '../questions.ts';
import type { Download, ModelStatus } from '../status.ts';
import { Thread } from '../thread.ts';
import { candidates, toDetections } from './boxes.ts';
import { parseDetectorConfig } from './config.ts';
import type { DetectorReadiness, DetectorSpec, DetectorTasks } from './protocol.ts';

interface DetectorOptions extends Omit<Origin<DetectorFiles, Loaded>, 'read'> {
  threads: number;
}

/** What is known of a detector. */
export interface DetectorInfo extends Pick<ModelInfo, 'id' | 'dtype' | 'sha256' | 'languages' | 'words' | 'warning'> {
  family: 'owlvit';
  /** Pixels on a side of what it sees: of a picture that was made smaller than that, it would see less than there was. */
  side: number;
}

interface Loaded {
  thread: Thread<DetectorReadiness, DetectorTasks>;
  info: DetectorInfo;
}

/** An OWL-ViT, which finds labels as boxes: found, loaded and asked. */
export class DetectorModel {
  /** What people call it. */
  readonly name: string;
  readonly #life: Lifecycle<DetectorFiles, Loaded>;

  constructor({ threads, ...origin }: DetectorOptions) {
    this.name = origin.name;
    this.#life = new Lifecycle({
      ...origin,
      async read(files) {
        const { folder, model } = files;
        const config = parseDetectorConfig(await readFile(join(folder, 'config.json'), 'utf8'));
        const facts = await readOwnFacts(folder);
        const spec = { folder, model, threads, context: config.text_config.max_position_embeddings };
        return { weights: await weightBytes(folder, [model]), load: () => load(files, facts, spec) };
      },
    });
  }

  /** Resolves when loading has ended, well or not: `status` tells which. */
  load(): Promise<void> {
    return this.#life.load();
  }

  get status(): ModelStatus {
    return this.#life.status;
  }

  /** How far the model has come, where it is being fetched. */
  get download(): Download | undefined {
    const { status } = this;
    return status.state === 'loading' ? status.download : undefined;
  }

  /**
   * What is known of the model.
   * @throws UserError `model-loading` or `detector-unavailable` where it is not ready
   */
  info(): Promise<DetectorInfo> {
    return this.#use(async ({ info }) => info);
  }

  /** Where labels are, as boxes in pixels of the upright original, best first. A score is that of a box and its label alone. */
  async detect(picture: Picture, { labels, template }: LocationQuestion): Promise<Detection[]> {
    const templates = templatesOf(template);
    const texts = labels.flatMap((label) => templates.map((text) => fill(text, label)));
    return this.#use(async ({ thread }) => {
      const predictions = await thread.ask('predict', { picture, texts });
      return toDetections(candidates(predictions, labels.length), labels, picture);
    });
  }

  /** Whether the model reads a text to its end, in one of the template's texts at least. */
  async readsWhole(text: string, template: string): Promise<boolean> {
    const texts = templatesOf(template).map((own) => fill(own, text));
    const whole = await this.#use(({ thread }) => thread.ask('readsWhole', texts));
    return whole.some((isWhole) => isWhole);
  }

  /** Lets what is being asked of it end, then gives its memory back. The next request loads it again. */
  putAway(): Promise<void> {
    return this.#life.putAway();
  }

  close(): Promise<void> {
    return this.#life.close();
  }

  /** People are told that it is the detector which cannot be used, and of paths the last part: the rest is not theirs to know. */
  #use<T>(work: (loaded: Loaded) => Promise<T>): Promise<T> {
    return this.#life.use(work).catch((cause: unknown) => {
      if (!(cause instanceof UserError) || !('problem' in cause.parameters)) throw cause;
      const { problem } = cause.parameters;
      const told = 'folder' in problem ? { ...problem, folder: basename(problem.folder) } : problem;
      throw new UserError('detector-unavailable', { model: this.name, problem: told }, { cause });
    });
  }
}

async function load(
  { id, dtype }: DetectorFiles,
  { languages = ['en'], words, warning }: OwnFacts,
  spec: DetectorSpec,
): Promise<{ thread: Loaded['thread']; loaded: Loaded }> {
  const thread: Loaded['thread'] = new Thread('detector-thread', spec);
  const { side, sha256 } = await thread.ready;
  const known = { languages, words: words ? new Set(words) : undefined, warning };
  return { thread, loaded: { thread, info: { id, dtype, sha256, family: 'owlvit', side, ...known } } };
}
