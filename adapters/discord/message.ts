import type { AttachmentPayload, BaseMessageOptions } from 'discord.js';
import type { Answer } from '../../src/chat/answer.ts';
import { type FollowUpBook, toFollowUp } from '../../src/chat/follow-up.ts';
import type { Locale } from '../../src/chat/locale.ts';
import { paginate } from '../../src/chat/pages.ts';
import type { ReplyImage } from '../../src/chat/reply.ts';
import type { ImageReference } from '../../src/chat/request.ts';
import { textsFor } from '../../src/chat/texts/index.ts';
import { shrink } from '../../src/draw/shrink.ts';
import { toRows } from './controls.ts';
import { isCovered } from './images.ts';
import { cut, LIMITS } from './limits.ts';
import { cover, escapeMarkdown } from './markdown.ts';

/** A message as discord.js takes it. It replaces all of an earlier one that it edits. */
export type Message = Required<Pick<BaseMessageOptions, 'content' | 'files' | 'components' | 'allowedMentions'>>;

interface Circumstances {
  locale: Locale;
  /** Of the request, for the buttons that ask again. */
  images: readonly ImageReference[];
  /** Bytes that one file may have. */
  fileLimit: number;
  followUps: FollowUpBook;
}

const NOBODY = { parse: [] } as const;

/** A message of text alone, shown as it stands. */
export function plainMessage(text: string): Message {
  return { content: cut(escapeMarkdown(text), LIMITS.text), files: [], components: [], allowedMentions: NOBODY };
}

/** Renders an answer. What its buttons do is kept by then. */
export async function toMessage(answer: Answer, circumstances: Circumstances): Promise<Message> {
  const { text, images } = answer;
  const { locale, followUps, fileLimit } = circumstances;
  // A picture that somebody covered is not laid open by showing it again.
  const spoiler = answer.spoiler || (images.length > 0 && circumstances.images.some(isCovered));
  const { files, notes } = await toFiles(images, spoiler, fileLimit, locale);
  const escaped = paginate(escapeMarkdown([text, ...notes].join('\n')), LIMITS.text);
  const pages = spoiler ? escaped.map(cover) : escaped;
  const followUp = toFollowUp(answer, circumstances.images, pages);
  const id = await followUps.keep(followUp);
  return { content: pages[0] ?? '', files, components: toRows(id, followUp, 0), allowedMentions: NOBODY };
}

/** The images as files that this chat takes, with a note where one had to change for that. */
async function toFiles(images: readonly ReplyImage[], spoiler: boolean, fileLimit: number, locale: Locale) {
  const texts = textsFor(locale);
  const limit = Math.min(fileLimit, Math.floor(LIMITS.files / Math.max(1, images.length)));
  const files: AttachmentPayload[] = [];
  const notes = new Set<string>();
  for (const { name, bytes, alt } of images) {
    const isTooLarge = bytes.length > limit;
    const sent = isTooLarge ? await shrink(bytes, limit) : bytes;
    if (isTooLarge) notes.add(sent ? texts.madeSmaller : texts.leftOut);
    if (!sent) continue;
    const fileName = isTooLarge ? name.replace(/\.\w+$/, '.jpg') : name;
    files.push({
      attachment: Buffer.from(sent),
      name: spoiler ? `SPOILER_${fileName}` : fileName,
      description: cut(alt, LIMITS.alt),
    });
  }
  return { files, notes: [...notes] };
}
