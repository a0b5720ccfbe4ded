import type { App } from '@slack/bolt';
import type { z } from 'zod';
import { findDescription } from '../../src/chat/describe.ts';
import type { FollowUp } from '../../src/chat/follow-up.ts';
import type { Button, Choice } from '../../src/chat/reply.ts';
import { sortFiles } from '../../src/chat/sent.ts';
import { UserError } from '../../src/errors.ts';
import { CONTROLS, type Control, optionValue, parseControl } from './controls.ts';
import type { Desk, Wish } from './desk.ts';
import { FORM, readForm, toForm } from './form.ts';
import { toMessage } from './message.ts';
import { actionSchema, submissionSchema } from './payloads.ts';
import type { Place, Visit } from './place.ts';
import { respond } from './respond.ts';

type Used = z.infer<typeof actionSchema>;

/** Buttons, menus and arrows below answers, and the forms that some of them, and some commands, open. */
export function listenToControls(app: App, desk: Desk): void {
  app.action({ block_id: CONTROLS }, async ({ ack, body, client, context }) => {
    await ack().catch(() => {});
    const used = actionSchema.parse(body);
    const [{ block_id, action_id }] = used.actions;
    const control = parseControl(block_id, action_id);
    if (control === undefined) return;
    const visit = { client, place: placeOf(used, control, context.teamId ?? '') };
    desk.serve(visit, () => use(visit, used, control, desk));
  });
  app.view({ type: 'view_submission', callback_id: FORM }, async ({ ack, body, client, context }) => {
    await ack().catch(() => {});
    const submission = submissionSchema.parse(body);
    const { purpose, options, files } = readForm(submission);
    const visit = { client, place: { ...purpose.place, team: context.teamId ?? '', user: submission.user.id } };
    desk.serve(visit, async () => {
      const { run } = purpose;
      if (run.kind === 'command') {
        const { command, subcommand } = run;
        return { command, subcommand, options, ...sortFiles(await desk.images.fromFiles(files, client)) };
      }
      const followUp = await desk.followUps.find(run.followUp);
      const button = followUp.buttons[run.index];
      if (!button) throw new UserError('button-gone', {});
      return again(visit, button, followUp, desk, options);
    });
  });
}

async function use(visit: Visit, used: Used, control: Control, desk: Desk): Promise<Wish | (() => Promise<void>)> {
  const followUp = await desk.followUps.find(control.followUp);
  const { index } = control;
  if (control.kind === 'page') return () => turnTo(used, control, followUp);
  if (control.kind === 'choice') {
    const choice = followUp.choices[index];
    const chosen = used.actions[0].selected_option?.value;
    const found = choice?.values.find(({ value }) => optionValue(value) === chosen);
    if (!choice || !found) throw new UserError('button-gone', {});
    return again(visit, choice, followUp, desk, { [choice.option]: found.value });
  }
  const button = followUp.buttons[index];
  if (!button) throw new UserError('button-gone', {});
  return button.ask
    ? () => openForm(visit, used.trigger_id, control, button, desk)
    : again(visit, button, followUp, desk);
}

/** What an answer's button or choice stands for, with what was typed or chosen. */
function again(
  { client }: Visit,
  run: Omit<Button | Choice, 'label'> & Pick<Button, 'visibility'>,
  followUp: FollowUp,
  desk: Desk,
  typed: Readonly<Record<string, string>> = {},
): Wish {
  const { command, subcommand, options, withImages, visibility } = run;
  const files = withImages ? followUp.images.map((kept) => desk.images.fromKept(kept, client)) : [];
  return { command, subcommand, options: { ...options, ...typed }, ...sortFiles(files), visibility };
}

/** Shows another page in place of this one, also where only one person sees it. */
async function turnTo({ response_url: url }: Used, { followUp, index, origin }: Control, content: FollowUp) {
  const message = toMessage(content.pages[index] ?? '…', followUp, content, { page: index, origin });
  if (!url || !(await respond(url, { replace_original: true, ...message }))) throw new UserError('button-gone', {});
}

async function openForm(visit: Visit, trigger: string, { followUp, index }: Control, button: Button, desk: Desk) {
  const all = findDescription(desk.commands, button)?.options ?? [];
  const { channel, thread, within } = visit.place;
  const view = toForm({
    title: button.label.replace(/…$/, ''),
    purpose: { place: { channel, thread, within }, run: { kind: 'button', followUp, index } },
    options: all.filter(({ name }) => button.ask?.includes(name)),
    values: button.options,
    locale: await desk.people.localeInHaste(visit),
  });
  await visit.client.views.open({ trigger_id: trigger, view });
}

/** Below a message in the channel, its thread; below one that is shown elsewhere than it belongs, where that is. */
function placeOf({ user, container, response_url: responseUrl }: Used, { origin }: Control, team: string): Place {
  const asker = { team, user: user.id };
  if (container.type === 'view') return { ...asker, channel: user.id, ...origin };
  const { channel_id: channel, message_ts, thread_ts: within } = container;
  return { ...asker, channel, thread: within ?? message_ts, within, responseUrl, ...origin };
}
