/** Written before the first row: without it spreadsheets do not detect UTF-8. */
export const byteOrderMark = "\ufeff";

/** Text starts that a spreadsheet reads as a formula, also in full width and after invisible characters. */
const formulaStart = /^[\s\p{C}\p{Z}]*[=+\-@\u2212\uff1d\uff0b\uff0d\uff20\t\r]/u;
const controlCharacters = /[^\P{Cc}\n\r\t]|\p{Cs}/gu;

/** A spreadsheet reads no text longer than this as a date, time, boolean or error; a number may have any length. */
const maxWordLength = 64;
/** Longer texts are not normalised: no spreadsheet reads a longer number (Excel takes 255 characters, LibreOffice 308 digits). */
const maxValueLength = 1_000;
/** A number that a spreadsheet displays unchanged: it keeps 15 digits and drops leading zeros. */
const plainNumber = /^(?:0|[1-9][0-9]{0,14})$/;
/** Digits with characters of numbers, exponents, fractions, currencies, times and dates, as Excel reads them in ko, ja and en. */
const numberOrTime = /^[\p{Sc}(.,%]*[0-9][0-9\s.,:/\-+%()\p{Sc}eapmtz年月日時分秒년월일시분초오전후午前後]*$/u;
const monthName =
  /^(?:[0-9]{1,4}[\s./-]*)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[\s.,/-]*(?:[0-9][0-9\s.,:/-]*)?$/;
/** A date in a Japanese era, by letter or name. */
const eraDate =
  /^(?:[mtshr]|明治|大正|昭和|平成|令和)(?:[0-9]{1,2}|元)[./年-](?:[0-9]{1,2}[./月-](?:[0-9]{1,2}日?)?)?$/;
/** Times with their half of the day in front. */
const halfDayFirst = /^(?:오전|오후|午前|午後|am|pm)\s*[0-9]/;
const logicalOrError = /^(?:true|false|#[a-z/0-9]+[!?]?)$/;
const words = [monthName, eraDate, halfDayFirst, logicalOrError];

/** Whether a spreadsheet would change the text, because it reads it as a number, date, time or boolean. */
function readsAsValue(text: string): boolean {
  if (text.length > maxValueLength) return false;
  const seen = text.normalize("NFKC").trim().toLowerCase();
  if (plainNumber.test(text)) return false;
  if (numberOrTime.test(seen)) return true;
  return text.length <= maxWordLength && words.some((pattern) => pattern.test(seen));
}

/** A date or time of ours that a spreadsheet should read as one. */
export interface CsvTime {
  readonly time: string;
}

/** Whether a text needs a leading apostrophe. Also after its own apostrophes, so that reading removes exactly one. */
function needsMark(cell: string): boolean {
  const bare = cell.replace(/^'+/, "");
  return formulaStart.test(bare) || readsAsValue(bare);
}

/** Writes a cell (RFC 4180), always quoted; text that a spreadsheet would evaluate or rewrite is marked as text. */
function csvCell(cell: string | CsvTime): string {
  if (typeof cell !== "string") return `"${cell.time}"`;
  const visible = cell.replace(controlCharacters, "\ufffd");
  const text = needsMark(cell) ? `'${visible}` : visible;
  return `"${text.replaceAll('"', '""')}"`;
}

/** Returns one row, with its line end. */
export function csvRow(cells: readonly (string | CsvTime)[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

/** Returns the text of a cell written by `csvRow`, without the apostrophe that marks it as text. */
export function readCsvCell(cell: string): string {
  return cell.startsWith("'") && needsMark(cell) ? cell.slice(1) : cell;
}

const separators = [",", ";", "\t"] as const;
type Separator = (typeof separators)[number];

/** Returns the separator of a file: the one that is most frequent outside quotes in its first line. */
function separatorOf(text: string): Separator {
  const end = text.search(/[\r\n]/);
  const line = (end === -1 ? text : text.slice(0, end)).replace(/"[^"]*"/g, "");
  let [best, mostCells] = [separators[0] as Separator, 0];
  for (const separator of separators) {
    const cells = line.split(separator).length;
    if (cells > mostCells) [best, mostCells] = [separator, cells];
  }
  return best;
}

/** A cell of a file, what ends it, and where the next one begins. */
interface CellRead {
  readonly cell: string;
  readonly end: Separator | "\r\n" | "\n" | "\r" | "";
  readonly next: number;
}

/** Index of the quote that closes a cell whose text begins at `start`, or -1. */
function closingQuote(text: string, start: number): number {
  let at = text.indexOf('"', start);
  while (at !== -1 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
  return at;
}

/** The cell at `start`; `null` for a quote that is not closed, or text behind a closed one. Takes time linear in its length. */
function readCell(text: string, start: number, separator: Separator): CellRead | null {
  const isQuoted = text[start] === '"';
  let at = isQuoted ? closingQuote(text, start + 1) + 1 : start;
  if (isQuoted && at === 0) return null;
  const cell = isQuoted ? text.slice(start + 1, at - 1).replaceAll('""', '"') : null;
  while (cell === null && at < text.length && ![separator, "\r", "\n"].includes(text[at] ?? "")) at += 1;
  const read = { cell: cell ?? text.slice(start, at) };
  if (at === text.length) return { ...read, end: "", next: at };
  if (text.startsWith("\r\n", at)) return { ...read, end: "\r\n", next: at + 2 };
  const end = ([separator, "\r", "\n"] as const).find((sign) => text[at] === sign);
  return end === undefined ? null : { ...read, end, next: at + 1 };
}

/** A row of a file and the line on which it begins, 1-based. */
export interface CsvLine {
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * Parses a CSV file (RFC 4180, with any line ends, and with the semicolons or tabs that spreadsheets write in some countries),
 * without empty rows. `null` for an unclosed quote, or text after a closing one.
 */
export function readCsv(file: string): CsvLine[] | null {
  const text = file.startsWith(byteOrderMark) ? file.slice(1) : file;
  const separator = separatorOf(text);
  const rows: CsvLine[] = [];
  let cells: string[] = [];
  let [line, start] = [1, 1];
  for (let at = 0; at <= text.length; ) {
    const read = readCell(text, at, separator);
    if (read === null) return null;
    const { cell, end, next } = read;
    cells.push(cell);
    line += text.slice(at, next).split(/\r\n|\n|\r/).length - 1;
    at = next;
    if (end === separator) continue;
    if (cells.some((one) => one.trim() !== "")) rows.push({ line: start, cells });
    if (end === "") break;
    [cells, start] = [[], line];
  }
  return rows;
}
