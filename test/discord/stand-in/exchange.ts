import { type InteractionContextType, type InteractionResponseType, InteractionType } from 'discord.js';
import { Answers, PATIENCE } from './answers.ts';
import type { Message } from './message.ts';
import type { Choice } from './rules/choices.ts';
import type { Modal } from './rules/modal.ts';
import { snowflake } from './snowflake.ts';
import type { Channel, Person } from './world.ts';

/** Within so many milliseconds the bot must answer or defer, else Discord withdraws the token. */
export const ACKNOWLEDGE_WITHIN = 3_000;

/** What Discord knows of an interaction from the start. */
export interface Circumstances {
  type: InteractionType;
  by: Person;
  channel: Channel;
  context: InteractionContextType;
  owners: Record<string, string>;
  attachmentSizeLimit: number;
  /** By the stand-in's clock. */
  sentAt: number;
  /** The message whose button, menu or form was used. */
  on?: Message;
  /** CDN files that belong to it. */
  files: string[];
}

/** One interaction, and all that the bot does with it. */
export class Exchange extends Answers {
  readonly id = snowflake();
  readonly token = Buffer.from(`interaction:${this.id}:${crypto.randomUUID().repeat(3)}`).toString('base64url');
  readonly circumstances: Circumstances;
  /** Milliseconds from sending to the initial callback. */
  acknowledgedAfter: number | undefined;
  callbackType: InteractionResponseType | undefined;
  modal: Modal | undefined;
  choices: Choice[] | undefined;
  /** What `@original` names. */
  original: Message | undefined;
  followUps = 0;
  isExpired = false;
  /** As the gateway tells it. */
  event: object = {};

  constructor(circumstances: Circumstances) {
    super();
    this.circumstances = circumstances;
  }

  /** Resolves at the initial callback, whichever it is. */
  async acknowledged(milliseconds = PATIENCE): Promise<this> {
    await this.changes.until(
      () => this.acknowledgedAfter !== undefined,
      milliseconds,
      () => `${this.describe()} was not acknowledged`,
    );
    return this;
  }

  protected override get isAnswered(): boolean {
    if (this.modal || this.choices) return true;
    return this.messages.some(({ isThinking }) => !isThinking);
  }

  protected override describe(): string {
    return `interaction ${this.id} (${InteractionType[this.circumstances.type]})`;
  }
}

/** A message that someone wrote, and all that the bot answers to it. */
export class Posted extends Answers {
  readonly message: Message;
  /** How often the bot showed that it is typing. */
  typing = 0;

  constructor(message: Message) {
    super();
    this.message = message;
    message.about = this;
  }

  protected override get isAnswered(): boolean {
    return this.messages.length > 0;
  }

  protected override describe(): string {
    return `message ${this.message.id}`;
  }
}
