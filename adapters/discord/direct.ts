import { RESTJSONErrorCodes, type User } from 'discord.js';
import type { Message } from './message.ts';
import { codeOf } from './problems.ts';

/** Writes to somebody alone. Whoever takes no direct messages cannot be told, not even that. */
export async function sendDirectly(user: User, message: Message): Promise<void> {
  await user.send(message).catch((error: unknown) => {
    if (codeOf(error) !== RESTJSONErrorCodes.CannotSendMessagesToThisUser) throw error;
  });
}
