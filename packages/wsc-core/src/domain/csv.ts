/** Before the first row: spreadsheets read UTF-8 as such only with it. */
export const byteOrderMark = "\ufeff";

/** Beginnings that a spreadsheet takes for a formula, also behind blanks and in full width. */
const formulaStart = /^[\s\p{Cc}\p{Cf}]*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r]/u;

/** A cell after RFC 4180, always quoted; what a spreadsheet could calculate becomes text. */
function csvCell(value: string): string {
  const text = formulaStart.test(value) ? `'${value}` : value;
  return `"${text.replaceAll('"', '""')}"`;
}

/** One row with its line end. */
export function csvRow(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}
