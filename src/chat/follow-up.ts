import { z } from 'zod';
import { UserError } from '../errors.ts';
import type { Answer } from './answer.ts';
import type { FileReference } from './request.ts';

const runSchema = z.object({
  label: z.string(),
  command: z.string(),
  subcommand: z.string().optional(),
  options: z.record(z.string(), z.string()),
  withImages: z.boolean(),
});

const followUpSchema = z.object({
  buttons: z.array(
    runSchema.extend({
      ask: z.array(z.string()).exactOptional(),
      visibility: z.enum(['public', 'private']).exactOptional(),
    }),
  ),
  choices: z.array(
    runSchema.extend({
      option: z.string(),
      values: z.array(z.object({ label: z.string(), value: z.string() })),
    }),
  ),
  /** What finds the images and zips of the request again. Never their bytes. */
  images: z.array(z.object({ name: z.string(), mediaType: z.string(), size: z.number(), ref: z.string() })),
  /** The text of the answer, where it did not fit into one message. */
  pages: z.array(z.string()),
});

/** What can be done with an answer once it is given. */
export type FollowUp = z.infer<typeof followUpSchema>;

/** What can be done with an answer about these images and zips, of which `pages` are the text. */
export function toFollowUp(
  { buttons, choices }: Pick<Answer, 'buttons' | 'choices'>,
  images: readonly FileReference[],
  pages: readonly string[],
): FollowUp {
  return {
    buttons: buttons.map(({ ask, ...button }) => ({ ...button, ...(ask && { ask: [...ask] }) })),
    choices: choices.map(({ values, ...choice }) => ({ ...choice, values: [...values] })),
    images: images.map(({ name, mediaType, size, ref }) => ({ name, mediaType, size, ref })),
    // What fits into one message is not kept.
    pages: pages.length > 1 ? [...pages] : [],
  };
}

/** Where follow-ups outlive a restart. */
interface Shelf {
  keep(body: string): Promise<string>;
  find(id: string): Promise<string | undefined>;
}

/** Keeps what the buttons of an answer do. A platform's button has room for an id, not for a hundred labels. */
export class FollowUpBook {
  readonly #shelf: Shelf;

  constructor(shelf: Shelf) {
    this.#shelf = shelf;
  }

  /** @returns the id to find it by, or none where there is nothing to follow */
  async keep(followUp: FollowUp): Promise<string | undefined> {
    const { buttons, choices, pages } = followUp;
    if (buttons.length + choices.length === 0 && pages.length < 2) return undefined;
    return this.#shelf.keep(JSON.stringify(followUp));
  }

  /** @throws UserError `button-gone` where it is no longer kept */
  async find(id: string): Promise<FollowUp> {
    const body = await this.#shelf.find(id);
    if (body === undefined) throw new UserError('button-gone', {});
    return followUpSchema.parse(JSON.parse(body));
  }
}
