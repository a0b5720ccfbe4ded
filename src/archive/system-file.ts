/** What systems add to folders: macOS keeps what it knows of each file beside it, and Windows its thumbnails. */
const SYSTEM_FILE = /(^|\/)(__MACOSX(\/|$)|\.|Thumbs\.db$|desktop\.ini$)/i;

export function isSystemFile(path: string): boolean {
  return SYSTEM_FILE.test(path);
}
