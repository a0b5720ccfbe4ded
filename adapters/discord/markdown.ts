/**
 * What Discord takes for markup: styles, mentions (`<@1>`, `@everyone`), links, invitations, which need no `https://`, and
 * emoji (`:x:`). A heading or a list needs the space after its sign; that it begins a line is not asked, since any word may
 * come to begin a page.
 */
const MARKUP = /[\\*_~`|<>@[\]]|:(?=\S)|(?<=discord(?:app)?)\.|[#+-](?=\s)|(?<=\d)\.(?=\s)/gi;

/** A text that Discord shows as it stands: a backslash takes the meaning from the sign after it. */
export function escapeMarkdown(text: string): string {
  return text.replace(MARKUP, '\\$&');
}

/** Covers a text until somebody clicks on it. Discord takes the first two bars for the end, even where one is escaped. */
export function cover(escaped: string): string {
  return `||${escaped.replace(/\|$/, '| ')}||`;
}
