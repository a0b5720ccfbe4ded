import { z } from 'zod';
import { fileJson, type StoredFile } from '../file.ts';
import { Refusal } from '../refusal.ts';
import { checkContent, json } from '../rules/content.ts';
import { needThread } from './chat.ts';
import { type Caller, channelFor, type Method, method } from './method.ts';

const LONGEST_ALT = 1000;

const announced = z.object({
  filename: z.string().min(1),
  length: z.coerce.number().int().positive(),
  alt_txt: z.string().max(LONGEST_ALT).optional(),
  alt_text: z.string().optional(),
});

const completed = z.object({
  files: json(z.array(z.object({ id: z.string(), title: z.string().optional() })).min(1)),
  channel_id: z.string().optional(),
  thread_ts: z.string().optional(),
  initial_comment: z.string().optional(),
  blocks: json(z.unknown()).optional(),
});

const one = z.object({ file: z.string() });

/** Methods about files. */
export const files: Record<string, Method> = {
  'files.info': method(['files:read'], one, (args, { backend, installation }) => {
    const file = backend.files.find(args.file);
    if (!file || !backend.files.isVisible(file, installation)) throw new Refusal('file_not_found', args.file);
    const answer = { file: fileJson(file, backend.origin), comments: [] };
    file.notReadyFor = Math.max(0, file.notReadyFor - 1);
    return answer;
  }),

  'files.getUploadURLExternal': method(['files:write'], announced, (args, { backend, installation }) => {
    const received = { alt_txt: args.alt_txt, alt_text: args.alt_text };
    const upload = { name: args.filename, length: args.length, received };
    const file = backend.files.announce(upload, installation.team);
    return { upload_url: `${backend.origin}/upload/v1/${file.id}`, file_id: file.id };
  }),

  'files.completeUploadExternal': method(['files:write'], completed, (args, caller) => {
    const { backend } = caller;
    const uploaded = args.files.map(({ id, title }) => {
      const file = uploadedFile(caller, id);
      file.title = title ?? file.name;
      return file;
    });
    const share = args.channel_id === undefined ? undefined : shareIn(caller, args.channel_id, args, uploaded);
    for (const file of uploaded) file.upload = 'processing';
    backend.process(() => {
      for (const file of uploaded) file.upload = 'processed';
      share?.();
    });
    // What is not processed yet has no type and no shares in the answer.
    return { files: uploaded.map(({ id, title, name, created }) => ({ id, title, name, created, mimetype: '' })) };
  }),

  'files.delete': method(['files:write'], one, (args, { backend, installation }) => {
    const file = backend.files.find(args.file);
    if (!file || !backend.files.isVisible(file, installation)) throw new Refusal('file_not_found', args.file);
    if (file.owner !== installation.team.botUser) throw new Refusal('cant_delete_file', args.file);
    file.deleted = true;
    return {};
  }),
};

function uploadedFile({ backend, installation }: Caller, id: string): StoredFile {
  const file = backend.files.find(id);
  if (!file || file.team !== installation.team || file.owner !== installation.team.botUser) {
    throw new Refusal('file_not_found', id);
  }
  if (!backend.files.isReceived(file)) throw new Refusal('file_not_found', `${id} has no bytes yet`);
  if (file.upload !== 'open') throw new Refusal('file_already_completed', id);
  return file;
}

/** What will show the files in a channel, once they are processed. */
function shareIn(
  caller: Caller,
  id: string,
  { thread_ts, initial_comment, blocks }: z.infer<typeof completed>,
  uploaded: StoredFile[],
): () => void {
  const { backend } = caller;
  const where = 'files.completeUploadExternal';
  const channel = channelFor(caller, id);
  needThread(caller, channel, thread_ts, where);
  const hasComment = initial_comment !== undefined && initial_comment !== '';
  if (hasComment && blocks !== undefined) {
    backend.violate({ rule: 'blocks_ignored', where, detail: 'initial_comment makes Slack ignore blocks' });
  }
  // A file says what the message is, so blocks need no text beside them here.
  const content =
    blocks !== undefined && !hasComment
      ? { ...checkContent(backend, { text: ' ', blocks }, where), text: '' }
      : { text: initial_comment ?? '' };
  return () => {
    const message = backend.post({ channel, via: where, threadTs: thread_ts, files: uploaded, ...content });
    for (const file of uploaded) if (message.exchange) backend.files.ownedBy(message.exchange, file);
  };
}
