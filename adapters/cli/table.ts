import type { Table } from '../../src/chat/reply.ts';
import { widthOf } from './width.ts';

/** A table as text: columns under each other for a reader, tabs between them for a program. */
export function plain({ title, columns, rows }: Table, isRead: boolean): string {
  const lines = [columns, ...rows];
  if (!isRead) return [title, ...lines.map((line) => line.join('\t'))].join('\n');
  const widths = columns.map((_, i) => Math.max(...lines.map((line) => widthOf(line[i] ?? ''))));
  const padded = lines.map((line) => line.map((cell, i) => cell + ' '.repeat((widths[i] ?? 0) - widthOf(cell))));
  return [title, ...padded.map((line) => `  ${line.join('  ')}`.trimEnd())].join('\n');
}
