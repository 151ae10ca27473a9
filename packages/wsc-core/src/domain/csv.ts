/** Before the first row: spreadsheets read UTF-8 as such only with it. */
export const byteOrderMark = "\ufeff";

/** Beginnings that a spreadsheet takes for a formula, in full width too, and behind anything that cannot be seen. */
const formulaStart = /^[\s\p{C}\p{Z}]*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r]/u;
const controlCharacters = /[^\P{Cc}\n\r\t]/gu;

/** A cell after RFC 4180, always quoted; what a spreadsheet could calculate becomes text. */
function csvCell(value: string): string {
  const visible = value.replace(controlCharacters, "\ufffd");
  const text = formulaStart.test(value) ? `'${visible}` : visible;
  return `"${text.replaceAll('"', '""')}"`;
}

/** One row with its line end. */
export function csvRow(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}
