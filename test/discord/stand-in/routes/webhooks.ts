import { InteractionResponseType, MessageFlags } from 'discord.js';
import { ApiError, unknown } from '../api-error.ts';
import type { ApiRequest } from '../api-request.ts';
import type { Exchange } from '../exchange.ts';
import type { Message } from '../message.ts';
import { type Route, route } from '../route.ts';
import type { State } from '../state.ts';
import { readMessage, write } from '../write.ts';
import { answer } from './callback.ts';

/** Of an application that only the user has installed. */
const MOST_FOLLOW_UPS = 5;

/** `/webhooks/{application}/{token}`: edits of the response, and follow-ups. */
export function webhookRoutes(state: State): Route[] {
  const find = (request: ApiRequest, application = '', token = ''): Exchange => {
    const exchange = state.exchanges.get(token);
    if (application !== state.world.bot.id || !exchange) throw unknown.webhook('unknown-webhook');
    request.about = exchange;
    if (exchange.isExpired) throw new ApiError('token-expired', 401, 50027, 'Invalid Webhook Token');
    if (exchange.acknowledgedAfter === undefined) throw unknown.webhook('not-acknowledged');
    return exchange;
  };
  const edit = (request: ApiRequest, exchange: Exchange, message: Message): object => {
    const body = readMessage(request.body);
    write(message, body, request.files, state.cdn, { fileSize: exchange.circumstances.attachmentSizeLimit });
    // Whether it is ephemeral was decided when it was deferred.
    message.flags &= ~MessageFlags.Loading;
    message.edits += 1;
    exchange.show(message);
    state.changed(message);
    return message.payload(state.world);
  };
  const messages = '/webhooks/:application/:token/messages/:message';
  return [
    route('POST', '/webhooks/:application/:token', (request, application, token) => {
      const exchange = find(request, application, token);
      const { original, callbackType, circumstances } = exchange;
      const isDeferred = callbackType === InteractionResponseType.DeferredChannelMessageWithSource;
      // The first follow-up to a deferral takes its place.
      if (isDeferred && original?.isThinking && !original.isDeleted) return edit(request, exchange, original);
      if (!('0' in circumstances.owners) && exchange.followUps >= MOST_FOLLOW_UPS) {
        throw new ApiError('follow-ups', 400, 40094, 'Maximum number of follow-up messages reached.');
      }
      const message = answer(state, exchange, request.body, request);
      exchange.followUps += 1;
      return message.payload(state.world);
    }),
    route('GET', messages, (request, application, token, id) =>
      pick(find(request, application, token), id).payload(state.world),
    ),
    route('PATCH', messages, (request, application, token, id) => {
      const exchange = find(request, application, token);
      return edit(request, exchange, pick(exchange, id));
    }),
    route('DELETE', messages, (request, application, token, id) => {
      const exchange = find(request, application, token);
      const message = pick(exchange, id);
      message.isDeleted = true;
      message.flags &= ~MessageFlags.Loading;
      exchange.show(message);
      state.changed(message);
      return undefined;
    }),
  ];
}

function pick({ original, messages }: Exchange, id: string | undefined): Message {
  const message = id === '@original' ? original : messages.find((one) => one.id === id);
  if (!message || message.isDeleted) throw unknown.message();
  return message;
}
