/** Rows of fields as the text of a CSV file (RFC 4180). */
export function toCsv(rows: readonly (readonly (string | number)[])[]): string {
  const field = (value: string | number) =>
    /[",\r\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : value;
  return rows.map((row) => `${row.map(field).join(',')}\n`).join('');
}
