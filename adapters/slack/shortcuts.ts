import type { App } from '@slack/bolt';
import { type CommandDescription, findDescription } from '../../src/chat/describe.ts';
import { sortAttached } from '../../src/chat/sent.ts';
import type { Desk } from './desk.ts';
import { shortcutSchema } from './payloads.ts';

const PREFIX = 'message:';

/** How the shortcut that runs a command on a message is called. */
export function shortcutId({ name }: CommandDescription): string {
  return `${PREFIX}${name}`;
}

/** The entries in the menu of a message with images: one for each command that is offered there. */
export function listenToShortcuts(app: App, desk: Desk): void {
  app.shortcut({ type: 'message_action', callback_id: new RegExp(`^${PREFIX}`) }, async (args) => {
    const { ack, shortcut, client, context } = args;
    await ack().catch(() => {});
    const { callback_id, channel, user, message, response_url: responseUrl } = shortcutSchema.parse(shortcut);
    const { ts, thread_ts: within, files } = message;
    const place = { team: context.teamId ?? '', channel: channel.id, user: user.id, thread: within ?? ts, within };
    const command = callback_id.slice(PREFIX.length);
    desk.serve({ client, place: { ...place, responseUrl } }, async () => ({
      command,
      options: {},
      ...sortAttached(await desk.images.fromFiles(files ?? [], client), findDescription(desk.commands, { command })),
    }));
  });
}
