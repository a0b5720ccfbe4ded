import type { webApi } from '@slack/bolt';
import { type CommandDescription, findDescription } from '../../src/chat/describe.ts';
import type { ChatParts } from '../../src/chat/parts.ts';
import { type Asked, Reception, type Way } from '../../src/chat/reception.ts';
import type { Request } from '../../src/chat/request.ts';
import { deliver } from './deliver.ts';
import { Images } from './images.ts';
import { People } from './people.ts';
import { isDirect, type Visit } from './place.ts';
import { describeFailure, toUserError } from './problems.ts';
import { ProgressLine } from './progress-line.ts';

/** What is to be done, however it was said. */
export type Wish = Pick<Request, 'command' | 'subcommand' | 'options' | 'images' | 'archives' | 'visibility'>;

/** What listeners share: the commands there are, what Slack tells of people and files, and the way to an answer. */
export class Desk {
  readonly commands: readonly CommandDescription[];
  readonly followUps: ChatParts['followUps'];
  readonly people: People;
  readonly images: Images;
  readonly #clientOptions: webApi.WebClientOptions;
  readonly #reception: Reception;

  constructor(parts: ChatParts, apiUrl: string, clientOptions: webApi.WebClientOptions) {
    const { commands, followUps, log } = parts;
    this.commands = commands;
    this.followUps = followUps;
    this.people = new People(log);
    this.images = new Images(apiUrl);
    this.#clientOptions = clientOptions;
    this.#reception = new Reception(parts, { explain: toUserError, describe: describeFailure });
  }

  /** Answers what `read` makes of it, or lets `read` do it all where there is nothing to dispatch. */
  serve(visit: Visit, read: () => Promise<Wish | (() => Promise<void>)>): void {
    const { people, followUps } = this;
    const progress = new ProgressLine(visit, this.#clientOptions);
    const way: Way = {
      locale: () => people.locale(visit),
      tell: (line, visibility) => progress.show(line, visibility),
      send: async (answer, images) =>
        deliver(visit, answer, { followUps, images, locale: await people.locale(visit) }).finally(() =>
          progress.clear(),
        ),
    };
    this.#reception.serve(way, async (): Promise<Asked> => {
      const wish = await read();
      return typeof wish === 'function' ? wish : this.toRequest(visit, wish);
    });
  }

  async toRequest(visit: Visit, wish: Wish): Promise<Request> {
    const { team, channel, user } = visit.place;
    // Who manages a channel costs a question to Slack, so it is asked only where it matters.
    const matters = findDescription(this.commands, wish)?.policy.who === 'manager';
    const isManager = matters && (await this.people.isManager(visit));
    return {
      ...wish,
      actor: { id: `slack:${team}:${user}`, isManager, isOperator: false },
      channel: `slack:${team}:${channel}`,
      // Alone with the bot, nothing is hidden from anybody, and nobody is there to share it with.
      visibility: isDirect(visit.place) ? 'public' : wish.visibility,
      locale: await this.people.locale(visit),
    };
  }

  stop(): Promise<void> {
    return this.#reception.stop();
  }
}
