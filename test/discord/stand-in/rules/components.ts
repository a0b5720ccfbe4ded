import { ButtonStyle, ComponentType } from 'discord.js';
import { z } from 'zod';
import { check, checkDistinct, checkLength } from '../api-error.ts';

const MOST_ROWS = 5;
const MOST_BUTTONS = 5;
const MOST_OPTIONS = 25;

const buttonSchema = z.looseObject({
  type: z.literal(ComponentType.Button),
  style: z.enum(ButtonStyle),
  label: z.string().optional(),
  emoji: z.looseObject({}).optional(),
  custom_id: z.string().optional(),
  url: z.string().optional(),
  disabled: z.boolean().optional(),
});

const optionSchema = z.looseObject({
  label: z.string(),
  value: z.string(),
  description: z.string().optional(),
  default: z.boolean().optional(),
});

const ofSelects = {
  custom_id: z.string(),
  placeholder: z.string().optional(),
  min_values: z.int().optional(),
  max_values: z.int().optional(),
  required: z.boolean().optional(),
  disabled: z.boolean().optional(),
};

/** A menu of the bot's own options. */
export const selectSchema = z.looseObject({
  ...ofSelects,
  type: z.literal(ComponentType.StringSelect),
  options: z.array(optionSchema),
});

/** A menu that Discord fills with people, roles or channels. */
export const filledSelectSchema = z.looseObject({
  ...ofSelects,
  type: z.literal([
    ComponentType.UserSelect,
    ComponentType.RoleSelect,
    ComponentType.MentionableSelect,
    ComponentType.ChannelSelect,
  ]),
});

export const rowSchema = z.looseObject({
  type: z.literal(ComponentType.ActionRow),
  components: z.array(z.discriminatedUnion('type', [buttonSchema, selectSchema, filledSelectSchema])),
});

export type Row = z.infer<typeof rowSchema>;
export type Button = z.infer<typeof buttonSchema>;
export type Select = z.infer<typeof selectSchema>;
type Menu = Select | z.infer<typeof filledSelectSchema>;

/** @throws ApiError where a message's components break a rule */
export function checkRows(rows: Row[]): void {
  check(rows.length <= MOST_ROWS, 'rows', 'components', `Must be ${MOST_ROWS} or fewer.`);
  for (const [index, row] of rows.entries()) {
    const field = `components.${index}.components`;
    const hasMenu = row.components.some(({ type }) => type !== ComponentType.Button);
    check(row.components.length > 0, 'empty-row', field, 'Must not be empty.');
    check(!hasMenu || row.components.length === 1, 'select-alone', field, 'A select menu takes a whole row.');
    check(row.components.length <= MOST_BUTTONS, 'buttons-in-row', field, `Must be ${MOST_BUTTONS} or fewer.`);
    for (const [position, component] of row.components.entries()) {
      if (component.type === ComponentType.Button) checkButton(component, `${field}.${position}`);
      else checkMenu(component, `${field}.${position}`);
    }
  }
  const ids = rows.flatMap((row) => row.components).flatMap(({ custom_id: id }) => (id === undefined ? [] : [id]));
  checkDistinct(ids, 'custom-id-twice', 'components');
}

function checkButton({ style, label, emoji, custom_id: id, url }: Button, field: string): void {
  check(label !== undefined || emoji !== undefined, 'button-label', field, 'A button needs a label or an emoji.');
  if (label !== undefined) checkLength(label, [1, 80], 'button-label', `${field}.label`);
  if (style === ButtonStyle.Link) check(url !== undefined, 'button-url', field, 'A link needs a URL.');
  else if (style !== ButtonStyle.Premium) checkCustomId(id ?? '', field);
}

export function checkMenu(menu: Menu, field: string): void {
  checkCustomId(menu.custom_id, field);
  checkLength(menu.placeholder ?? '', [0, 150], 'select-placeholder', `${field}.placeholder`);
  const { min_values: least = 1, max_values: most = 1 } = menu;
  check(least >= 0 && most >= 1 && least <= most && most <= MOST_OPTIONS, 'select-values', field, 'Out of range.');
  if (menu.type === ComponentType.StringSelect) checkOptions(menu.options, `${field}.options`);
}

function checkOptions(options: Select['options'], field: string): void {
  const isInRange = options.length >= 1 && options.length <= MOST_OPTIONS;
  check(isInRange, 'select-options', field, `Must be between 1 and ${MOST_OPTIONS} in length.`);
  for (const [index, { label, value, description }] of options.entries()) {
    checkLength(label, [1, 100], 'option-label', `${field}.${index}.label`);
    checkLength(value, [1, 100], 'option-value', `${field}.${index}.value`);
    checkLength(description ?? '', [0, 100], 'option-description', `${field}.${index}.description`);
  }
  checkDistinct(
    options.map(({ value }) => value),
    'option-value-twice',
    field,
  );
}

export function checkCustomId(id: string, field: string): void {
  checkLength(id, [1, 100], 'custom-id', `${field}.custom_id`);
}
