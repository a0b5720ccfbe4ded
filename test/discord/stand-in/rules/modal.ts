import { ComponentType } from 'discord.js';
import { z } from 'zod';
import { check, checkDistinct, checkLength } from '../api-error.ts';
import { checkCustomId, checkMenu, filledSelectSchema, selectSchema } from './components.ts';

const textInputSchema = z.looseObject({
  type: z.literal(ComponentType.TextInput),
  custom_id: z.string(),
  label: z.string().optional(),
  style: z.union([z.literal(1), z.literal(2)]),
  min_length: z.int().min(0).max(4000).optional(),
  max_length: z.int().min(1).max(4000).optional(),
  required: z.boolean().optional(),
  value: z.string().optional(),
  placeholder: z.string().optional(),
});

const fileUploadSchema = z.looseObject({
  type: z.literal(ComponentType.FileUpload),
  custom_id: z.string(),
  min_values: z.int().min(0).max(10).optional(),
  max_values: z.int().min(1).max(10).optional(),
  required: z.boolean().optional(),
});

const groupSchema = z.looseObject({
  type: z.literal([ComponentType.RadioGroup, ComponentType.CheckboxGroup]),
  custom_id: z.string(),
  required: z.boolean().optional(),
  options: z.array(z.looseObject({ label: z.string(), value: z.string(), default: z.boolean().optional() })),
});

const checkboxSchema = z.looseObject({
  type: z.literal(ComponentType.Checkbox),
  custom_id: z.string(),
  default: z.boolean().optional(),
});

const fieldSchema = z.discriminatedUnion('type', [
  textInputSchema,
  selectSchema,
  filledSelectSchema,
  fileUploadSchema,
  groupSchema,
  checkboxSchema,
]);

export const modalSchema = z.looseObject({
  custom_id: z.string(),
  title: z.string(),
  components: z.array(
    z.discriminatedUnion('type', [
      z.looseObject({ type: z.literal(ComponentType.ActionRow), components: z.array(textInputSchema) }),
      z.looseObject({
        type: z.literal(ComponentType.Label),
        label: z.string(),
        description: z.string().optional(),
        component: fieldSchema,
      }),
      z.looseObject({ type: z.literal(ComponentType.TextDisplay), content: z.string() }),
    ]),
  ),
});

/** A form that the bot opened. */
export type Modal = z.infer<typeof modalSchema>;
export type Field = z.infer<typeof fieldSchema>;

/** The fields of a form with the labels that people see, in the old layout and in the new one. */
export function fieldsOf(modal: Modal): { label: string; field: Field }[] {
  return modal.components.flatMap((part) => {
    if (part.type === ComponentType.Label) return [{ label: part.label, field: part.component }];
    if (part.type === ComponentType.TextDisplay) return [];
    return part.components.map((field) => ({ label: field.label ?? '', field }));
  });
}

/** @throws ApiError where a form breaks a rule */
export function checkModal(modal: Modal): void {
  checkLength(modal.title, [1, 45], 'modal-title', 'title');
  checkCustomId(modal.custom_id, 'modal');
  const { length } = modal.components;
  check(length >= 1 && length <= 5, 'modal-components', 'components', 'Must be between 1 and 5 in length.');
  for (const [index, part] of modal.components.entries()) {
    if (part.type !== ComponentType.ActionRow) continue;
    check(part.components.length === 1, 'modal-row', `components.${index}`, 'A row of a modal holds one text input.');
  }
  for (const [index, { label, field }] of fieldsOf(modal).entries()) checkField(label, field, `components.${index}`);
  const ids = fieldsOf(modal).map(({ field }) => field.custom_id);
  checkDistinct(ids, 'custom-id-twice', 'components');
}

function checkField(label: string, field: Field, path: string): void {
  checkLength(label, [1, 45], 'field-label', `${path}.label`);
  checkCustomId(field.custom_id, path);
  switch (field.type) {
    case ComponentType.TextInput:
      checkLength(field.placeholder ?? '', [0, 100], 'field-placeholder', `${path}.placeholder`);
      checkLength(field.value ?? '', [0, field.max_length ?? 4000], 'field-value', `${path}.value`);
      break;
    case ComponentType.StringSelect:
    case ComponentType.UserSelect:
    case ComponentType.RoleSelect:
    case ComponentType.MentionableSelect:
    case ComponentType.ChannelSelect:
      checkMenu(field, path);
      break;
    case ComponentType.RadioGroup:
    case ComponentType.CheckboxGroup:
      check(field.options.length <= 10, 'group-options', `${path}.options`, 'Must be 10 or fewer.');
      break;
    default:
  }
}
