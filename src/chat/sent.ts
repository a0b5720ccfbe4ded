import type { ActionDescription } from './describe.ts';
import type { FileReference, Request } from './request.ts';

type Sent = Pick<Request, 'images' | 'archives'>;

/** The media type of a folder, as in the shared-mime-info database. */
export const FOLDER = 'inode/directory';

/** Whether somebody sent a zip or a folder, by its name and type. What it is in truth shows when it is read. */
export function isArchive({ name, mediaType }: Pick<FileReference, 'name' | 'mediaType'>): boolean {
  return mediaType === FOLDER || /\.zip$/i.test(name) || /^application\/(x-)?zip(-compressed)?$/.test(mediaType);
}

/** Files that were given to a command, apart by what they are. What is no archive is an image, or will be told what it is. */
export function sortFiles(files: readonly FileReference[]): Sent {
  return { images: files.filter((file) => !isArchive(file)), archives: files.filter(isArchive) };
}

/** The same of files on a message: an archive beside images, which the command has no use for, is none of its business. */
export function sortAttached(files: readonly FileReference[], action: ActionDescription | undefined): Sent {
  const { images, archives } = sortFiles(files);
  return { images, archives: images.length > 0 && !takesArchives(action) ? [] : archives };
}

function takesArchives(action: ActionDescription | undefined): boolean {
  return action !== undefined && action.archives.max > 0;
}

/** Whether there is anything that it could do with a file. */
export function takesFiles(action: ActionDescription | undefined): boolean {
  return action !== undefined && (action.images.max > 0 || takesArchives(action));
}
