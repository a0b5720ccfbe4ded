import { z } from 'zod';
import type { Message } from '../message.ts';
import { messageJson } from '../payloads.ts';
import { Refusal } from '../refusal.ts';
import { checkContent, contentSchema, flag } from '../rules/content.ts';
import type { Channel } from '../world.ts';
import { type Caller, channelFor, type Method, method } from './method.ts';

const WRITE = ['chat:write'];
const threadTs = z.string().optional();
const post = z.object({ channel: z.string(), thread_ts: threadTs, reply_broadcast: flag.optional(), ...contentSchema });
const one = z.object({ channel: z.string(), ts: z.string() });

/** Methods that write messages. */
export const chat: Record<string, Method> = {
  'chat.postMessage': method(WRITE, post, (args, caller) => {
    const { backend } = caller;
    const channel = channelFor(caller, args.channel);
    needThread(caller, channel, args.thread_ts, 'chat.postMessage');
    const content = checkContent(backend, args, 'chat.postMessage');
    const message = backend.post({ channel, via: 'chat.postMessage', threadTs: args.thread_ts, ...content });
    return { channel: channel.id, ts: message.ts, message: messageJson(backend, message) };
  }),

  'chat.postEphemeral': method(WRITE, post.extend({ user: z.string() }), (args, caller) => {
    const { backend } = caller;
    const channel = channelFor(caller, args.channel);
    if (!channel.members.has(args.user)) throw new Refusal('user_not_in_channel', args.user);
    const content = checkContent(backend, args, 'chat.postEphemeral');
    const to = { threadTs: args.thread_ts, visibleTo: args.user };
    const message = backend.post({ channel, via: 'chat.postEphemeral', ...to, ...content });
    return { message_ts: message.ts };
  }),

  'chat.update': method(WRITE, one.extend(contentSchema), (args, caller) => {
    const { backend } = caller;
    const message = ownMessage(caller, args, 'cant_update_message');
    const content = checkContent(backend, args, 'chat.update');
    backend.messages.edit(message, content.text, content.blocks);
    return {
      channel: message.channel.id,
      ts: message.ts,
      text: message.text,
      message: messageJson(backend, message),
    };
  }),

  'chat.delete': method(WRITE, one, (args, caller) => {
    const message = ownMessage(caller, args, 'cant_delete_message');
    caller.backend.messages.delete(message);
    return { channel: message.channel.id, ts: message.ts };
  }),
};

/** Slack does not refuse a thread that is not there, but nobody finds the answer. */
export function needThread({ backend }: Caller, channel: Channel, ts: string | undefined, where: string): void {
  if (ts === undefined || backend.messages.find(channel.id, ts)) return;
  backend.violate({ rule: 'no_such_thread', where, detail: `${ts} is no message in ${channel.name}` });
}

function ownMessage(caller: Caller, { channel: id, ts }: z.infer<typeof one>, refusal: string): Message {
  // Unlike posting, this takes no person's id.
  if (caller.backend.world.people.has(id)) throw new Refusal('channel_not_found', id);
  const channel = channelFor(caller, id);
  const message = caller.backend.messages.find(channel.id, ts);
  if (!message || message.visibleTo !== undefined) throw new Refusal('message_not_found', ts);
  if (message.author !== channel.team.botUser) throw new Refusal(refusal, ts);
  return message;
}
