import type { App } from '@slack/bolt';
import type { z } from 'zod';
import { findDescription } from '../../src/chat/describe.ts';
import { parseMessage } from '../../src/chat/line.ts';
import { SeenEvents } from '../../src/chat/seen-events.ts';
import { sortAttached, takesFiles } from '../../src/chat/sent.ts';
import type { Desk } from './desk.ts';
import { readText } from './escapes.ts';
import { readLine } from './lines.ts';
import { messageSchema, repliesSchema, type SlackFile } from './payloads.ts';
import type { Visit } from './place.ts';
import { refusalOf } from './problems.ts';

type Message = z.infer<typeof messageSchema>;

/** Messages that mention the app, and those written to it directly. */
export function listenToMessages(app: App, desk: Desk): void {
  // Slack tells of a mention anew, in another event, whenever its message is edited.
  const mentions = new SeenEvents();
  app.event('app_mention', async ({ event, client, context }) => {
    const { data: message } = messageSchema.safeParse(event);
    if (!message || !isByPerson(message) || !mentions.take(`${message.channel} ${message.ts}`)) return;
    serve(desk, message, context, client);
  });
  app.event('message', async ({ event, client, context }) => {
    const { data: message } = messageSchema.safeParse(event);
    if (message?.channel_type === 'im' && isByPerson(message)) serve(desk, message, context, client);
  });
}

/** Changes and deletions come as messages too, and the app's own ones in a subtype or with its bot's id. */
function isByPerson({ subtype, bot_id }: Message): boolean {
  return bot_id === undefined && (subtype === undefined || subtype === 'file_share' || subtype === 'thread_broadcast');
}

function serve(
  desk: Desk,
  message: Message,
  { teamId = '', botUserId }: { teamId?: string; botUserId?: string },
  client: Visit['client'],
): void {
  const { channel, user, ts, thread_ts: within, text } = message;
  const own = message.files ?? [];
  // Words alone, written directly, need no thread.
  const isTalk = message.channel_type === 'im' && own.length === 0;
  const thread = within ?? (isTalk ? undefined : ts);
  const visit: Visit = { client, place: { team: teamId, channel, user, thread, within } };
  desk.serve(visit, async () => {
    const { line, addresses } = readLine(readText(text, botUserId), desk.commands, parseMessage);
    const action = findDescription(desk.commands, line);
    const asksAbove = takesFiles(action) && own.length === 0 && addresses.length === 0 && within !== undefined;
    const files = asksAbove ? await filesAbove(visit, within) : own;
    const { images, archives } = sortAttached(await desk.images.fromFiles(files, client), action);
    return { ...line, images: [...images, ...addresses.map((address) => desk.images.fromUrl(address))], archives };
  });
}

/** The files of the message that a thread begins with. */
async function filesAbove({ client, place: { channel } }: Visit, ts: string): Promise<readonly SlackFile[]> {
  try {
    const { messages } = repliesSchema.parse(await client.conversations.replies({ channel, ts, limit: 1 }));
    return messages[0]?.files ?? [];
  } catch (error) {
    // The message itself may be gone while its thread is not.
    if (refusalOf(error) === 'thread_not_found') return [];
    throw error;
  }
}
