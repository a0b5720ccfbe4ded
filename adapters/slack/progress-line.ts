import { webApi } from '@slack/bolt';
import type { Visibility } from '../../src/chat/reply.ts';
import { escapeText } from './escapes.ts';
import { AS_IT_STANDS, type Message, section } from './message.ts';
import { isDirect, type Visit } from './place.ts';
import { isNotInChannel } from './problems.ts';
import { respond } from './respond.ts';

/** Where a line stands that can be changed. */
interface Posted {
  channel?: string | undefined;
  ts?: string | undefined;
}

/**
 * Tells how far an answer is: a message that is rewritten, and deleted once the answer is there. What only one person sees
 * cannot be changed, so it is told once; a response_url takes five messages, and the answer may need the others.
 */
export class ProgressLine {
  readonly #visit: Visit;
  readonly #client: webApi.WebClient;
  #posted: Promise<Posted> | undefined;

  constructor(visit: Visit, options: webApi.WebClientOptions) {
    this.#visit = visit;
    // At a rate limit a line is left out. A client that waits for its turn holds up every answer to the workspace meanwhile.
    this.#client = new webApi.WebClient(visit.client.token, { ...options, rejectRateLimitedCalls: true });
  }

  async show(line: string, visibility: Visibility): Promise<void> {
    const text = escapeText(line);
    const message = { text, blocks: [section(text)] };
    if (this.#posted) return this.#rewrite(await this.#posted, message);
    const isForAll = visibility === 'public' || isDirect(this.#visit.place);
    this.#posted = isForAll ? this.#post(message) : this.#whisper(message);
    await this.#posted;
  }

  async clear(): Promise<void> {
    const { channel, ts } = (await this.#posted?.catch(() => undefined)) ?? {};
    this.#posted = undefined;
    if (channel && ts) await this.#visit.client.chat.delete({ channel, ts }).catch(() => {});
  }

  async #post(message: Message): Promise<Posted> {
    const { channel, thread } = this.#visit.place;
    try {
      return await this.#client.chat.postMessage({
        channel,
        ...(thread && { thread_ts: thread }),
        ...AS_IT_STANDS,
        ...message,
      });
    } catch (error) {
      if (!isNotInChannel(error)) throw error;
      return this.#whisper(message);
    }
  }

  async #whisper(message: Message): Promise<Posted> {
    const { channel, user, within, responseUrl } = this.#visit.place;
    const response = { response_type: 'ephemeral', replace_original: false, thread_ts: within, ...message } as const;
    if (responseUrl !== undefined) await respond(responseUrl, response);
    else
      await this.#client.chat.postEphemeral({
        channel,
        user,
        ...(within && { thread_ts: within }),
        ...AS_IT_STANDS,
        ...message,
      });
    return {};
  }

  async #rewrite({ channel, ts }: Posted, message: Message): Promise<void> {
    if (channel && ts) await this.#client.chat.update({ channel, ts, parse: 'none', ...message });
  }
}
