/** One line of the table: a figure and the bar it is held to. */
export interface Row {
  title: string;
  figure: number;
  /** Stands behind the figure: ` ms`, `x`. */
  unit: string;
  bar: { is: 'at most' | 'at least'; value: number };
  /** What the figure was made of. */
  basis: string;
}

export function passes({ figure, bar }: Row): boolean {
  return bar.is === 'at most' ? figure <= bar.value : figure >= bar.value;
}

/** The rows as a table for a terminal. */
export function table(rows: readonly Row[]): string {
  const cells = rows.map((row) => [
    row.title,
    `${format(row.figure)}${row.unit}`,
    `${row.bar.is === 'at most' ? '<=' : '>='} ${row.bar.value}${row.unit}`,
    passes(row) ? 'ok' : 'short',
    row.basis,
  ]);
  const all = [['row', 'figure', 'bar', '', 'measured'], ...cells];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((line) => line[column]?.length ?? 0))) ?? [];
  const lines = all.map((line) => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

function format(figure: number): string {
  return figure >= 100 ? figure.toFixed(0) : figure.toPrecision(3);
}
