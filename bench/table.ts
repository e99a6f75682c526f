/** The head, then the rows. Cells are inline Markdown. The first column is text, the others are figures. */
export type Table = readonly (readonly string[])[];

/** Returns Markdown with aligned columns, so that it reads well in a terminal too. */
export function toMarkdown(table: Table): string {
  const [head = []] = table;
  const widths = head.map((_, column) => Math.max(...table.map((cells) => cells[column]?.length ?? 0)));
  const rule = widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  const pad = (cell: string, column: number): string =>
    column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0);
  return table
    .map((cells) => cells.map(pad))
    .toSpliced(1, 0, rule)
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

/** Returns a number with separated thousands, the same in every locale. */
export function format(value: number, digits: number): string {
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
