import { type Attachment, type Client, type Embed, type Message, StickerFormatType } from 'discord.js';
import { z } from 'zod';
import { ARCHIVE_SIZE } from '../../src/archive/limits.ts';
import type { FileReference } from '../../src/chat/request.ts';
import { isArchive } from '../../src/chat/sent.ts';
import { UserError } from '../../src/errors.ts';
import { download } from '../../src/image/download.ts';

/**
 * What is kept of an image: its address, which Discord lets expire, the message it stands in, which has a new one, and whether
 * it was covered there.
 */
const refSchema = z.object({
  url: z.string(),
  isCovered: z.boolean().exactOptional(),
  message: z.object({ channel: z.string(), id: z.string(), position: z.number() }).exactOptional(),
});
type Ref = z.infer<typeof refSchema>;

/** Files that Discord's own hosts serve, and nothing else. */
const HOSTS = /^(cdn\.discordapp\.com|media\.discordapp\.net|images-ext-\d+\.discordapp\.net)$/;

const NAMED_LIKE_IMAGE = /\.(png|jpe?g|webp|gif|avif|heic|heif|bmp|tiff?|svg)$/i;

interface Found {
  name: string;
  mediaType: string;
  size: number;
  url: string;
  isCovered?: boolean;
}

type Part = Pick<Message, 'attachments' | 'embeds' | 'stickers'>;

/** Whether whoever posted the image covered it. */
export function isCovered({ ref }: Pick<FileReference, 'ref'>): boolean {
  return refSchema.parse(JSON.parse(ref)).isCovered === true;
}

/** Makes the images and zips of messages and commands fetchable, from Discord's hosts alone. */
export class Images {
  readonly #client: Client;
  readonly #ownOrigin: string | undefined;

  /** @param apiUrl of another server than Discord, whose files are then trusted as well */
  constructor(client: Client, apiUrl: string | undefined) {
    this.#client = client;
    this.#ownOrigin = apiUrl === undefined ? undefined : new URL(apiUrl).origin;
  }

  ofAttachment(attachment: Attachment): FileReference {
    const { url, isCovered, ...found } = describeAttachment(attachment);
    return this.toReference({ ...found, ref: JSON.stringify({ url, isCovered } satisfies Ref) });
  }

  /** What a message shows, in order: images and zips that are attached, previews of links, stickers, and the same of a message it forwards. */
  ofMessage(message: Message): FileReference[] {
    return filesIn(message).map(({ url, isCovered = false, ...found }, position) => {
      const ref: Ref = { url, isCovered, message: { channel: message.channelId, id: message.id, position } };
      return this.toReference({ ...found, ref: JSON.stringify(ref) });
    });
  }

  /** A file as it was kept, made fetchable again. */
  toReference(stored: Omit<FileReference, 'fetch'>): FileReference {
    return { ...stored, fetch: () => this.#fetch(stored, refSchema.parse(JSON.parse(stored.ref))) };
  }

  async #fetch(file: Pick<FileReference, 'name' | 'mediaType'>, { url, message }: Ref): Promise<Uint8Array> {
    const source = {
      name: file.name,
      isTrusted: (here: URL) => this.#isTrusted(here),
      ...(isArchive(file) && { limit: ARCHIVE_SIZE }),
    };
    const load = (address: string) => download({ ...source, url: address });
    if (!message) return load(url);
    return load(url).catch(async (error: unknown) => {
      const isGone = error instanceof UserError && error.code === 'image-unreadable';
      const renewed = isGone ? await this.#renew(message) : undefined;
      if (renewed === undefined || renewed === url) throw error;
      return load(renewed);
    });
  }

  /** The image's address as it is now, where the bot may still read the message. */
  async #renew({ channel: id, id: messageId, position }: NonNullable<Ref['message']>): Promise<string | undefined> {
    const channel = await this.#client.channels.fetch(id).catch(() => null);
    if (!channel?.isTextBased()) return undefined;
    const message = await channel.messages.fetch({ message: messageId, force: true }).catch(() => undefined);
    return message && filesIn(message)[position]?.url;
  }

  #isTrusted({ protocol, hostname, origin }: URL): boolean {
    return origin === this.#ownOrigin || (protocol === 'https:' && HOSTS.test(hostname));
  }
}

function filesIn(message: Message): Found[] {
  return [message, ...message.messageSnapshots.values()].flatMap(({ attachments, embeds, stickers }: Partial<Part>) => [
    ...(attachments?.map(describeAttachment).filter((file) => looksLikeImage(file) || isArchive(file)) ?? []),
    ...(embeds?.flatMap(describeEmbed) ?? []),
    ...(stickers
      ?.filter(({ format }) => format !== StickerFormatType.Lottie)
      .map(({ name, url }) => ({ name, mediaType: '', size: 0, url })) ?? []),
  ]);
}

/** A covered file has a flag; older ones, and those that programs send, have it in their name alone. */
function describeAttachment({ name, contentType, size, url, spoiler }: Attachment) {
  const [, shown] = /^SPOILER_(.+)$/.exec(name) ?? [];
  const isCovered = spoiler || shown !== undefined;
  return { name: shown ?? name, mediaType: contentType ?? '', size, url, isCovered } satisfies Found;
}

/** Discord's own copy of the picture that a link shows: the original's host learns nothing. */
function describeEmbed({ image, thumbnail }: Embed): Found[] {
  const shown = image ?? thumbnail;
  if (!shown?.proxyURL) return [];
  const name = new URL(shown.url).pathname.split('/').at(-1) || 'image';
  return [{ name, mediaType: '', size: 0, url: shown.proxyURL }];
}

function looksLikeImage({ name, mediaType }: Found): boolean {
  return mediaType.startsWith('image/') || NAMED_LIKE_IMAGE.test(name);
}
