import { z } from 'zod';
import { UserError } from '../errors.ts';
import type { Localised } from './locale.ts';

/** What adapters need to know of an option to offer it: Discord's JSON, completion and `--help` derive from this. */
export interface OptionDescription {
  name: string;
  /** The name as Discord shows it to Korean users. */
  korean: string;
  kind: 'text' | 'integer' | 'choice';
  required: boolean;
  description: Localised;
  /** In a line of text, what stands free after the command belongs to this option. */
  main: boolean;
  /** Where the main option is one word, what stands free after that word belongs to this one. */
  afterMain: boolean;
  /** The only values there are, for a choice. */
  choices: readonly string[];
  /** Values worth offering for a text that may be any other as well. */
  suggestions: readonly string[];
  minimum?: number | undefined;
  maximum?: number | undefined;
}

interface OptionTexts extends Localised {
  korean: string;
}

interface OptionExtras {
  main?: boolean;
  afterMain?: boolean;
  suggestions?: readonly string[];
}

/**
 * Gives an option its Korean name and its description. `main` marks the one that takes the free text of a line, `afterMain` one
 * that takes all of it but the first word.
 */
export function option<T extends z.ZodType>(schema: T, about: OptionTexts, extras: OptionExtras = {}): T {
  return schema.meta({ about, ...extras });
}

const describedSchema = z.object({
  properties: z.record(
    z.string(),
    z.object({
      type: z.enum(['string', 'integer', 'number']),
      about: z.object({ korean: z.string(), en: z.string(), ko: z.string() }),
      main: z.boolean().default(false),
      afterMain: z.boolean().default(false),
      suggestions: z.array(z.string()).default([]),
      enum: z.array(z.string()).default([]),
      minimum: z.number().optional(),
      maximum: z.number().optional(),
    }),
  ),
  required: z.array(z.string()).default([]),
});

/** The options of an action in the order they were declared. */
export function describeOptions(options: z.ZodObject): OptionDescription[] {
  const { properties, required } = describedSchema.parse(z.toJSONSchema(options));
  return Object.entries(properties).map(
    ([
      name,
      {
        about: { korean, ...description },
        ...property
      },
    ]) => ({
      name,
      korean,
      kind: property.enum.length > 0 ? 'choice' : property.type === 'string' ? 'text' : 'integer',
      required: required.includes(name),
      description,
      main: property.main,
      afterMain: property.afterMain,
      choices: property.enum,
      suggestions: property.suggestions,
      minimum: property.minimum,
      maximum: property.maximum,
    }),
  );
}

/** @throws UserError `bad-option` or `option-missing`, naming the first option that does not fit. */
export function parseOptions<O extends z.ZodObject>(options: O, raw: Readonly<Record<string, string>>): z.output<O> {
  const parsed = options.safeParse(raw);
  if (parsed.success) return parsed.data;
  const name = String(parsed.error.issues[0]?.path[0] ?? '');
  const value = raw[name];
  if (value === undefined) throw new UserError('option-missing', { name });
  throw new UserError('bad-option', { name, value, expected: expectation(options, name) });
}

function expectation(options: z.ZodObject, name: string): string {
  const described = describeOptions(options).find((candidate) => candidate.name === name);
  if (described?.kind === 'choice') return described.choices.join(', ');
  return `${described?.minimum ?? 0}–${described?.maximum ?? ''}`;
}
