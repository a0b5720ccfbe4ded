import { webApi } from '@slack/bolt';
import { ChannelGone, type RunningChat } from '../../src/chat/parts.ts';
import { deliver } from './deliver.ts';
import type { SlackParts } from './index.ts';
import { findToken } from './installation-store.ts';
import { isShut } from './problems.ts';

/** Writes into a channel, `slack:team:channel`, without having been asked there. */
export function createPost(
  { access, installations, followUps }: SlackParts,
  clientOptions: webApi.WebClientOptions,
): RunningChat['post'] {
  return async ({ channel: address, answer, locale }) => {
    const [, team = '', channel = ''] = address.split(':');
    const token = access.kind === 'token' ? access.botToken : await findToken(installations, access.tokenKey, team);
    if (token === undefined) throw new ChannelGone(address);
    const visit = { place: { team, channel, user: '' }, client: new webApi.WebClient(token, clientOptions) };
    try {
      await deliver(visit, { ...answer, visibility: 'public' }, { followUps, locale, images: [] });
    } catch (error) {
      throw isShut(error) ? new ChannelGone(address, { cause: error }) : error;
    }
  };
}
