import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../errors.ts';
import { type Manifest, type PackImage, packSchema } from './pack.ts';

/** What is looked at: drawings of a packaged pack or its words, or what somebody brought. */
export type PackKind = 'drawings' | 'words' | 'own';

/** A pack whose manifest is sound and whose images are the ones it names. */
export interface Pack {
  kind: PackKind;
  manifest: Manifest;
  /** In the order of the manifest's images. */
  images: readonly LoadedImage[];
  /** Of the manifest and the images: what was asked, to the byte. */
  sha256: string;
}

export interface LoadedImage extends PackImage {
  read(): Promise<Uint8Array>;
}

/** The ids of the packs in a folder. */
export async function packIds(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => existsSync(join(folder, name, 'pack.json'))).sort();
}

/**
 * Reads `folder/id/pack.json`, and the images it names from `folder`.
 * @throws UserError `pack-broken` naming a field, or `pack-changed` naming an image
 */
export async function loadPack(folder: string, id: string): Promise<Pack> {
  const path = join(folder, id, 'pack.json');
  const text = await readFile(path, 'utf8').catch((cause) => {
    throw new UserError('pack-broken', { pack: id, field: 'pack.json', reason: 'cannot be read' }, { cause });
  });
  const manifest = parseManifest(text, id);
  const images = await Promise.all(manifest.images.map((image) => loadImage(folder, image)));
  const hash = createHash('sha256').update(text);
  for (const { sha256 } of images) hash.update(sha256);
  const kind = manifest.words.length > 0 ? 'words' : 'drawings';
  return { kind, manifest, images, sha256: hash.digest('hex') };
}

/** @throws UserError `pack-broken` */
function parseManifest(text: string, id: string): Manifest {
  const parsed = packSchema.safeParse(parseJson(text, id));
  if (parsed.success) return parsed.data;
  const { path = [], message = '' } = parsed.error.issues[0] ?? {};
  throw new UserError('pack-broken', { pack: id, field: path.join('.') || 'pack.json', reason: message });
}

function parseJson(text: string, id: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UserError('pack-broken', { pack: id, field: 'pack.json', reason: 'is no JSON' }, { cause });
  }
}

async function loadImage(folder: string, image: PackImage): Promise<LoadedImage> {
  const bytes = await readFile(join(folder, image.file)).catch((cause) => {
    throw new UserError('pack-changed', { file: image.file }, { cause });
  });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (sha256 !== image.sha256) throw new UserError('pack-changed', { file: image.file });
  return { ...image, read: async () => bytes };
}
