import { z } from 'zod';
import { slackTexts } from '../../adapters/slack/texts.ts';
import type { Seen } from '../contract/harness.ts';
import { interactives, labelOf } from './stand-in/interactive.ts';
import type { Message } from './stand-in/message.ts';

const sectionSchema = z.object({
  type: z.literal('section'),
  text: z.looseObject({ type: z.string(), text: z.string() }),
});
const COVERS: readonly string[] = Object.values(slackTexts).map(({ covered }) => covered);

/** What Slack would make of it in markup: mentions, links, styles, code, quotes and emoji. */
const MARKUP = /<[^>]+>|[*_~`][^\s*_~`]|https?:\/\/\S+|^>|:\w+:/gm;

/** A message as a person in Slack sees it. */
export function toSeen(message: Message, all: readonly Message[]): Seen {
  const texts = message.blocks.flatMap((block) => sectionSchema.safeParse(block).data?.text ?? []);
  const root = all.find(({ ts }) => ts === message.threadTs);
  const isCovered = root !== undefined && isCover(root);
  const shown = texts.length > 0 ? texts.map(({ text }) => text).join('\n') : message.text;
  return {
    text: undone(shown),
    active: [
      ...texts.flatMap(({ type, text, emoji }) => activeIn(text, type === 'mrkdwn', emoji !== false)),
      // What notifications say is never markup, but would mention people.
      ...activeIn(message.text, texts.length === 0, false),
    ],
    // A file that is no picture has no description for screen readers: what is in it is its title.
    files: message.files.map(({ name, title, bytes, alt }) => ({ name, bytes, alt: alt ?? title, isCovered })),
    controls: interactives(message.blocks).map(({ element }) => labelOf(element) ?? element.placeholder?.text ?? ''),
    isPrivate: message.visibleTo !== undefined || message.channel.kind === 'dm',
    isCovered,
  };
}

/** Whether it is the harmless line above what may hurt. */
export function isCover({ text, author, channel, threadTs }: Message): boolean {
  return threadTs === undefined && author === channel.team.botUser && COVERS.includes(text);
}

function activeIn(text: string, isMarkup: boolean, hasEmoji: boolean): string[] {
  const commands = text.match(/<[^>]*>?/g) ?? [];
  const emoji = hasEmoji ? (text.match(/:\w+:/g) ?? []) : [];
  return [...commands, ...emoji, ...(isMarkup ? (text.match(MARKUP) ?? []) : [])];
}

function undone(text: string): string {
  return text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
}
