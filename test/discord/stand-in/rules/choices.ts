import { z } from 'zod';
import { check, checkLength } from '../api-error.ts';

const MOST_CHOICES = 25;

export const choiceSchema = z.looseObject({
  name: z.string(),
  name_localizations: z.record(z.string(), z.string()).nullish(),
  value: z.union([z.string(), z.number()]),
});

/** One of the values that are offered for an option. */
export type Choice = z.infer<typeof choiceSchema>;

export const completionSchema = z.object({ choices: z.array(choiceSchema) });

/** @throws ApiError where choices break a rule; they are the same in completion and in a registered option */
export function checkChoices(choices: Choice[], field: string): void {
  check(choices.length <= MOST_CHOICES, 'choices', field, `Must be ${MOST_CHOICES} or fewer in length.`);
  for (const [index, { name, value, name_localizations: names }] of choices.entries()) {
    for (const text of [name, ...Object.values(names ?? {})]) {
      checkLength(text, [1, 100], 'choice-name', `${field}.${index}.name`);
    }
    if (typeof value === 'string') checkLength(value, [1, 100], 'choice-value', `${field}.${index}.value`);
  }
}
