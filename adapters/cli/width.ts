/** Letters that a terminal shows two columns wide: Hangul, Han, kana, full-width forms, emoji. */
const WIDE =
  /[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Emoji_Presentation}\uff01-\uff60]/gu;

/** How many columns of a terminal a text takes. */
export function widthOf(text: string): number {
  return [...text].length + (text.match(WIDE)?.length ?? 0);
}

/** As much of a text as so many columns have room for, with an ellipsis where something is lost. */
export function cutToWidth(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  const letters = [...text];
  while (widthOf(letters.join('')) >= columns && letters.length > 0) letters.pop();
  return `${letters.join('')}…`;
}
