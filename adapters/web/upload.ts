import type { CommandDescription } from '../../src/chat/describe.ts';
import { type Line, parseLine } from '../../src/chat/line.ts';
import { localChannel } from '../../src/chat/local.ts';
import type { Locale } from '../../src/chat/locale.ts';
import type { Actor, Request as CommandRequest, FileReference } from '../../src/chat/request.ts';
import { sortFiles } from '../../src/chat/sent.ts';
import { RefusalError } from './refusal.ts';

const OWN_FIELDS = ['command', 'channel', 'locale', 'image', 'archive'];

/**
 * Parses a multipart body that was read whole.
 * @throws RefusalError `not-multipart` or `broken-form`.
 */
export async function parseForm(body: Blob, contentType: string | undefined): Promise<FormData> {
  if (!contentType?.toLowerCase().startsWith('multipart/form-data')) throw new RefusalError('not-multipart');
  try {
    return await new Response(body, { headers: { 'content-type': contentType } }).formData();
  } catch (error) {
    throw new RefusalError('broken-form', { cause: error });
  }
}

/**
 * Turns the fields of a form into a command request: `command` is a line as typed or only the name, `image` the image files,
 * `archive` the zips, `channel` as it says, and every other field an option, which wins over the same option in the line.
 * @throws RefusalError naming the first field that does not fit.
 */
export function toRequest(
  form: FormData,
  commands: readonly CommandDescription[],
  actor: Actor,
  locale: Locale,
): CommandRequest {
  const line = readLine(form, commands);
  return {
    ...line,
    options: { ...line.options, ...readOptions(form) },
    ...readSent(form),
    actor,
    channel: localChannel(text(form, 'channel') || 'default'),
    locale,
  };
}

function readLine(form: FormData, commands: readonly CommandDescription[]): Line {
  const command = text(form, 'command')?.trim();
  if (!command) throw new RefusalError('command-missing');
  return parseLine(command, commands);
}

function readOptions(form: FormData): Record<string, string> {
  const options = new Map<string, string>();
  for (const [name, value] of form) {
    if (OWN_FIELDS.includes(name)) continue;
    if (typeof value !== 'string') throw new RefusalError('file-elsewhere');
    options.set(name, value);
  }
  return Object.fromEntries(options);
}

/** A zip among the images is one all the same. */
function readSent(form: FormData): Pick<CommandRequest, 'images' | 'archives'> {
  const { images, archives } = sortFiles(readFiles(form, 'image'));
  return { images, archives: [...archives, ...readFiles(form, 'archive')] };
}

function readFiles(form: FormData, field: 'image' | 'archive'): FileReference[] {
  const files: FileReference[] = [];
  for (const value of form.getAll(field)) {
    if (typeof value === 'string') throw new RefusalError(`${field}-not-file`);
    if (value.name === '' && value.size === 0) continue; // what a browser sends for a file input left empty
    files.push(toReference(value, `${field}:${files.length}`));
  }
  return files;
}

function toReference(file: File, ref: string): FileReference {
  return {
    name: file.name,
    mediaType: file.type,
    size: file.size,
    ref,
    fetch: async () => new Uint8Array(await file.arrayBuffer()),
  };
}

function text(form: FormData, name: string): string | undefined {
  const value = form.get(name);
  return typeof value === 'string' ? value : undefined;
}
