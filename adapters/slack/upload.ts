import type { webApi } from '@slack/bolt';
import { z } from 'zod';
import type { Answer } from '../../src/chat/answer.ts';
import { cut, LIMITS } from './limits.ts';
import { post } from './post.ts';

const announcedSchema = z.object({ upload_url: z.string(), file_id: z.string() });

/** A file that Slack has, and shows nowhere yet. */
export type Uploaded = [{ id: string; title: string }, ...{ id: string; title: string }[]];

/**
 * The first two of three steps that bring pictures and files to Slack; sharing them is the third.
 * A picture is described for screen readers; a file is called what is in it, since that is shown in place of its name.
 * The SDK's own upload names the description `alt_text`, which Slack does not know: files.getUploadURLExternal has `alt_txt`.
 */
export async function upload(
  { images, files }: Pick<Answer, 'images' | 'files'>,
  client: webApi.WebClient,
): Promise<Uploaded | undefined> {
  const [first, ...others] = await Promise.all([
    ...images.map(({ alt, ...image }) => uploadOne({ ...image, title: image.name, alt }, client)),
    ...files.map(({ description, ...file }) => uploadOne({ ...file, title: description }, client)),
  ]);
  return first && [first, ...others];
}

interface Upload {
  name: string;
  title: string;
  alt?: string;
  bytes: Uint8Array;
}

async function uploadOne({ name, title, alt, bytes }: Upload, client: webApi.WebClient) {
  const described = alt === undefined ? {} : { alt_txt: cut(alt, LIMITS.fileAlt) };
  const announcement = { filename: name, length: bytes.length, ...described };
  const { upload_url, file_id } = announcedSchema.parse(
    await client.apiCall('files.getUploadURLExternal', announcement),
  );
  const status = await post(upload_url, bytes, 'application/octet-stream');
  if (status !== 200) throw new Error(`Slack took no file: status ${status}`);
  return { id: file_id, title };
}
