import { z } from 'zod';
import { check, checkLength, lengthOf } from '../api-error.ts';
import { checkRows, rowSchema } from './components.ts';

const embedSchema = z.looseObject({
  title: z.string().nullish(),
  description: z.string().nullish(),
  fields: z.array(z.looseObject({ name: z.string(), value: z.string() })).nullish(),
  footer: z.looseObject({ text: z.string() }).nullish(),
  author: z.looseObject({ name: z.string() }).nullish(),
});

/** What the bot sends to write or edit a message. An absent field stays as it is. */
export const messageSchema = z.object({
  content: z.string().nullish(),
  flags: z.int().nullish(),
  embeds: z.array(embedSchema).nullish(),
  components: z.array(rowSchema).nullish(),
  allowed_mentions: z.unknown().optional(),
  attachments: z
    .array(z.looseObject({ id: z.union([z.string(), z.int()]).transform(String), description: z.string().nullish() }))
    .nullish(),
  message_reference: z.looseObject({ message_id: z.string(), fail_if_not_exists: z.boolean().nullish() }).nullish(),
  nonce: z.union([z.string(), z.int()]).nullish(),
  enforce_nonce: z.boolean().nullish(),
});

export type MessageBody = z.infer<typeof messageSchema>;
type Embed = z.infer<typeof embedSchema>;

/** @throws ApiError where a message breaks a rule that needs no more than its own body */
export function checkMessage(body: MessageBody): void {
  checkLength(body.content ?? '', [0, 2000], 'content-length', 'content');
  for (const [index, { description }] of (body.attachments ?? []).entries()) {
    checkLength(description ?? '', [0, 1024], 'alt-text', `attachments.${index}.description`);
  }
  checkEmbeds(body.embeds ?? []);
  checkRows(body.components ?? []);
}

function checkEmbeds(embeds: Embed[]): void {
  check(embeds.length <= 10, 'embeds', 'embeds', 'Must be 10 or fewer.');
  let sum = 0;
  for (const [index, { title, description, fields, footer, author }] of embeds.entries()) {
    const path = `embeds.${index}`;
    const limited = (text: string | null | undefined, most: number, name: string) => {
      checkLength(text ?? '', [0, most], 'embed-text', `${path}.${name}`);
      sum += lengthOf(text ?? '');
    };
    limited(title, 256, 'title');
    limited(description, 4096, 'description');
    limited(footer?.text, 2048, 'footer.text');
    limited(author?.name, 256, 'author.name');
    check((fields ?? []).length <= 25, 'embed-fields', `${path}.fields`, 'Must be 25 or fewer.');
    for (const field of fields ?? []) {
      limited(field.name, 256, 'fields');
      limited(field.value, 1024, 'fields');
    }
  }
  check(sum <= 6000, 'embed-text', 'embeds', 'Embeds hold 6000 characters in all.');
}
