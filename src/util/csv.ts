/**
 * A table with a heading, RFC 4180, for spreadsheets: no text in it runs as a formula. Columns that a row does not have
 * are empty.
 */
export function csvOf<C extends string>(
  columns: readonly C[],
  rows: readonly Readonly<Partial<Record<C, string | undefined>>>[],
): string {
  const lines = rows.map((row) => columns.map((column) => cell(row[column] ?? '')).join(','));
  // The byte order mark makes spreadsheets read Chinese names as UTF-8.
  return `\uFEFF${[columns.map(cell).join(','), ...lines].map((line) => `${line}\r\n`).join('')}`;
}

/** The same to be pasted into a spreadsheet or a message: a tab between cells, and nothing in a cell that ends it. */
export function tabbedOf(rows: readonly (readonly string[])[]): string {
  const cellOf = (value: string): string => defused(value.replace(/[\t\v\f\r\n\u0085\u2028\u2029]+/g, ' '));
  return rows.map((row) => row.map(cellOf).join('\t')).join('\n');
}

/** Quoted where needed, with formulas defused by an apostrophe. */
function cell(value: string): string {
  const safe = defused(value);
  return /[",;|\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** What some locale or importer takes for the end of a cell. */
const cellEnd = /[,;:|^~\t\v\f\r\n\u0085\u2028\u2029،؛、，；：｜፣]/u;
/** What may stand before a formula without making it text: blanks, quotes and characters that nobody sees. */
const filling = /[\s\p{Z}\p{C}\p{Default_Ignorable_Code_Point}\u2800"'“”‘’]/u;
/** What begins a formula, with its likes in Unicode. */
const formulaStart = /[=+\-@＝＋－＠﹦﹢﹣﹫−]/u;

/**
 * Text that no spreadsheet runs as a formula, whatever it takes for the separator of its cells: the quotes around a
 * cell count only where the separator is the comma.
 */
function defused(value: string): string {
  // What begins with the end of a cell is text from the start: some importers trim it.
  let safe = /^[\t\r\n]/.test(value) ? "'" : '';
  let atStart = true;
  for (const c of value) {
    if (atStart && formulaStart.test(c)) safe += "'";
    safe += c;
    atStart = cellEnd.test(c) || (atStart && filling.test(c));
  }
  return safe;
}
