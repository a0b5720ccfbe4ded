import { randomUUID } from 'node:crypto';
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DTYPES, type Dtype } from '../config.ts';
import { isIntact } from './download.ts';
import { withLock } from './download-lock.ts';
import { PATIENCE, type Patience } from './download-retry.ts';
import {
  type DetectorFiles,
  type FindOptions,
  type FoundModel,
  findDetectorFiles,
  findModel,
  findModelFiles,
  type ModelFiles,
} from './files.ts';
import { type Hub, isHubId } from './hub.ts';
import { type Kind, onnxPaths } from './kinds.ts';
import { homeOf, idsIn, readSnapshot, readWholeSnapshot } from './snapshot.ts';
import type { Download } from './status.ts';

/** A variant of a model that was fetched and is here, whole. */
export interface LocalModel {
  id: string;
  kind: Kind;
  dtype: Dtype;
  /** The commit on the hub. */
  revision: string;
  /** Of all its files. */
  bytes: number;
}

export interface Verified {
  id: string;
  dtype: Dtype;
  /** How many there are. */
  files: number;
  damaged: readonly string[];
}

type Wanted = Pick<FindOptions, 'model' | 'dtype' | 'ask' | 'onProgress' | 'signal'>;

interface Shelf {
  hub: Hub;
  cacheFolder: string;
}

/** The models from the hub: those that are here, and how others come. */
export class ModelLibrary {
  readonly #shelf: Shelf;
  readonly #patience: Patience;
  #download: Download | undefined;

  constructor(shelf: Shelf, patience: Patience = PATIENCE) {
    this.#shelf = shelf;
    this.#patience = patience;
  }

  /** How far a pull is that is under way. */
  get download(): Download | undefined {
    return this.#download;
  }

  /** The ids of which anything is here, whole or not. */
  ids(): Promise<string[]> {
    return idsIn(this.#shelf.cacheFolder);
  }

  /** What is here, whole. */
  async list(): Promise<LocalModel[]> {
    const found = (await this.ids()).map((id) => this.#variantsOf(id, readWholeSnapshot));
    return (await Promise.all(found)).flat().map(({ id, dtype, snapshot: { revision, files } }) => {
      const [detector] = onnxPaths('detector', dtype);
      const kind = files.some(({ path }) => path === detector) ? 'detector' : 'clip';
      return { id, kind, dtype, revision, bytes: files.reduce((sum, { size }) => sum + size, 0) };
    });
  }

  /**
   * The files of a CLIP or SigLIP: the bundled one, those of a folder, or those of a hub id.
   * @throws UserError `model-unavailable`
   */
  find(model: Wanted): Promise<ModelFiles> {
    return findModelFiles({ ...this.#shelf, ...model }, this.#patience);
  }

  /** As `find`, of a detector. */
  findDetector(model: Wanted): Promise<DetectorFiles> {
    return findDetectorFiles({ ...this.#shelf, ...model }, this.#patience);
  }

  /**
   * Fetches what is not here of a model of any kind, or not as the hub has it now: every byte of what is here is looked at first.
   * @throws UserError `model-unavailable`
   */
  async pull(id: string, dtype: Dtype, signal: AbortSignal): Promise<FoundModel> {
    for (const { damaged } of await this.verify(id)) for (const path of damaged) await rm(path, { force: true });
    const onProgress = (download: Download) => {
      this.#download = download;
    };
    const request = { ...this.#shelf, model: id, dtype, ask: 'must', onProgress, signal } as const;
    return findModel(request, undefined, this.#patience).finally(() => {
      this.#download = undefined;
    });
  }

  /**
   * Looks at every byte of a model that was fetched.
   * @returns for each variant the paths of files that are not what the hub said: of another size or, where it told a
   * digest, of another content
   */
  async verify(id: string): Promise<Verified[]> {
    const results: Verified[] = [];
    for (const { dtype, home, snapshot } of await this.#variantsOf(id, readSnapshot)) {
      const damaged: string[] = [];
      for (const file of snapshot.files) {
        const path = join(home, snapshot.revision, file.path);
        if (!(await isIntact(path, file))) damaged.push(path);
      }
      results.push({ id, dtype, files: snapshot.files.length, damaged });
    }
    return results;
  }

  /**
   * Removes all that is here of a model, what a broken pull left included: gone at once for whoever looks for it, however
   * long deleting takes.
   * @returns how many bytes that were
   */
  async remove(id: string): Promise<number> {
    const home = homeOf(this.#shelf.cacheFolder, id);
    const away = join(this.#shelf.cacheFolder, 'models', `.removed-${randomUUID()}`);
    await withLock(join(home, 'lock'), new AbortController().signal, () => rename(home, away));
    const bytes = await bytesBelow(away);
    await rm(away, { recursive: true, force: true });
    return bytes;
  }

  /** Where copies of a model's vision file lie that can explain: with the model where it came from the hub, and goes with it. */
  explanationsOf(model: string): string {
    const { cacheFolder } = this.#shelf;
    return join(isHubId(model) ? homeOf(cacheFolder, model) : cacheFolder, 'explanations');
  }

  async #variantsOf(id: string, read: typeof readSnapshot) {
    const home = homeOf(this.#shelf.cacheFolder, id);
    const found = DTYPES.map(async (dtype) => ({ id, dtype, home, snapshot: await read(home, dtype) }));
    return (await Promise.all(found)).flatMap(({ snapshot, ...variant }) =>
      snapshot ? [{ ...variant, snapshot }] : [],
    );
  }
}

/** Bytes of all files below a folder; one of several names, as revisions share it, counts once. */
async function bytesBelow(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => stat(join(parentPath, name)));
  const sizes = new Map((await Promise.all(files)).map(({ ino, size }) => [ino, size]));
  return [...sizes.values()].reduce((sum, size) => sum + size, 0);
}
