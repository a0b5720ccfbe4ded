import { MessageFlags } from 'discord.js';
import { ApiError, check } from './api-error.ts';
import type { Upload } from './api-request.ts';
import type { FileServer } from './file-server.ts';
import { type Attachment, attach } from './files.ts';
import type { Message } from './message.ts';
import { checkMessage, type MessageBody, messageSchema } from './rules/message.ts';
import { parse } from './rules/parse.ts';

const MOST_FILES = 10;
const SETTABLE = MessageFlags.Ephemeral | MessageFlags.SuppressEmbeds | MessageFlags.SuppressNotifications;

interface Limits {
  /** In bytes, of one file. */
  fileSize: number;
}

/** @throws ApiError where the body of a message breaks a rule */
export function readMessage(raw: unknown): MessageBody {
  const body = parse(messageSchema, raw ?? {});
  const flags = body.flags ?? 0;
  check((flags & MessageFlags.IsComponentsV2) === 0, 'not-modelled', 'flags', 'Components V2 are not modelled here.');
  checkMessage(body);
  return body;
}

/** The flags that a new message gets. */
export function flagsOf({ flags }: MessageBody): number {
  return (flags ?? 0) & SETTABLE;
}

/**
 * Writes a body into a message, new or old: what is absent stays, and so do files unless `attachments` leaves them out.
 * @throws ApiError before anything is written
 */
export function write(
  message: Message,
  body: MessageBody,
  files: Map<string, Upload>,
  cdn: FileServer,
  { fileSize }: Limits,
): void {
  const kept = keptFiles(message, body, files);
  check(kept.length + files.size <= MOST_FILES, 'files-count', 'attachments', `Must be ${MOST_FILES} or fewer.`);
  for (const { bytes } of files.values()) {
    if (bytes.length > fileSize) throw new ApiError('file-size', 413, 40005, 'Request entity too large');
  }
  const { content = message.content, embeds = message.embeds, components = message.components } = body;
  if (!content && !embeds?.length && !components?.length && kept.length + files.size === 0) {
    throw new ApiError('empty-message', 400, 50006, 'Cannot send an empty message');
  }
  message.content = content ?? '';
  message.embeds = embeds ?? [];
  message.components = components ?? [];
  message.allowedMentions = body.allowed_mentions;
  for (const gone of message.attachments) if (!kept.includes(gone)) cdn.withdraw(gone.payload.url);
  const added = [...files].map(([index, { name, type, bytes }]) => {
    const description = body.attachments?.find(({ id }) => id === index)?.description ?? undefined;
    const file = { name, type, bytes, ...(description !== undefined && { description }) };
    return attach(cdn, file, message.channel.id, message.isEphemeral);
  });
  message.attachments = [...kept, ...added];
}

function keptFiles(message: Message, { attachments }: MessageBody, files: Map<string, Upload>): Attachment[] {
  if (!attachments) return message.attachments;
  const ids = attachments.map(({ id }) => id);
  const isKnown = ids.every((id) => files.has(id) || message.attachments.some((file) => file.id === id));
  check(isKnown, 'attachment-id', 'attachments', `No such files: ${ids.join(', ')}`);
  return message.attachments.filter(({ id }) => ids.includes(id));
}
