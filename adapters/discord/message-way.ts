import type { Message as DiscordMessage } from 'discord.js';
import { type Locale, toLocale } from '../../src/chat/locale.ts';
import { sendDirectly } from './direct.ts';
import { LIMITS } from './limits.ts';
import { plainMessage } from './message.ts';
import { isForbidden } from './problems.ts';
import { discordTexts } from './texts.ts';
import type { WayBack } from './way.ts';

/** Back through a reply to a message. It can be read by all who read the message: a chat has no private replies. */
export function messageWay(asked: DiscordMessage): WayBack {
  const locale = localeOf(asked);
  let told: Promise<DiscordMessage> | undefined;
  return {
    locale,
    fileLimit: LIMITS.file,
    async defer() {
      // Only a courtesy: an answer may be possible where this was not.
      if (asked.channel.isSendable()) await asked.channel.sendTyping().catch(() => {});
    },
    async tell(line) {
      const message = plainMessage(line);
      if (told) return void (await (await told).edit(message));
      told = asked.reply({ ...message, failIfNotExists: false });
      await told;
    },
    async send(message) {
      await asked.reply({ ...message, failIfNotExists: false }).catch(async (error: unknown) => {
        if (!isForbidden(error)) throw error;
        await sendDirectly(asked.author, plainMessage(discordTexts[locale].mayNotWrite));
      });
      // An answer in its place would be an edit, which nobody who looked away is told of.
      await told?.then((line) => line.delete()).catch(() => {});
    },
  };
}

/** Messages do not tell their author's language: what is written does, else the server's language. */
export function localeOf({ content, guild }: DiscordMessage): Locale {
  return /\p{Script=Hangul}/u.test(content) ? 'ko' : toLocale(guild?.preferredLocale);
}
