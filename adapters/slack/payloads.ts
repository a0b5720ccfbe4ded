import { z } from 'zod';

/** A file as an event, a message, a form or `files.info` shows it. What is not ready yet lacks its type and addresses. */
export const fileSchema = z.object({
  id: z.string(),
  name: z.string().nullish(),
  mode: z.string().nullish(),
  mimetype: z.string().nullish(),
  size: z.number().nullish(),
  url_private: z.string().nullish(),
  url_private_download: z.string().nullish(),
});
export type SlackFile = z.infer<typeof fileSchema>;

const files = z.array(fileSchema).nullish();

/** A message in which the app is mentioned, or which is written to it. */
export const messageSchema = z.object({
  channel: z.string(),
  channel_type: z.string().optional(),
  user: z.string(),
  text: z.string().default(''),
  ts: z.string(),
  thread_ts: z.string().optional(),
  subtype: z.string().optional(),
  bot_id: z.string().optional(),
  files,
});

export const repliesSchema = z.object({ messages: z.array(z.object({ files })) });

export const shortcutSchema = z.object({
  callback_id: z.string(),
  user: z.object({ id: z.string() }),
  channel: z.object({ id: z.string() }),
  message: z.object({ ts: z.string(), thread_ts: z.string().optional(), files }),
  response_url: z.string(),
});

const container = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('message'),
    channel_id: z.string(),
    message_ts: z.string(),
    thread_ts: z.string().optional(),
  }),
  z.object({ type: z.literal('view') }),
]);

/** A button that was pressed, or a menu something was chosen from. */
export const actionSchema = z.object({
  user: z.object({ id: z.string() }),
  container,
  trigger_id: z.string(),
  response_url: z.string().optional(),
  actions: z.tuple([
    z.object({
      block_id: z.string(),
      action_id: z.string(),
      selected_option: z.object({ value: z.string() }).nullish(),
    }),
  ]),
});

/** A form that was sent: by block, then by input, what was entered. */
export const submissionSchema = z.object({
  user: z.object({ id: z.string() }),
  view: z.object({
    private_metadata: z.string(),
    state: z.object({
      values: z.record(
        z.string(),
        z.record(
          z.string(),
          z.object({
            value: z.string().nullish(),
            selected_option: z.object({ value: z.string() }).nullish(),
            files,
          }),
        ),
      ),
    }),
  }),
});

export const homeSchema = z.object({ user: z.string(), channel: z.string(), tab: z.string() });
