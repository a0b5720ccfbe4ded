import { type APIModalInteractionResponseCallbackData, ComponentType, TextInputStyle } from 'discord.js';
import { type CommandDescription, findDescription } from '../../src/chat/describe.ts';
import type { Locale } from '../../src/chat/locale.ts';
import type { Button } from '../../src/chat/reply.ts';
import { type Control, toCustomId } from './controls.ts';
import { cut, LIMITS } from './limits.ts';

/** The form that asks for the options of a button, with what there is already in its fields. */
export function toForm(
  button: Button,
  followUp: Pick<Control, 'followUp' | 'index'>,
  commands: readonly CommandDescription[],
  locale: Locale,
): APIModalInteractionResponseCallbackData {
  const action = findDescription(commands, button);
  return {
    custom_id: toCustomId({ kind: 'form', ...followUp }),
    title: cut(button.label.replace(/…$/, ''), LIMITS.formTitle),
    components: (button.ask ?? []).map((name) => {
      const option = action?.options.find((candidate) => candidate.name === name);
      const value = button.options[name] ?? '';
      return {
        type: ComponentType.Label,
        label: cut(locale === 'ko' ? (option?.korean ?? name) : name, LIMITS.formLabel),
        ...(option && { description: cut(option.description[locale], LIMITS.formDescription) }),
        component: {
          type: ComponentType.TextInput,
          custom_id: name,
          style: TextInputStyle.Paragraph,
          max_length: LIMITS.formValue,
          // Half of a list would be taken for all of it: what is too long is typed anew.
          ...(value && value.length <= LIMITS.formValue && { value }),
        },
      };
    }),
  };
}
