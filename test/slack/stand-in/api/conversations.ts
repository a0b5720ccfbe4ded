import { z } from 'zod';
import { messageJson } from '../payloads.ts';
import { Refusal } from '../refusal.ts';
import type { Channel } from '../world.ts';
import { type Caller, channelFor, type Method, method, needScope, personFor, scopeOf } from './method.ts';

const one = z.object({ channel: z.string() });
const page = one.extend({ limit: z.coerce.number().int().min(1).max(1000).default(100), ts: z.string().optional() });

/** Methods about channels. */
export const conversations: Record<string, Method> = {
  'conversations.info': method([], one, (args, caller) => {
    const channel = caller.backend.world.channels.get(args.channel);
    const isHidden = channel?.kind === 'private' && !channel.hasApp;
    if (!channel || channel.team !== caller.installation.team || isHidden) throw new Refusal('channel_not_found');
    needScope(caller, [scopeOf(channel, 'read')]);
    return { channel: channelJson(channel) };
  }),

  'conversations.members': method([], page, (args, caller) => {
    const channel = channelFor(caller, args.channel);
    needScope(caller, [scopeOf(channel, 'read')]);
    const app = channel.hasApp ? [channel.team.botUser] : [];
    return { members: [...channel.members, ...app], response_metadata: { next_cursor: '' } };
  }),

  'conversations.history': method([], page, (args, caller) => {
    const { backend } = caller;
    const channel = channelFor(caller, args.channel);
    needScope(caller, [scopeOf(channel, 'history')]);
    const messages = backend.messages.history(channel.id);
    return { messages: messages.slice(0, args.limit).map((message) => messageJson(backend, message)), has_more: false };
  }),

  'conversations.replies': method([], page.extend({ ts: z.string() }), (args, caller) => {
    const { backend } = caller;
    const channel = channelFor(caller, args.channel);
    needScope(caller, [scopeOf(channel, 'history')]);
    const asked = backend.messages.find(channel.id, args.ts);
    if (!asked) throw new Refusal('thread_not_found', args.ts);
    const messages = backend.messages.thread(channel.id, asked.threadTs ?? asked.ts);
    return { messages: messages.slice(0, args.limit).map((message) => messageJson(backend, message)), has_more: false };
  }),

  'conversations.open': method(['im:write'], z.object({ users: z.string() }), ({ users }, caller: Caller) => {
    if (users.includes(',')) throw new Refusal('not_enough_users', 'the stand-in has no group messages');
    return { channel: channelJson(caller.backend.world.dm(personFor(caller, users))) };
  }),
};

function channelJson({ id, name, kind, team, members, hasApp, creator }: Channel): Record<string, unknown> {
  const isDm = kind === 'dm';
  return {
    id,
    ...(isDm ? { user: [...members][0] } : { name, name_normalized: name, creator }),
    is_channel: kind === 'public',
    is_group: kind === 'private',
    is_im: isDm,
    is_mpim: false,
    is_private: kind !== 'public',
    is_archived: false,
    is_general: name === 'general',
    is_shared: false,
    is_ext_shared: false,
    is_member: hasApp,
    context_team_id: team.id,
    ...(isDm ? {} : { topic: { value: '' }, purpose: { value: '' } }),
  };
}
