import type { App } from '@slack/bolt';
import { findDescription } from '../../src/chat/describe.ts';
import { type Line, parseLine } from '../../src/chat/line.ts';
import type { Desk } from './desk.ts';
import { readText } from './escapes.ts';
import { toForm } from './form.ts';
import { readLine } from './lines.ts';
import type { Visit } from './place.ts';

/** The command that takes any other as its text, for those whose names another app has too. */
export const ANY = 'clip';

/** What an unknown command takes. */
const NONE = { images: { min: 0 }, archives: { min: 0 } };

/** Slash commands. They carry no files, so one that needs some and names none opens a form. */
export function listenToSlash(app: App, desk: Desk): void {
  app.command(/^\//, async ({ ack, command, client, context }) => {
    // Slack may be gone by now; the answer goes another way.
    await ack().catch(() => {});
    const { channel_id: channel, user_id: user, team_id, response_url: responseUrl, trigger_id: trigger } = command;
    const visit: Visit = { client, place: { team: context.teamId ?? team_id, channel, user, responseUrl } };
    const name = command.command.slice(1);
    const text = readText(command.text, context.botUserId);
    desk.serve(visit, async () => {
      const whole = name === ANY ? text || 'help' : `${name} ${text}`;
      const { line, addresses } = readLine(whole, desk.commands, parseLine);
      const { images, archives } = findDescription(desk.commands, line) ?? NONE;
      const needsFiles = (images.min > 0 && addresses.length === 0) || archives.min > 0;
      if (needsFiles) return () => openForm(visit, line, trigger, desk);
      return { ...line, images: addresses.map((address) => desk.images.fromUrl(address)), archives: [] };
    });
  });
}

async function openForm(visit: Visit, { command, subcommand, options }: Line, trigger: string, desk: Desk) {
  const action = findDescription(desk.commands, { command, subcommand });
  const { channel } = visit.place;
  const view = toForm({
    title: `/${command}`,
    purpose: { place: { channel }, run: { kind: 'command', command, subcommand } },
    options: action?.options ?? [],
    values: options,
    files: action,
    locale: await desk.people.localeInHaste(visit),
  });
  await visit.client.views.open({ trigger_id: trigger, view });
}
