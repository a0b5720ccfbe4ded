import { isArchive } from '../../../src/chat/sent.ts';

/** Whether a file goes along as a zip; a zip has no picture to show. */
export function isZip({ name, type }: File): boolean {
  return isArchive({ name, mediaType: type });
}
