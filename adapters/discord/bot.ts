import type { AutocompleteInteraction, Message as DiscordMessage, Interaction, RepliableInteraction } from 'discord.js';
import type { ChatParts } from '../../src/chat/parts.ts';
import { type Asked, Reception, type Way } from '../../src/chat/reception.ts';
import { SeenEvents } from '../../src/chat/seen-events.ts';
import { readControl } from './asked.ts';
import type { Images } from './images.ts';
import { interactionWay } from './interaction-way.ts';
import { LIMITS } from './limits.ts';
import { toMessage } from './message.ts';
import { messageWay } from './message-way.ts';
import { describeFailure } from './problems.ts';
import { fromMenu, fromMessage, fromSlash, fromTyping, isMeant } from './requests.ts';
import type { WayBack } from './way.ts';

/** Takes each event once, has it dispatched, and sends the answer back the way it came. */
export class Bot {
  readonly #parts: ChatParts;
  readonly #images: Images;
  readonly #seen = new SeenEvents();
  readonly #reception: Reception;

  constructor(parts: ChatParts, images: Images) {
    this.#parts = parts;
    this.#images = images;
    this.#reception = new Reception(parts, { explain: (error) => error, describe: describeFailure });
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
  stop(): Promise<void> {
    return this.#reception.stop();
  }

  async #read(interaction: RepliableInteraction): Promise<Asked> {
    if (interaction.isChatInputCommand()) return fromSlash(interaction, this.#images);
    if (interaction.isMessageContextMenuCommand()) return fromMenu(interaction, this.#images, this.#parts.commands);
    return readControl(interaction, this.#images, this.#parts);
  }

  #serve(way: WayBack, read: () => Promise<Asked>): void {
    const { followUps } = this.#parts;
    const { locale, fileLimit, defer, tell } = way;
    const send: Way['send'] = async (answer, images) => {
      const message = await toMessage(answer, { locale, fileLimit, followUps, images });
      await way.send(message, answer.visibility);
    };
    this.#reception.serve({ locale: async () => locale, defer, tell, send }, read);
  }

  async #complete(interaction: AutocompleteInteraction): Promise<void> {
    try {
      const values = await this.#parts.complete(fromTyping(interaction));
      const fitting = values.filter(({ length }) => length > 0 && length <= LIMITS.completion);
      await interaction.respond(fitting.slice(0, LIMITS.completions).map((value) => ({ name: value, value })));
    } catch (error) {
      this.#parts.log.debug(describeFailure(error), 'nothing was offered');
    }
  }
}
