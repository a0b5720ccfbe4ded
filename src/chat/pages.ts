/** What a platform's escapes keep together: a backslash with what it covers, an entity, a character. */
const ATOM = /\\[\s\S]|&#?\w+;|[\s\S]/gu;

/**
 * Splits a text that was escaped for a platform into pages of at most `limit` characters: between lines where that is
 * possible, between words where a line is longer, and never within an escape.
 */
export function paginate(text: string, limit: number): string[] {
  const pages: string[] = [];
  let page = '';
  const turn = () => {
    if (page.trim() !== '') pages.push(page.trimEnd());
    page = '';
  };
  for (const line of text.split('\n')) {
    if (page.length + line.length > limit) turn();
    for (const word of line.match(/\S+\s*|\s+/g) ?? []) {
      if (page.length + word.trimEnd().length > limit) turn();
      for (const atom of word.match(ATOM) ?? []) {
        if (page.length + atom.length > limit) turn();
        page += atom;
      }
    }
    page += '\n';
  }
  turn();
  return pages;
}
