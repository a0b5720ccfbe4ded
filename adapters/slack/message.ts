import type { types } from '@slack/bolt';
import type { FollowUp } from '../../src/chat/follow-up.ts';
import { type Origin, toControls } from './controls.ts';

/** Text and blocks of a message. The text is what notifications and screen readers say. */
export interface Message {
  text: string;
  blocks: types.KnownBlock[];
}

/** What keeps Slack from making anything of a text, or fetching what it names. */
export const AS_IT_STANDS = { mrkdwn: false, parse: 'none', unfurl_links: false, unfurl_media: false } as const;

/** Escaped text, in a kind of block in which Slack reads neither markup nor emoji. */
export function section(text: string): types.SectionBlock {
  return { type: 'section', text: { type: 'plain_text', text, emoji: false } };
}

/** A page of an answer, with what can be done next below it. */
export function toMessage(
  text: string,
  followUp: string | undefined,
  content: FollowUp,
  shown: { page?: number; origin?: Origin | undefined } = {},
): Message {
  return { text, blocks: [section(text), ...toControls(followUp, content, shown)] };
}
