import type { BaseMessageOptions } from 'discord.js';
import type { Answer } from '../../src/chat/answer.ts';
import { type FollowUpBook, toFollowUp } from '../../src/chat/follow-up.ts';
import type { Locale } from '../../src/chat/locale.ts';
import { paginate } from '../../src/chat/pages.ts';
import type { FileReference } from '../../src/chat/request.ts';
import { toAttachments } from './attachments.ts';
import { toRows } from './controls.ts';
import { isCovered } from './images.ts';
import { cut, LIMITS } from './limits.ts';
import { cover, escapeMarkdown } from './markdown.ts';

/** A message as discord.js takes it. It replaces all of an earlier one that it edits. */
export type Message = Required<Pick<BaseMessageOptions, 'content' | 'files' | 'components' | 'allowedMentions'>>;

interface Circumstances {
  locale: Locale;
  /** Images and zips of the request, for the buttons that ask again. */
  images: readonly FileReference[];
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
  // A picture that somebody covered is not laid open by showing it, or what was made of it, again.
  const isShown = images.length + answer.files.length > 0;
  const spoiler = answer.spoiler || (isShown && circumstances.images.some(isCovered));
  const { files, notes } = await toAttachments(answer, { spoiler, fileLimit, locale });
  const escaped = paginate(escapeMarkdown([text, ...notes].join('\n')), LIMITS.text);
  const pages = spoiler ? escaped.map(cover) : escaped;
  const followUp = toFollowUp(answer, circumstances.images, pages);
  const id = await followUps.keep(followUp);
  return { content: pages[0] ?? '', files, components: toRows(id, followUp, 0), allowedMentions: NOBODY };
}
