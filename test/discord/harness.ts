import { Locale } from 'discord.js';
import { expect } from 'vitest';
import { startDiscord } from '../../adapters/discord/index.ts';
import type { ChatParts } from '../../src/chat/parts.ts';
import type { Ask, ChatHarness, Exchange, Form, Seen, Undelivered, Upload } from '../contract/harness.ts';
import { Outcomes } from '../contract/outcomes.ts';
import { readMarkdown } from './markdown-reader.ts';
import type { Behaviour } from './stand-in/behaviours.ts';
import { Exchange as Interaction, type Posted } from './stand-in/exchange.ts';
import type { Message } from './stand-in/message.ts';
import { fieldsOf } from './stand-in/rules/modal.ts';
import { DiscordStandIn } from './stand-in/stand-in.ts';

const UNDELIVERED: Record<Undelivered, Behaviour> = {
  gone: { kind: 'status', status: 404 },
  'login-page': { kind: 'page' },
};

export type DiscordHarness = ChatHarness & { discord: DiscordStandIn };

/** The adapter with the real discord.js against the stand-in. */
export async function startHarness(parts: ChatParts): Promise<DiscordHarness> {
  const discord = await DiscordStandIn.start();
  const { token, apiUrl } = discord;
  const outcomes = new Outcomes();
  const start = () =>
    startDiscord({
      ...parts,
      dispatch: outcomes.watch(parts.dispatch),
      token,
      apiUrl,
      shards: 'auto',
      guild: undefined,
    });
  let running = await start();
  let isStopped = false;
  const stop = async () => {
    isStopped = true;
    outcomes.isStopped = true;
    await running.stop();
  };
  const follow = (answers: Interaction | Posted) => new Followed(discord, answers, outcomes);
  return {
    discord,
    ask: (ask) => follow(discord.slash(toSlash(ask))),
    onMessage: (name, images) => {
      const message = discord.compose({ content: 'see', attachments: images.map(toFile) });
      return follow(discord.messageCommand({ name, message }));
    },
    mention: (content, images) => follow(discord.mention({ content, attachments: images.map(toFile) })),
    async post(answer, where) {
      const { guild, channel } = discord.world;
      const id = where === 'here' ? channel.id : '404';
      await running.post({ channel: `discord:${guild.id}:${id}`, answer, locale: 'en' });
      return discord.written(id).map(toSeen);
    },
    redeliver: (exchange) => discord.redeliver(underneath(exchange)),
    expire: (exchange) => {
      const interaction = underneath(exchange);
      if (interaction instanceof Interaction) discord.expire(interaction);
    },
    async restart() {
      await running.stop();
      running = await start();
    },
    stop,
    // That a token has expired or a channel is gone is what a test brings about; so is what it then refuses.
    violations: () => discord.violations.filter(({ rule }) => rule !== 'token-expired' && rule !== 'unknown-channel'),
    async close() {
      if (!isStopped) await stop();
      await discord.close();
    },
  };
}

function toSlash({ command, subcommand, options = {}, images = [], archives = [], by = 'member', locale = 'en' }: Ask) {
  const attachments = Object.entries({ image: images, archive: archives }).flatMap(([kind, files]) =>
    files.map((file, i) => [i === 0 ? kind : `${kind}${i + 1}`, toFile(file)]),
  );
  return {
    command,
    ...(subcommand !== undefined && { subcommand }),
    options: { ...options },
    attachments: Object.fromEntries(attachments),
    by,
    locale: locale === 'ko' ? Locale.Korean : Locale.EnglishUS,
  };
}

function toFile(image: Upload | Undelivered) {
  if (typeof image === 'string') return { name: 'cat.png', type: 'image/png', behaviour: UNDELIVERED[image] };
  const [, ending = ''] = /\.(\w+)$/.exec(image.name) ?? [];
  return { ...image, type: { jpg: 'image/jpeg', zip: 'application/zip' }[ending] ?? 'image/png' };
}

function underneath(exchange: Exchange): Interaction | Posted {
  if (!(exchange instanceof Followed)) throw new Error('not an exchange of this harness');
  return exchange.answers;
}

class Followed implements Exchange {
  readonly answers: Interaction | Posted;
  readonly #discord: DiscordStandIn;
  readonly #outcomes: Outcomes;

  constructor(discord: DiscordStandIn, answers: Interaction | Posted, outcomes: Outcomes) {
    this.#discord = discord;
    this.answers = answers;
    this.#outcomes = outcomes;
  }

  async acknowledged(): Promise<void> {
    if (this.answers instanceof Interaction) await this.answers.acknowledged();
  }

  async answer(): Promise<Seen> {
    await this.answers.answered();
    return toSeen(this.#last);
  }

  async everything(): Promise<Seen[]> {
    const { answers } = this;
    if (answers instanceof Interaction && answers.isExpired) return this.#late(answers);
    await answers.answered();
    await this.#outcomes.idle();
    await this.#discord.idle();
    return this.soFar();
  }

  soFar(): Seen[] {
    return this.answers.messages.filter(({ isDeleted }) => !isDeleted).map(toSeen);
  }

  async form(): Promise<Form> {
    const { answers } = this;
    await answers.answered();
    if (!(answers instanceof Interaction) || !answers.modal) throw new Error('no form was opened');
    const fields = fieldsOf(answers.modal).map(({ label, field }) => ({
      label,
      value: 'value' in field && typeof field.value === 'string' ? field.value : '',
    }));
    return { fields, fillIn: (values) => this.#next(this.#discord.submit(answers, { ...values })) };
  }

  press(label: string, by: 'member' | 'manager' = 'member'): Exchange {
    return this.#next(this.#discord.press(this.#last, label, { by }));
  }

  choose(label: string, value: string): Exchange {
    return this.#next(this.#discord.select(this.#last, label, [value]));
  }

  #next(answers: Interaction | Posted): Followed {
    return new Followed(this.#discord, answers, this.#outcomes);
  }

  /** What came of an interaction after its time: nothing but messages in the channel. */
  async #late({ circumstances }: Interaction): Promise<Seen[]> {
    const written = () => this.#discord.written(circumstances.channel.id).filter(({ isThinking }) => !isThinking);
    await expect.poll(written).not.toEqual([]);
    return written().map(toSeen);
  }

  get #last(): Message {
    const { answer } = this.answers;
    if (!answer) throw new Error('nothing was answered');
    return answer;
  }
}

export function toSeen(message: Message): Seen {
  const menus = message.selects.map(({ placeholder = '' }) => placeholder);
  const buttons = message.buttons.filter(({ disabled }) => !disabled).map(({ label = '' }) => label);
  return {
    ...readMarkdown(message.content),
    files: message.attachments.map(({ filename, bytes, description, isSpoiler }) => ({
      name: filename,
      bytes,
      alt: description ?? '',
      isCovered: isSpoiler,
    })),
    controls: [...menus, ...buttons],
    isPrivate: message.isEphemeral,
  };
}
