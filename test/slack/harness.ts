import { setImmediate as turn } from 'node:timers/promises';
import { startSlack } from '../../adapters/slack/index.ts';
import { createManifest } from '../../adapters/slack/manifest.ts';
import type { ChatParts } from '../../src/chat/parts.ts';
import type { SlackTransport } from '../../src/slack-config.ts';
import { Installations } from '../../src/store/installations.ts';
import type { Ask, ChatHarness, Exchange, Form, Seen, Undelivered, Upload } from '../contract/harness.ts';
import { Outcomes } from '../contract/outcomes.ts';
import { freePort } from '../free-port.ts';
import { memory } from './memory.ts';
import { isCover, toSeen } from './reader.ts';
import type { Exchange as Told } from './stand-in/exchange.ts';
import type { UserFile } from './stand-in/file.ts';
import { interactives } from './stand-in/interactive.ts';
import type { Message } from './stand-in/message.ts';
import { SlackStandIn } from './stand-in/slack-stand-in.ts';

const UNDELIVERED: Record<Undelivered, NonNullable<UserFile['download']>> = {
  gone: 'not-found',
  'login-page': 'login-page',
};

export interface SlackHarness extends ChatHarness {
  slack: SlackStandIn;
  /** All that came of something that was done in the stand-in itself. */
  follow(told: Told): Exchange;
}

/** The adapter with the real Bolt against the stand-in. */
export async function startHarness(parts: ChatParts, kind: SlackTransport['kind']): Promise<SlackHarness> {
  const slack = await SlackStandIn.start();
  const port = await freePort();
  const { botToken, appToken, signingSecret, apiUrl } = slack;
  const transport: SlackTransport = kind === 'socket' ? { kind, appToken } : { kind, signingSecret, port };
  const outcomes = new Outcomes();
  const all = {
    ...parts,
    ...{ transport, apiUrl, access: { kind: 'token' as const, botToken } },
    dispatch: outcomes.watch(parts.dispatch),
    installations: new Installations(await memory()),
  };
  if (kind === 'http') slack.deliverOverHttp(`http://127.0.0.1:${port}/slack/events`);
  const { callback_id } = createManifest(parts.commands).features.shortcuts[0] ?? { callback_id: '' };
  let running = await startSlack(all);
  let isStopped = false;
  const stop = async () => {
    isStopped = true;
    outcomes.isStopped = true;
    await running.stop();
  };
  const follow = (told: Told) => new Followed(slack, told, outcomes);
  const { member, admin, korean } = slack.people;
  const where = slack.channels.general;
  return {
    slack,
    follow,
    ask: (ask) => {
      const by = ask.locale === 'ko' ? korean : ask.by === 'manager' ? admin : member;
      const { command, text } = toLine(ask);
      // Slash commands carry no files, so who has some mentions the app.
      const files = [...(ask.images ?? []), ...(ask.archives ?? [])];
      if (files.length === 0) return follow(slack.slash({ command: `/${command}`, text, by, where }));
      return follow(slack.mention({ text: asSlackHasIt(`/${command} ${text}`), files: files.map(toFile), by, where }));
    },
    onMessage: (_, images) => {
      const message = slack.write({ text: 'see', files: images.map(toFile), by: admin, where });
      return follow(slack.shortcut({ callbackId: callback_id, message, by: member }));
    },
    mention: (text, images) =>
      follow(slack.mention({ text: asSlackHasIt(text), files: images.map(toFile), by: member, where })),
    async post(answer, there) {
      const id = there === 'here' ? where.id : slack.channels.distant.id;
      await running.post({ channel: `slack:${slack.workspace.id}:${id}`, answer, locale: 'en' });
      const all = slack.messages(where).flatMap(({ ts }) => slack.messages(where, ts));
      return all.filter((message) => !isCover(message)).map((message) => toSeen(message, all));
    },
    redeliver: (exchange) => underneath(exchange).redeliver(kind),
    expire: (exchange) => slack.expire(underneath(exchange).told, 'response_url'),
    async restart() {
      await running.stop();
      running = await startSlack(all);
    },
    stop,
    // That it is no member of a channel any more is what a test brings about.
    violations: () => [...slack.violations].filter(({ rule }) => rule !== 'not_in_channel'),
    async close() {
      if (!isStopped) await stop();
      await slack.close();
    },
  };
}

