import type { webApi } from '@slack/bolt';
import { z } from 'zod';
import type { ReplyImage } from '../../src/chat/reply.ts';
import { cut, LIMITS } from './limits.ts';
import { post } from './post.ts';

const announcedSchema = z.object({ upload_url: z.string(), file_id: z.string() });

/** A file that Slack has, and shows nowhere yet. */
export type Uploaded = [{ id: string; title: string }, ...{ id: string; title: string }[]];

/**
 * The first two of three steps that bring pictures to Slack; sharing them is the third.
 * The SDK's own upload names the description `alt_text`, which Slack does not know: files.getUploadURLExternal has `alt_txt`.
 */
export async function upload(images: readonly ReplyImage[], client: webApi.WebClient): Promise<Uploaded | undefined> {
  const [first, ...others] = await Promise.all(images.map((image) => uploadOne(image, client)));
  return first && [first, ...others];
}

async function uploadOne({ name, alt, bytes }: ReplyImage, client: webApi.WebClient) {
  const announcement = { filename: name, length: bytes.length, alt_txt: cut(alt, LIMITS.fileAlt) };
  const { upload_url, file_id } = announcedSchema.parse(
    await client.apiCall('files.getUploadURLExternal', announcement),
  );
  const status = await post(upload_url, bytes, 'application/octet-stream');
  if (status !== 200) throw new Error(`Slack took no file: status ${status}`);
  return { id: file_id, title: name };
}
