import type { AttachmentPayload } from 'discord.js';
import type { Answer } from '../../src/chat/answer.ts';
import type { Locale } from '../../src/chat/locale.ts';
import { textsFor } from '../../src/chat/texts/index.ts';
import { shrink } from '../../src/draw/shrink.ts';
import { cut, LIMITS } from './limits.ts';

interface Circumstances {
  /** Whether all of it is covered. Discord shows the first lines of a text file as it shows a picture. */
  spoiler: boolean;
  /** Bytes that one file may have. */
  fileLimit: number;
  locale: Locale;
}

/** Pictures, then files, as this chat takes them, with a note on each thing that had to change or stay out for that. */
export async function toAttachments(
  { images, files }: Pick<Answer, 'images' | 'files'>,
  { spoiler, fileLimit, locale }: Circumstances,
): Promise<{ files: AttachmentPayload[]; notes: string[] }> {
  const texts = textsFor(locale);
  const notes = new Set<string>();
  const attach = (name: string, bytes: Uint8Array, description: string): AttachmentPayload => ({
    attachment: Buffer.from(bytes),
    name: spoiler ? `SPOILER_${name}` : name,
    description: cut(description, LIMITS.alt),
  });

  // A file is as large as it is, a picture can be made smaller: so files take their room first.
  let room: number = LIMITS.files;
  const whole: AttachmentPayload[] = [];
  for (const { name, bytes, description } of files) {
    if (bytes.length > Math.min(fileLimit, room)) notes.add(texts.fileLeftOut);
    else {
      room -= bytes.length;
      whole.push(attach(name, bytes, description));
    }
  }

  const shown = images.slice(0, LIMITS.attachments - whole.length);
  if (shown.length < images.length) notes.add(texts.tooManyFiles(LIMITS.attachments));
  const limit = Math.min(fileLimit, Math.floor(room / Math.max(1, shown.length)));
  const pictures: AttachmentPayload[] = [];
  for (const { name, bytes, alt } of shown) {
    const isTooLarge = bytes.length > limit;
    const sent = isTooLarge ? await shrink(bytes, limit) : bytes;
    if (isTooLarge) notes.add(sent ? texts.madeSmaller : texts.leftOut);
    if (sent) pictures.push(attach(isTooLarge ? name.replace(/\.\w+$/, '.jpg') : name, sent, alt));
  }
  return { files: [...pictures, ...whole], notes: [...notes] };
}
