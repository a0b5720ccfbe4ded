import { createHash } from 'node:crypto';
import type { ClipModel } from '../clip/model.ts';
import { UserError } from '../errors.ts';
import { decode } from '../image/decode.ts';
import type { OnProgress } from '../progress.ts';

/** A picture whose class is known. */
export interface LabelledPicture {
  name: string;
  label: string;
  /** Its file; read when it is its turn, and again where it is to be shown. */
  read(): Promise<Uint8Array>;
}

export interface Encoded {
  pictures: readonly (LabelledPicture & { vector: Float32Array })[];
  /** Those that could not be read, and why. */
  unread: readonly { name: string; error: Error }[];
  /** Those that are another one, byte for byte: under two labels they teach neither, and one that was learned from is no test. */
  twice: readonly { name: string; other: string }[];
}

/** So many are read, decoded or waiting for the encoder at a time: enough that its next batch of 8 is always there. */
const AT_ONCE = 24;

/** Encodes every picture once, in their order, decoding the next ones while the encoder works. */
export async function encodeAll(
  model: ClipModel,
  pictures: readonly LabelledPicture[],
  onProgress: OnProgress,
): Promise<Encoded> {
  const vectors: (Float32Array | undefined)[] = pictures.map(() => undefined);
  const digests: string[] = [];
  const unread: { name: string; error: Error }[] = [];
  const queue = pictures.entries();
  let done = 0;
  const work = async () => {
    for (const [i, { name, read }] of queue) {
      const picture = await read()
        .then((bytes) => {
          digests[i] = createHash('sha256').update(bytes).digest('hex');
          return decode(name, bytes);
        })
        .catch((error: Error) => void unread.push({ name, error }));
      if (picture) vectors[i] = await model.embedImage(picture);
      done += 1;
      onProgress(done, pictures.length);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const firsts = new Map<string, string>();
  const twice: { name: string; other: string }[] = [];
  const read = pictures.flatMap((picture, i) => {
    const [vector, digest = ''] = [vectors[i], digests[i]];
    if (!vector) return [];
    const other = firsts.get(digest);
    if (other === undefined) firsts.set(digest, picture.name);
    else twice.push({ name: picture.name, other });
    return [{ ...picture, vector }];
  });
  return { pictures: read, unread: unread.sort((a, b) => a.name.localeCompare(b.name)), twice };
}

/** What could be compared: the classes of which a picture could be read. @throws UserError `too-few-classes` */
export function classesOf(pictures: readonly { label: string }[]): string[] {
  const classes = [...new Set(pictures.map(({ label }) => label))].sort();
  if (classes.length < 2) throw new UserError('too-few-classes', { found: classes[0] ?? '' });
  return classes;
}
