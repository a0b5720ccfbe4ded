import { InteractionResponseType, InteractionType, MessageFlags } from 'discord.js';
import { z } from 'zod';
import { ApiError, check, unknown } from '../api-error.ts';
import type { ApiRequest } from '../api-request.ts';
import { ACKNOWLEDGE_WITHIN, type Exchange } from '../exchange.ts';
import { Message } from '../message.ts';
import { type Route, route } from '../route.ts';
import { checkChoices, completionSchema } from '../rules/choices.ts';
import { checkModal, modalSchema } from '../rules/modal.ts';
import { parse } from '../rules/parse.ts';
import type { State } from '../state.ts';
import { flagsOf, readMessage, write } from '../write.ts';

const { ChannelMessageWithSource, DeferredChannelMessageWithSource, DeferredMessageUpdate } = InteractionResponseType;
const { UpdateMessage, ApplicationCommandAutocompleteResult, Modal } = InteractionResponseType;

const callbackSchema = z.object({ type: z.enum(InteractionResponseType), data: z.unknown().optional() });
const deferralSchema = z.object({ flags: z.int().default(0) }).default({ flags: 0 });

/** `POST /interactions/{id}/{token}/callback`: the initial response. */
export function callbackRoutes(state: State): Route[] {
  return [
    route('POST', '/interactions/:id/:token/callback', (request, id, token) => {
      const exchange = state.exchanges.get(token ?? '');
      if (exchange?.id !== id || !exchange) throw unknown.interaction('unknown-interaction');
      request.about = exchange;
      const after = state.clock.now - exchange.circumstances.sentAt;
      if (exchange.acknowledgedAfter !== undefined) {
        throw new ApiError('acknowledged-twice', 400, 40060, 'Interaction has already been acknowledged.');
      }
      if (after > ACKNOWLEDGE_WITHIN) throw unknown.interaction('acknowledged-late');
      const { type, data } = parse(callbackSchema, request.body);
      const isFitting = fittingTypes(exchange).includes(type);
      check(isFitting, 'callback-type', 'type', `${InteractionResponseType[type]} does not fit.`);
      respond(state, exchange, type, data, request);
      exchange.acknowledgedAfter = after;
      exchange.callbackType = type;
      exchange.touch();
      return request.query.get('with_response') === 'true' ? resourceOf(state, exchange) : undefined;
    }),
  ];
}

function fittingTypes({ circumstances }: Exchange): InteractionResponseType[] {
  if (circumstances.type === InteractionType.ApplicationCommandAutocomplete)
    return [ApplicationCommandAutocompleteResult];
  const onMessage = circumstances.on ? [DeferredMessageUpdate, UpdateMessage] : [];
  const form = circumstances.type === InteractionType.ModalSubmit ? [] : [Modal];
  return [ChannelMessageWithSource, DeferredChannelMessageWithSource, ...onMessage, ...form];
}

/** Does what the response says, or throws before anything is done. */
function respond(
  state: State,
  exchange: Exchange,
  type: InteractionResponseType,
  data: unknown,
  request: ApiRequest,
): void {
  const { on } = exchange.circumstances;
  switch (type) {
    case ChannelMessageWithSource: {
      answer(state, exchange, data, request);
      break;
    }
    case DeferredChannelMessageWithSource: {
      const { flags } = parse(deferralSchema, data);
      const thinking = messageFor(state, exchange);
      thinking.flags = MessageFlags.Loading | (flags & MessageFlags.Ephemeral);
      publish(state, exchange, thinking);
      break;
    }
    case UpdateMessage:
      if (!on) break;
      write(on, readMessage(data), request.files, state.cdn, { fileSize: exchange.circumstances.attachmentSizeLimit });
      on.edits += 1;
      exchange.show(on);
      exchange.original = on;
      state.changed(on);
      break;
    case DeferredMessageUpdate:
      exchange.original = on;
      break;
    case ApplicationCommandAutocompleteResult: {
      const { choices } = parse(completionSchema, data);
      checkChoices(choices, 'choices');
      exchange.choices = choices;
      break;
    }
    case Modal: {
      const modal = parse(modalSchema, data);
      checkModal(modal);
      exchange.modal = modal;
      break;
    }
    default:
  }
}

/** A new message of the bot for an interaction, from the body of a response or of a follow-up. */
export function answer(state: State, exchange: Exchange, data: unknown, request: ApiRequest): Message {
  const body = readMessage(data);
  const message = messageFor(state, exchange);
  message.flags = flagsOf(body);
  write(message, body, request.files, state.cdn, { fileSize: exchange.circumstances.attachmentSizeLimit });
  publish(state, exchange, message);
  return message;
}

function messageFor({ world }: State, { id, circumstances }: Exchange): Message {
  const { type, by, owners, channel } = circumstances;
  const message = new Message(channel, world.bot);
  message.interaction = { id, type, user: by.user, authorizing_integration_owners: owners };
  return message;
}

function publish(state: State, exchange: Exchange, message: Message): void {
  exchange.original ??= message;
  exchange.show(message);
  state.post(message);
}

function resourceOf({ world }: State, { id, circumstances, original, callbackType }: Exchange): object {
  const interaction = { id, type: circumstances.type };
  if (!original) return { interaction };
  return {
    interaction: {
      ...interaction,
      response_message_id: original.id,
      response_message_loading: original.isThinking,
      response_message_ephemeral: original.isEphemeral,
    },
    resource: { type: callbackType, message: original.payload(world) },
  };
}
