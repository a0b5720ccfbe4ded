import { type Client, RESTJSONErrorCodes } from 'discord.js';
import type { FollowUpBook } from '../../src/chat/follow-up.ts';
import { ChannelGone, type Posting } from '../../src/chat/parts.ts';
import { LIMITS } from './limits.ts';
import { toMessage } from './message.ts';
import { codeOf, isForbidden } from './problems.ts';

/** Writes into a channel, `discord:guild:channel`, without having been asked there. */
export async function post(
  client: Client,
  followUps: FollowUpBook,
  { channel, answer, locale }: Posting,
): Promise<void> {
  const [, , id = ''] = channel.split(':');
  try {
    const place = await client.channels.fetch(id);
    if (!place?.isSendable()) throw new ChannelGone(channel);
    await place.send(await toMessage(answer, { locale, fileLimit: LIMITS.file, followUps, images: [] }));
  } catch (error) {
    const isGone = codeOf(error) === RESTJSONErrorCodes.UnknownChannel || isForbidden(error);
    throw isGone ? new ChannelGone(channel, { cause: error }) : error;
  }
}
