/** What Discord takes for markup anywhere, mentions (`<@1>`, `@everyone`) and links among it. */
const ANYWHERE = /[\\*_~`|<>@[\]]|:(?=\/\/)/g;
/** What it takes for a heading or a list at the start of a line. */
const AT_START = /^(\s*)([#+-])|^(\s*\d+)(\.)/gm;

/** A text that Discord shows as it stands: a backslash takes the meaning from the sign after it. */
export function escapeMarkdown(text: string): string {
  return text.replace(ANYWHERE, '\\$&').replace(AT_START, '$1$3\\$2$4');
}

/** Covers a text until somebody clicks on it. */
export function cover(escaped: string): string {
  return `||${escaped}||`;
}
