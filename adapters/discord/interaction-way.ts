import { MessageFlags, RESTJSONErrorCodes, type RepliableInteraction } from 'discord.js';
import { toLocale } from '../../src/chat/locale.ts';
import type { Visibility } from '../../src/chat/reply.ts';
import { sendDirectly } from './direct.ts';
import { LIMITS } from './limits.ts';
import { type Message, plainMessage } from './message.ts';
import { codeOf, describeFailure, isForbidden } from './problems.ts';
import type { WayBack } from './way.ts';

/** An interaction can no longer be answered: it was acknowledged too late, or more than fifteen minutes ago. */
const LOST: ReadonlySet<number | undefined> = new Set([
  RESTJSONErrorCodes.UnknownInteraction,
  RESTJSONErrorCodes.UnknownWebhook,
  RESTJSONErrorCodes.InvalidWebhookToken,
  RESTJSONErrorCodes.UnknownMessage,
]);

/**
 * Back through an interaction: acknowledged first, where it takes time, and filled in later. Where the interaction is
 * lost meanwhile, the answer arrives as a message: in the channel, or to the person where it was a private one.
 */
export function interactionWay(interaction: RepliableInteraction): WayBack {
  /** Whether Discord was told that an answer comes, once that is known. */
  let deferred = Promise.resolve(false);
  let isLost = false;
  let told: string | undefined;

  async function defer(visibility: Visibility): Promise<void> {
    const attempt = isLostBy(interaction.deferReply(flagsFor(visibility))).then((lost) => {
      isLost = lost;
    });
    deferred = attempt.then(
      () => true,
      () => false,
    );
    await attempt;
  }

  async function tell(line: string): Promise<void> {
    if (isLost || !(await deferred)) return;
    const edited = interaction.webhook.editMessage('@original', plainMessage(line));
    isLost = await isLostBy(
      edited.then(({ id }) => {
        told = id;
      }),
    );
  }

  async function send(message: Message, visibility: Visibility): Promise<void> {
    // A stop tells people off also while Discord is still being told; two first answers it would not take.
    const isDeferred = await deferred;
    isLost ||= await isLostBy(
      isDeferred
        ? interaction.webhook.editMessage('@original', message)
        : interaction.reply({ ...message, ...flagsFor(visibility) }),
    );
    if (isLost) await sendAsMessage(interaction, message, visibility, told);
  }

  const fileLimit = interaction.attachmentSizeLimit ?? LIMITS.file;
  return { locale: toLocale(interaction.locale), fileLimit, defer, tell, send };
}

function flagsFor(visibility: Visibility) {
  return visibility === 'private' ? ({ flags: MessageFlags.Ephemeral } as const) : {};
}

/**
 * Whether Discord no longer knows the interaction that something was tried with. One that "was acknowledged already" was so by
 * us: the answer to an earlier try got lost.
 */
export async function isLostBy(attempt: Promise<unknown>): Promise<boolean> {
  try {
    await attempt;
    return false;
  } catch (error) {
    if (codeOf(error) === RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged) return false;
    if (LOST.has(codeOf(error))) return true;
    // The error itself holds the address, which has a token in it, and what was to be sent: neither is for a log.
    throw new Error(describeFailure(error).reason);
  }
}

/** @param told the message in its place, which said how far the answer was */
async function sendAsMessage(
  { client, channelId, user }: RepliableInteraction,
  message: Message,
  visibility: Visibility,
  told: string | undefined,
): Promise<void> {
  const channel =
    visibility === 'public' && channelId ? await client.channels.fetch(channelId).catch(() => null) : null;
  if (!channel?.isSendable()) return sendDirectly(user, message);
  await channel.send(message).catch(async (error: unknown) => {
    if (!isForbidden(error)) throw error;
    await sendDirectly(user, message);
  });
  // The answer is there already: a line that somebody deleted, or that the bot may not, changes nothing.
  if (told !== undefined) await channel.messages.delete(told).catch(() => {});
}
