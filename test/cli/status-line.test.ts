import { afterEach, expect, it, vi } from 'vitest';
import { StatusLine } from '../../adapters/cli/status-line.ts';
import { widthOf } from '../../adapters/cli/width.ts';

const { isTTY, columns } = process.stderr;
afterEach(() => {
  Object.assign(process.stderr, { isTTY, columns });
});

/** What is written to a terminal of so many columns. */
function written(line: string, width: number): string {
  Object.assign(process.stderr, { isTTY: true, columns: width });
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  new StatusLine().show(line);
  const texts = write.mock.calls.map(([text]) => String(text));
  write.mockRestore();
  return texts.join('');
}

const CLEARED = '\r\x1b[K';
const LINES = ['Working: 8 of 500 done, about 3 minutes left', '작업 중: 500개 중 8개 끝남, 약 3분 남음'];

it.each(LINES)('a line stays in one row of a narrow terminal: %s', (line) => {
  for (const width of [10, 21, 22]) {
    const [before, shown = ''] = written(line, width).split(CLEARED);
    expect(before).toBe('');
    expect(widthOf(shown)).toBeLessThan(width);
    expect(line.startsWith(shown.slice(0, -1))).toBe(true);
  }
});

it.each(LINES)('a line is whole where there is room, or nobody knows how much: %s', (line) => {
  expect(written(line, 80)).toBe(CLEARED + line);
  expect(written(line, 0)).toBe(CLEARED + line);
});
