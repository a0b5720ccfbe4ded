import { ChannelType, MessageFlags } from 'discord.js';
import { z } from 'zod';
import { ApiError, check, unknown } from '../api-error.ts';
import type { ApiRequest } from '../api-request.ts';
import { Posted } from '../exchange.ts';
import { Message } from '../message.ts';
import { type Route, route } from '../route.ts';
import type { MessageBody } from '../rules/message.ts';
import { parse } from '../rules/parse.ts';
import type { State } from '../state.ts';
import type { Channel } from '../world.ts';
import { flagsOf, readMessage, write } from '../write.ts';

/** Of a guild without boosts, and of direct messages. */
const FILE_SIZE = 10 * 1024 * 1024;

/** `/channels/{id}` and its messages: what the bot does as a member of it. */
export function channelRoutes(state: State): Route[] {
  const { world } = state;
  const channelOf = (request: ApiRequest, id = ''): Channel => {
    const channel = world.channels.get(id);
    if (!channel) throw unknown.channel();
    request.about ??= state.lastPost(id);
    if (channel.type === ChannelType.GroupDM) throw new ApiError('missing-access', 403, 50001, 'Missing Access');
    return channel;
  };
  const messageOf = (request: ApiRequest, channelId = '', id = ''): Message => {
    const message = state.messages.get(id);
    request.about = message?.about;
    channelOf(request, channelId);
    if (message?.channel.id !== channelId || message.isDeleted || message.isEphemeral) throw unknown.message();
    return message;
  };
  const mayWrite = ({ isForbidden }: Channel) => {
    if (isForbidden) throw new ApiError('missing-permission', 403, 50013, 'Missing Permissions');
  };
  const isOwn = ({ author }: Message) => author.id === world.bot.id;
  const hides = (message: Message) => !state.gateway.isReadable(message);
  const payload = (message: Message) => message.payload(world, hides);
  return [
    route('GET', '/channels/:id', (request, id) => world.channelPayload(channelOf(request, id))),
    route('POST', '/channels/:id/typing', (request, id) => {
      const channel = channelOf(request, id);
      mayWrite(channel);
      if (!(request.about instanceof Posted)) return undefined;
      request.about.typing += 1;
      request.about.touch();
      return undefined;
    }),
    route('POST', '/channels/:id/messages', (request, id) => {
      const referred = referenceIn(request.body);
      const reference = state.messages.get(referred);
      request.about = reference?.about;
      const channel = channelOf(request, id);
      mayWrite(channel);
      const body = readMessage(request.body);
      const isThere = reference?.channel === channel && !reference.isDeleted;
      const mayMiss = body.message_reference?.fail_if_not_exists === false;
      check(!referred || isThere || mayMiss, 'unknown-reference', 'message_reference', 'Unknown message');
      const twin = sentBefore(state, channel, body);
      if (twin) return payload(twin);
      const message = new Message(channel, world.bot);
      message.flags = flagsOf(body) & ~MessageFlags.Ephemeral;
      message.repliesTo = isThere ? reference : undefined;
      if (body.nonce !== null && body.nonce !== undefined) message.nonce = String(body.nonce);
      write(message, body, request.files, state.cdn, { fileSize: FILE_SIZE });
      message.about = request.about;
      state.post(message);
      request.about?.show(message);
      return payload(message);
    }),
    route('GET', '/channels/:id/messages/:message', (request, id, message) => payload(messageOf(request, id, message))),
    route('PATCH', '/channels/:id/messages/:message', (request, id, messageId) => {
      const message = messageOf(request, id, messageId);
      if (!isOwn(message)) throw new ApiError('not-own', 403, 50005, 'Cannot edit a message authored by another user');
      write(message, readMessage(request.body), request.files, state.cdn, { fileSize: FILE_SIZE });
      message.edits += 1;
      state.changed(message);
      return payload(message);
    }),
    route('DELETE', '/channels/:id/messages/:message', (request, id, messageId) => {
      const message = messageOf(request, id, messageId);
      if (!isOwn(message)) throw new ApiError('missing-permission', 403, 50013, 'Missing Permissions');
      message.isDeleted = true;
      state.changed(message);
      return undefined;
    }),
    route('POST', '/users/@me/channels', ({ body }) => {
      const { recipient_id: id } = parse(z.object({ recipient_id: z.string() }), body);
      const person = world.everyone.find(({ user }) => user.id === id);
      if (!person) throw new ApiError('unknown-user', 400, 10013, 'Unknown User');
      return world.channelPayload(world.directChannel(person));
    }),
  ];
}

function referenceIn(body: unknown): string {
  const shape = z.object({ message_reference: z.object({ message_id: z.string() }) });
  return shape.safeParse(body).data?.message_reference.message_id ?? '';
}

/** With an enforced nonce, a request that is sent again finds the message that it made. */
function sentBefore({ messages }: State, channel: Channel, { nonce, enforce_nonce }: MessageBody): Message | undefined {
  if (!enforce_nonce) return undefined;
  return [...messages.values()].findLast((one) => one.channel === channel && one.nonce === String(nonce));
}
