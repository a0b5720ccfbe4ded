import { ButtonStyle, ComponentType, InteractionType } from 'discord.js';
import { Exchange } from '../exchange.ts';
import { attach, type SharedFile } from '../files.ts';
import type { Message } from '../message.ts';
import { type Field, fieldsOf, type Modal } from '../rules/modal.ts';
import type { State } from '../state.ts';
import type { Person } from '../world.ts';
import { type Circumstance, interact } from './interact.ts';

/** What is filled into a field of a form. */
export type Filling = string | boolean | string[] | SharedFile[];

/** @param button its label or custom id */
export function press(state: State, message: Message, button: string, action: Circumstance): Exchange {
  const found = message.buttons.find(({ label, custom_id: id }) => label === button || id === button);
  const labels = message.buttons.map(({ label }) => label).join(', ');
  if (!found) throw new Error(`there is no button "${button}" but: ${labels || 'none'}`);
  if (found.disabled) throw new Error(`the button "${button}" is disabled`);
  if (found.style === ButtonStyle.Link) throw new Error(`"${button}" is a link`);
  return use(state, message, { custom_id: found.custom_id, component_type: ComponentType.Button }, action);
}

/** @param menu its placeholder or custom id @param values values or labels of its options */
export function select(state: State, message: Message, menu: string, values: string[], action: Circumstance): Exchange {
  const found = message.selects.find(({ placeholder, custom_id: id }) => placeholder === menu || id === menu);
  if (!found) throw new Error(`there is no menu "${menu}"`);
  if (found.disabled) throw new Error(`the menu "${menu}" is disabled`);
  const { min_values: least = 1, max_values: most = 1 } = found;
  if (values.length < least || values.length > most) throw new Error(`"${menu}" takes ${least} to ${most} values`);
  const data = { custom_id: found.custom_id, component_type: found.type, values: optionValues(found.options, values) };
  return use(state, message, data, action);
}

function use(state: State, message: Message, data: object, action: Circumstance): Exchange {
  if (message.isDeleted) throw new Error('the message is deleted');
  const owner = ownerOf(state, message);
  const by = action.by === undefined ? owner : state.world.person(action.by);
  if (message.isEphemeral && by !== owner) throw new Error(`only ${owner.user.username} sees this message`);
  return interact(state, InteractionType.MessageComponent, data, { by, channel: message.channel, on: message }, action);
}

/** Whom the bot wrote it for. */
function ownerOf({ world }: State, { about, repliesTo }: Message): Person {
  if (about instanceof Exchange) return about.circumstances.by;
  return world.everyone.find(({ user }) => user.id === repliesTo?.author.id) ?? world.people.member;
}

/** Fills in a form that the bot opened and sends it off. What is not filled stays as it was prefilled. */
export function submit(
  state: State,
  { modal, circumstances }: Exchange,
  fillings: Record<string, Filling>,
  action: Circumstance,
): Exchange {
  if (!modal) throw new Error('the bot opened no modal');
  const fields = fieldsOf(modal);
  const fits = (name: string, { label, field }: (typeof fields)[number]) => label === name || field.custom_id === name;
  const stray = Object.keys(fillings).find((name) => !fields.some((one) => fits(name, one)));
  if (stray !== undefined) throw new Error(`the modal has no field "${stray}"`);
  const uploads = new Map<string, object>();
  const urls: string[] = [];
  const upload = (file: SharedFile): string => {
    const { id, payload } = attach(state.cdn, file, state.world.bot.id, true);
    uploads.set(id, payload);
    urls.push(payload.url);
    return id;
  };
  const filled = new Map(
    fields.map((one) => {
      const filling = Object.entries(fillings).find(([name]) => fits(name, one))?.[1];
      return [one.field, { type: one.field.type, custom_id: one.field.custom_id, ...fill(one.field, filling, upload) }];
    }),
  );
  const resolved = uploads.size > 0 && { resolved: { attachments: Object.fromEntries(uploads) } };
  const data = { custom_id: modal.custom_id, components: laidOut(modal, filled), ...resolved };
  const { by, channel, on } = circumstances;
  return interact(state, InteractionType.ModalSubmit, data, { by, channel, ...(on && { on }), files: urls }, action);
}

function laidOut({ components }: Modal, filled: Map<Field, object>): object[] {
  return components.map((part) => {
    if (part.type === ComponentType.Label) return { type: part.type, component: filled.get(part.component) };
    if (part.type === ComponentType.TextDisplay) return { type: part.type };
    return { type: part.type, components: part.components.map((field) => filled.get(field)) };
  });
}

/** @throws Error for what the client would not let anyone send */
function fill(field: Field, filling: Filling | undefined, upload: (file: SharedFile) => string): object {
  const isRequired = field.type !== ComponentType.Checkbox && (field.required ?? true);
  const require = (isFilled: boolean) => {
    if (isRequired && !isFilled) throw new Error(`the field ${field.custom_id} is required`);
  };
  switch (field.type) {
    case ComponentType.TextInput: {
      const value = typeof filling === 'string' ? filling : (field.value ?? '');
      const { min_length: least = 0, max_length: most = 4000 } = field;
      require(value !== '');
      if (value.length > most || (value && value.length < least)) throw new Error(`${field.custom_id}: wrong length`);
      return { value };
    }
    case ComponentType.Checkbox:
      return { value: typeof filling === 'boolean' ? filling : (field.default ?? false) };
    case ComponentType.FileUpload: {
      const values = (Array.isArray(filling) ? filling : []).filter((file) => typeof file !== 'string').map(upload);
      require(values.length > 0);
      return { values };
    }
    default: {
      const options = 'options' in field && Array.isArray(field.options) ? field.options : [];
      const preset = options.flatMap((option) => (option.default ? [option.value] : []));
      const values = filling === undefined ? preset : optionValues(options, textsIn(filling));
      require(values.length > 0);
      return field.type === ComponentType.RadioGroup ? { value: values[0] ?? null } : { values };
    }
  }
}

function textsIn(filling: Filling): string[] {
  const list = Array.isArray(filling) ? filling : [filling];
  return list.filter((one) => typeof one === 'string');
}

function optionValues(options: { label: string; value: string }[], wanted: string[]): string[] {
  return wanted.map((name) => {
    const option = options.find(({ label, value }) => value === name || label === name);
    if (!option && options.length > 0) throw new Error(`there is no option "${name}"`);
    return option?.value ?? name;
  });
}
