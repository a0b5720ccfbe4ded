import { Clock } from '../../clock.ts';
import type { Exchange, Violation } from './exchange.ts';
import { Exchanges } from './exchanges.ts';
import { FileStore } from './file-store.ts';
import { Ids } from './ids.ts';
import { fillIds } from './interactive.ts';
import type { Block, Message } from './message.ts';
import { MessageStore } from './message-store.ts';
import { Authorization } from './oauth.ts';
import { Recent } from './recent.ts';
import { ResponseUrls } from './response-urls.ts';
import { ViewStore } from './view-store.ts';
import { World } from './world.ts';

/** One call of the Web API, as it was answered. */
export interface Call {
  readonly method: string;
  readonly arguments: Record<string, unknown>;
  readonly team: string | undefined;
  /** Slack's code where it was refused. */
  readonly error: string | undefined;
}

/** All that the stand-in remembers, for its parts to share. */
export class Backend {
  readonly clock = new Clock();
  readonly ids = new Ids();
  readonly world = new World(this.ids);
  readonly exchanges = new Exchanges();
  readonly messages = new MessageStore(this.ids, this.exchanges);
  readonly files = new FileStore(this.ids);
  readonly views = new ViewStore(this.ids, this.clock);
  readonly authorization = new Authorization();
  readonly responseUrls = new ResponseUrls(this.clock);
  readonly calls = new Recent<Call>();
  readonly violations = new Recent<Violation>();
  readonly appId = this.ids.next('A');
  readonly clientId = '1000000000001.2000000000002';
  readonly clientSecret = '0123456789abcdef0123456789abcdef';
  /** The token that every payload carries since before there were signatures. */
  readonly verificationToken = 'verification-token-of-old';
  readonly appToken = `xapp-1-${this.appId}-1-stand-in`;
  /** The address of a new socket, for `apps.connections.open`. Socket Mode sets it. */
  openTicket = (): string => '';
  origin = '';
  foreignOrigin = '';
  /** The ends of the uploads that wait; undefined where none is held. */
  #held: (() => void)[] | undefined;

  /** Whether a block may show a file by now. */
  readonly isShowable = (idOrUrl: string): boolean => {
    const id = /F0[0-9A-Z]{9}/.exec(idOrUrl)?.[0] ?? '';
    const file = this.files.find(id);
    return file !== undefined && file.upload === 'processed';
  };

  violate(violation: Violation, exchange?: Exchange): void {
    this.violations.add(violation);
    exchange?.violations.push(violation);
    exchange?.changed();
  }

  withIds(blocks: Block[]): Block[] {
    return fillIds(blocks, () => this.ids.next(''));
  }

  /** Calls `end` as Slack is through with an upload: at once, or where uploads are held, when they are let go. */
  process(end: () => void): void {
    if (this.#held) this.#held.push(end);
    else end();
  }

  /** @returns lets go all uploads held since, and those to come */
  holdProcessing(): () => void {
    const held: (() => void)[] = [];
    this.#held = held;
    return () => {
      this.#held = undefined;
      for (const end of held) end();
    };
  }

  /** A message of the app's, shown because of an exchange. */
  post(message: Omit<Parameters<MessageStore['post']>[0], 'author'>): Message {
    return this.messages.post({ ...message, author: message.channel.team.botUser });
  }
}
