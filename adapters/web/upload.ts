import type { CommandDescription } from '../../src/chat/describe.ts';
import { type Line, parseLine } from '../../src/chat/line.ts';
import type { Locale } from '../../src/chat/locale.ts';
import type { Actor, Request as CommandRequest, ImageReference } from '../../src/chat/request.ts';
import { RefusalError } from './refusal.ts';

const OWN_FIELDS = ['command', 'channel', 'locale', 'image'];

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
 * Turns the fields of a form into a command request: `command` is a line as typed or only the name, `image` the files,
 * `channel` as it says, and every other field an option, which wins over the same option in the line.
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
    images: readImages(form),
    actor,
    channel: `local:${text(form, 'channel') || 'default'}`,
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

function readImages(form: FormData): ImageReference[] {
  const images: ImageReference[] = [];
  for (const value of form.getAll('image')) {
    if (typeof value === 'string') throw new RefusalError('image-not-file');
    if (value.name === '' && value.size === 0) continue; // what a browser sends for a file input left empty
    images.push(toReference(value, `upload:${images.length}`));
  }
  return images;
}

function toReference(file: File, ref: string): ImageReference {
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
