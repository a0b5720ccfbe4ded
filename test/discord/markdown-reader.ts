/** What Discord's clients make of a text, as far as it matters here: escapes, covers, and all that is not plain. */
interface Reading {
  text: string;
  /** Signs that would be taken for markup, a mention, a link, an invitation or an emoji. */
  active: string[];
  isCovered: boolean;
}

const ACTIVE =
  /[*_~`|<>@[\]]|https?:\/\/\S+|discord(?:app\.com\/invite|\.com\/invite|\.gg)\/\S+|:[^\s:]+:|^\s*(?:-#|[#+-]|\d+\.)\s/gm;

export function readMarkdown(content: string): Reading {
  const [, covered] = /^\|\|([\s\S]*)\|\|$/.exec(content) ?? [];
  const source = covered ?? content;
  // What is escaped is put out of sight while the rest is searched.
  const bare = source.replace(/\\([^0-9A-Za-z\s])/g, '\u0000');
  return {
    text: source.replace(/\\([^0-9A-Za-z\s])/g, '$1'),
    active: bare.match(ACTIVE) ?? [],
    isCovered: covered !== undefined,
  };
}
