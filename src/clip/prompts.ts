import { UserError } from '../errors.ts';
import { CLIP_80 } from './clip-80.ts';

/** Where the label goes. */
const SLOT = '{label}';

const MAX_LENGTH = 200;

/**
 * Templates by name. `clip-7` and `clip-80` are the ensembles that the CLIP authors published for ImageNet; the seven
 * were chosen from the eighty by forward selection (same notebook as `CLIP_80`).
 */
export const TEMPLATE_SETS: Readonly<Record<string, readonly string[]>> = {
  photo: ['a photo of a {label}'],
  plain: ['{label}'],
  'clip-7': [
    'itap of a {label}.',
    'a bad photo of the {label}.',
    'a origami {label}.',
    'a photo of the large {label}.',
    'a {label} in a video game.',
    'art of the {label}.',
    'a photo of the small {label}.',
  ],
  'clip-80': CLIP_80,
};

export const DEFAULT_TEMPLATE = 'photo';

/** What pictures show every day: the mean of their vectors stands for any picture, see `contrast`. */
export const EVERYDAY: readonly string[] = (
  'cat dog bird fish horse tree flower grass food fruit bread cup car boat bicycle train house door chair table bed book ' +
  'phone clock ball hat shoe person hand face sky water sun star mountain road wall ground'
).split(' ');

/**
 * The templates that a name, or a text of the user's own with `{label}` in it, stands for.
 * @throws UserError `template-slot` or `template-too-long`
 */
export function templatesOf(nameOrText: string): readonly string[] {
  const named = Object.hasOwn(TEMPLATE_SETS, nameOrText) ? TEMPLATE_SETS[nameOrText] : undefined;
  if (named) return named;
  const text = nameOrText.trim();
  if (text.length > MAX_LENGTH) throw new UserError('template-too-long', { limit: MAX_LENGTH });
  if (text.split(SLOT).length !== 2) throw new UserError('template-slot', { template: text });
  return [text];
}

/** The label may hold any character: `$&` and the like are not read as patterns. */
export function fill(template: string, label: string): string {
  return template.replace(SLOT, () => label);
}
