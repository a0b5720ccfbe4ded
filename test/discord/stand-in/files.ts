import { basename } from 'node:path';
import { type APIAttachment, AttachmentFlags } from 'discord.js';
import type { Behaviour } from './behaviours.ts';
import type { FileServer } from './file-server.ts';
import { snowflake } from './snowflake.ts';

/** A file that someone uploads. What it says of itself need not be true. */
export interface SharedFile {
  name: string;
  type?: string;
  bytes?: Uint8Array;
  /** How the CDN answers for it; else with `bytes`. */
  behaviour?: Behaviour;
  /** As Discord tells it; else that of `bytes`. */
  size?: number;
  description?: string;
  width?: number;
  height?: number;
  /** Whether its sender covered it. */
  isSpoiler?: boolean;
}

/** A file on a message. */
export interface Attachment {
  readonly id: string;
  readonly filename: string;
  /** The alt text. */
  description: string | undefined;
  readonly bytes: Uint8Array;
  readonly isSpoiler: boolean;
  readonly payload: APIAttachment;
}

/** Puts a file where the bot and the users find it. */
export function attach(cdn: FileServer, file: SharedFile, folder: string, isEphemeral = false): Attachment {
  const id = snowflake();
  const bytes = file.bytes ?? new Uint8Array();
  const filename = basename(file.name);
  const kind = isEphemeral ? 'ephemeral-attachments' : 'attachments';
  const path = `/${kind}/${folder}/${id}/${encodeURIComponent(filename)}`;
  const url = cdn.share(path, file.behaviour ?? { kind: 'bytes', bytes }, file.type);
  const { description, width, height } = file;
  const payload: APIAttachment = {
    id,
    filename,
    size: file.size ?? bytes.length,
    url,
    proxy_url: url,
    ...(file.type !== undefined && { content_type: file.type }),
    ...(description !== undefined && { description }),
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
    ...(isEphemeral && { ephemeral: true }),
    ...(file.isSpoiler && { flags: AttachmentFlags.IsSpoiler }),
  };
  return { id, filename, description, bytes, isSpoiler: filename.startsWith('SPOILER_'), payload };
}
