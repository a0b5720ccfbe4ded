import type { AutocompleteInteraction, Message as DiscordMessage, Interaction, RepliableInteraction } from 'discord.js';
import { toAnswer } from '../../src/chat/answer.ts';
import { type Outcome, toOutcome } from '../../src/chat/dispatch.ts';
import { InFlight } from '../../src/chat/in-flight.ts';
import type { ChatParts } from '../../src/chat/parts.ts';
import type { Visibility } from '../../src/chat/reply.ts';
import type { Request } from '../../src/chat/request.ts';
import { SeenEvents } from '../../src/chat/seen-events.ts';
import { UserError } from '../../src/errors.ts';
import { type Asked, readControl } from './asked.ts';
import type { Images } from './images.ts';
import { interactionWay } from './interaction-way.ts';
import { cut, LIMITS } from './limits.ts';
import { type Message, plainMessage, toMessage } from './message.ts';
import { messageWay } from './message-way.ts';
import { describeFailure } from './problems.ts';
import { fromMenu, fromMessage, fromSlash, fromTyping, isMeant } from './requests.ts';
import type { Way } from './way.ts';

/** Takes each event once, has it dispatched, and sends the answer back the way it came. */
export class Bot {
  readonly #parts: ChatParts;
  readonly #images: Images;
  readonly #seen = new SeenEvents();
  readonly #inFlight = new InFlight();
  #isStopping = false;

  constructor(parts: ChatParts, images: Images) {
    this.#parts = parts;
    this.#images = images;
  }

  onInteraction(interaction: Interaction): void {
    if (!this.#seen.take(interaction.id)) return;
    if (interaction.isAutocomplete()) void this.#complete(interaction);
    else this.#serve(interactionWay(interaction), () => this.#read(interaction));
  }

  onMessage(message: DiscordMessage): void {
    if (!isMeant(message) || !this.#seen.take(message.id)) return;
    this.#serve(messageWay(message), async () => fromMessage(message, this.#images, this.#parts.commands));
  }

  /** Answers what is under way, or tells it off; new requests are told to come back. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    await this.#inFlight.drain(this.#parts.stopMilliseconds);
  }

  async #read(interaction: RepliableInteraction): Promise<Asked> {
    if (interaction.isChatInputCommand()) return fromSlash(interaction, this.#images);
    if (interaction.isMessageContextMenuCommand()) return fromMenu(interaction, this.#images, this.#parts.commands);
    return readControl(interaction, this.#images, this.#parts);
  }

  #serve(way: Way, read: () => Promise<Asked>): void {
    let isSent = false;
    const send = async (message: Message, visibility: Visibility) => {
      if (isSent) return;
      isSent = true;
      await way.send(message, visibility);
    };
    const task = this.#answer(way, read, send).catch((error: unknown) => {
      this.#parts.log.warn(describeFailure(error), 'an answer could not be delivered');
    });
    this.#inFlight.add(task, () => {
      const { message } = toOutcome(new UserError('stopped', {}), way.locale);
      return send(plainMessage(message), 'private');
    });
  }

  async #answer(way: Way, read: () => Promise<Asked>, send: Way['send']): Promise<void> {
    const { followUps } = this.#parts;
    let request: Request | undefined;
    let outcome: Outcome;
    try {
      if (this.#isStopping) throw new UserError('stopping', {});
      const asked = await read();
      if (typeof asked === 'function') return await asked();
      request = asked;
      outcome = await this.#parts.dispatch(request, way.defer);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      outcome = toOutcome(error, way.locale);
    }
    const answer = toAnswer(outcome, request);
    const { locale, fileLimit } = way;
    const message = await toMessage(answer, { locale, fileLimit, followUps, images: request?.images ?? [] });
    await send(message, answer.visibility);
  }

  async #complete(interaction: AutocompleteInteraction): Promise<void> {
    try {
      const values = await this.#parts.complete(fromTyping(interaction));
      const fitting = values.filter(({ length }) => length > 0 && length <= LIMITS.completion);
      await interaction.respond(
        fitting.slice(0, LIMITS.completions).map((value) => ({ name: cut(value, LIMITS.completion), value })),
      );
    } catch (error) {
      this.#parts.log.debug(describeFailure(error), 'nothing was offered');
    }
  }
}
