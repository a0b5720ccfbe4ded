import type { MessageComponentInteraction, ModalSubmitInteraction, RepliableInteraction } from 'discord.js';
import { toLocale } from '../../src/chat/locale.ts';
import type { ChatParts } from '../../src/chat/parts.ts';
import type { Asked } from '../../src/chat/reception.ts';
import type { Request } from '../../src/chat/request.ts';
import { UserError } from '../../src/errors.ts';
import { type Control, parseCustomId, toRows } from './controls.ts';
import { toForm } from './form.ts';
import type { Images } from './images.ts';
import { isLostBy } from './interaction-way.ts';
import { fromButton } from './requests.ts';

type ControlParts = Pick<ChatParts, 'commands' | 'followUps'>;

/**
 * Reads what a control below an answer is to do.
 * @throws UserError `button-gone` where that is no longer kept
 */
export async function readControl(
  interaction: RepliableInteraction,
  images: Images,
  parts: ControlParts,
): Promise<Asked> {
  const control = 'customId' in interaction ? parseCustomId(interaction.customId) : undefined;
  if (!control) throw new UserError('button-gone', {});
  if (interaction.isModalSubmit()) return submitted(interaction, control, images, parts);
  if (interaction.isMessageComponent()) return used(interaction, control, images, parts);
  throw new UserError('button-gone', {});
}

async function used(
  interaction: MessageComponentInteraction,
  control: Control,
  images: Images,
  { commands, followUps }: ControlParts,
): Promise<Asked> {
  const followUp = await followUps.find(control.followUp);
  const { index } = control;
  if (control.kind === 'page') {
    const content = followUp.pages[index] ?? '';
    return async () =>
      void (await isLostBy(interaction.update({ content, components: toRows(control.followUp, followUp, index) })));
  }
  const choice = followUp.choices[index];
  if (control.kind === 'choice' && choice && interaction.isStringSelectMenu()) {
    const [value = ''] = interaction.values;
    return fromButton(interaction, choice, followUp.images, images, { [choice.option]: value });
  }
  const button = followUp.buttons[index];
  if (!button) throw new UserError('button-gone', {});
  if (!button.ask) return fromButton(interaction, button, followUp.images, images);
  const form = toForm(button, control, commands, toLocale(interaction.locale));
  return async () => void (await isLostBy(interaction.showModal(form)));
}

async function submitted(
  interaction: ModalSubmitInteraction,
  { followUp: id, index }: Control,
  images: Images,
  { followUps }: ControlParts,
): Promise<Request> {
  const followUp = await followUps.find(id);
  const button = followUp.buttons[index];
  if (!button) throw new UserError('button-gone', {});
  const names = button.ask ?? [];
  const typed = Object.fromEntries(names.map((name) => [name, interaction.fields.getTextInputValue(name)]));
  return fromButton(interaction, button, followUp.images, images, typed);
}