function toLine({ command, subcommand, options = {} }: Ask): { command: string; text: string } {
  const { labels, ...others } = options;
  const named = Object.entries(others).map(([name, value]) => `${name}:"${value}"`);
  return { command, text: [subcommand, labels, ...named].filter(Boolean).join(' ') };
}

function asSlackHasIt(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

function toFile(image: Upload | Undelivered): UserFile {
  if (typeof image !== 'string') return { ...image };
  return { name: 'cat.png', bytes: Buffer.from('png'), download: UNDELIVERED[image] };
}

function underneath(exchange: Exchange): Followed {
  if (!(exchange instanceof Followed)) throw new Error('not an exchange of this harness');
  return exchange;
}

class Followed implements Exchange {
  readonly told: Told;
  readonly #slack: SlackStandIn;
  readonly #outcomes: Outcomes;
  #expectedAcknowledgements: number;

  constructor(slack: SlackStandIn, told: Told, outcomes: Outcomes) {
    this.#slack = slack;
    this.told = told;
    this.#outcomes = outcomes;
    this.#expectedAcknowledgements = told.deliveries.length;
  }

  redeliver(kind: SlackTransport['kind']): void {
    this.#expectedAcknowledgements += this.told.deliveries.length;
    if (kind === 'http') this.#slack.http.redeliver(this.told);
    else this.#slack.socket.redeliver(this.told);
  }

  async acknowledged(): Promise<void> {
    await this.told.acknowledged();
  }

  async answer(): Promise<Seen> {
    await this.#settled();
    return toSeen(this.#last, this.#all);
  }

  async everything(): Promise<Seen[]> {
    await this.#settled();
    return this.soFar();
  }

  soFar(): Seen[] {
    return this.#all.filter((message) => !isCover(message)).map((message) => toSeen(message, this.#all));
  }

  async form(): Promise<Form> {
    const view = await this.told.opened();
    const fields = interactives(view.content.blocks).map(({ label = '', element }) => {
      return { label, value: element.initial_value ?? '' };
    });
    const fillIn = (values: Readonly<Record<string, string>>) => this.#next(this.#slack.submit(view, { ...values }));
    return { fields, fillIn };
  }

  press(label: string, by?: 'member' | 'manager'): Exchange {
    return this.#next(this.#slack.press(this.#last, label, this.#person(by)));
  }

  choose(label: string, value: string): Exchange {
    return this.#next(this.#slack.select(this.#last, label, value, this.#person()));
  }

  #person(by?: 'member' | 'manager') {
    return by === 'manager' ? this.#slack.people.admin : this.told.by;
  }

  #next(told: Told): Followed {
    return new Followed(this.#slack, told, this.#outcomes);
  }

  /** Once all was acknowledged and dispatched, and what that came to is there. */
  async #settled(): Promise<void> {
    const { told } = this;
    await told.until(() => told.acknowledgements >= this.#expectedAcknowledgements, 'acknowledged');
    await told.until(() => this.#all.length > 0, 'answered');
    await this.#outcomes.idle();
    const { last } = this.#outcomes;
    const isGiven = last?.kind === 'reply' && !this.#outcomes.isStopped;
    const files = isGiven ? last.reply.images.length + last.reply.files.length : 0;
    if (files > 0) await told.until(() => this.#all.some((message) => message.files.length === files), 'given files');
    for (let i = 0; i < 5; i += 1) await turn();
  }

  get #all(): Message[] {
    const { messages, edited } = this.told;
    return [...new Set([...messages, ...edited])].filter(({ deleted }) => !deleted);
  }

  get #last(): Message {
    const last = this.#all.at(-1);
    if (!last) throw new Error('nothing was answered');
    return last;
  }
}
