import type { Table } from '../../src/chat/reply.ts';

/** Letters that a terminal shows two columns wide: Hangul, Han, kana, full-width forms, emoji. */
const WIDE =
  /[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Emoji_Presentation}\uff01-\uff60]/gu;

/** A table as text: columns under each other for a reader, tabs between them for a program. */
export function plain({ title, columns, rows }: Table, isRead: boolean): string {
  const lines = [columns, ...rows];
  if (!isRead) return [title, ...lines.map((line) => line.join('\t'))].join('\n');
  const widths = columns.map((_, i) => Math.max(...lines.map((line) => widthOf(line[i] ?? ''))));
  const padded = lines.map((line) => line.map((cell, i) => cell + ' '.repeat((widths[i] ?? 0) - widthOf(cell))));
  return [title, ...padded.map((line) => `  ${line.join('  ')}`.trimEnd())].join('\n');
}

function widthOf(text: string): number {
  return [...text].length + (text.match(WIDE)?.length ?? 0);
}
