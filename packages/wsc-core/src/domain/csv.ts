/** Before the first row: spreadsheets read UTF-8 as such only with it. */
export const byteOrderMark = "\ufeff";

/** Beginnings that a spreadsheet takes for a formula, in full width too, and behind anything that cannot be seen. */
const formulaStart = /^[\s\p{C}\p{Z}]*[=+\-@\u2212\uff1d\uff0b\uff0d\uff20\t\r]/u;
const controlCharacters = /[^\P{Cc}\n\r\t]|\p{Cs}/gu;

/** Longer text is no number and no date to any spreadsheet. */
const maxValueLength = 64;
/** A number that a spreadsheet shows as it is written: it keeps 15 digits and drops leading zeros. */
const plainNumber = /^(?:0|[1-9][0-9]{0,14})$/;
/** Digits with the signs of numbers, exponents, fractions, currencies, times and dates, as Excel reads them in ko, ja and en. */
const numberOrTime = /^[\p{Sc}(.,%]*[0-9][0-9\s.,:/\-+%()\p{Sc}eapmtz年月日時分秒년월일시분초오전후午前後]*$/u;
const monthName =
  /^(?:[0-9]{1,4}[\s./-]*)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[\s.,/-]*(?:[0-9][0-9\s.,:/-]*)?$/;
/** A day of a Japanese era, by its letter or its name. */
const eraDate =
  /^(?:[mtshr]|明治|大正|昭和|平成|令和)(?:[0-9]{1,2}|元)[./年-](?:[0-9]{1,2}[./月-](?:[0-9]{1,2}日?)?)?$/;
/** Times with their half of the day in front. */
const halfDayFirst = /^(?:오전|오후|午前|午後|am|pm)\s*[0-9]/;
const logicalOrError = /^(?:true|false|#[a-z/0-9]+[!?]?)$/;

/** Whether a spreadsheet would show another text than this one, because it reads a number, date, time or truth value. */
function readsAsValue(text: string): boolean {
  if (text.length > maxValueLength) return false;
  const seen = text.normalize("NFKC").trim().toLowerCase();
  if (plainNumber.test(text)) return false;
  return [numberOrTime, monthName, eraDate, halfDayFirst, logicalOrError].some((pattern) => pattern.test(seen));
}

/** A date or time of our own, which a spreadsheet shall read as one. */
export interface CsvTime {
  readonly time: string;
}

/** Whether an apostrophe is put in front of a text; behind apostrophes of its own as well, so that reading takes off one alone. */
function needsMark(cell: string): boolean {
  const bare = cell.replace(/^'+/, "");
  return formulaStart.test(bare) || readsAsValue(bare);
}

/** A cell after RFC 4180, always quoted; what a spreadsheet would calculate or rewrite becomes text. */
function csvCell(cell: string | CsvTime): string {
  if (typeof cell !== "string") return `"${cell.time}"`;
  const visible = cell.replace(controlCharacters, "\ufffd");
  const text = needsMark(cell) ? `'${visible}` : visible;
  return `"${text.replaceAll('"', '""')}"`;
}

/** One row with its line end. */
export function csvRow(cells: readonly (string | CsvTime)[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

/** The text of a cell of a file that was written by `csvRow`, without the apostrophe that keeps it text. */
export function readCsvCell(cell: string): string {
  return cell.startsWith("'") && needsMark(cell) ? cell.slice(1) : cell;
}

/** A cell with what ends it, by what stands between cells. */
const cellBefore = {
  ",": /(?:"((?:[^"]|"")*)"|([^",\r\n][^,\r\n]*|))(,|\r\n|\n|\r|$)/y,
  ";": /(?:"((?:[^"]|"")*)"|([^";\r\n][^;\r\n]*|))(;|\r\n|\n|\r|$)/y,
  "\t": /(?:"((?:[^"]|"")*)"|([^"\t\r\n][^\t\r\n]*|))(\t|\r\n|\n|\r|$)/y,
} as const;
type Separator = keyof typeof cellBefore;
const separators: readonly Separator[] = [",", ";", "\t"];

/** What stands between the cells of a file: the separator that its first line has most of outside of quotes. */
function separatorOf(text: string): Separator {
  const end = text.search(/[\r\n]/);
  const line = (end === -1 ? text : text.slice(0, end)).replace(/"[^"]*"/g, "");
  const counts = separators.map((separator) => line.split(separator).length);
  return separators[counts.indexOf(Math.max(...counts))] ?? ",";
}

/** A row of a file and the line on which it begins, from 1. */
export interface CsvLine {
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * The rows of a CSV file (RFC 4180, with any line ends, and semicolons or tabs as spreadsheets write them in some countries), without
 * empty ones. `null` for a quote that is not closed, or text behind a closed one.
 */
export function readCsv(file: string): CsvLine[] | null {
  const text = file.startsWith(byteOrderMark) ? file.slice(1) : file;
  const separator = separatorOf(text);
  const cell = cellBefore[separator];
  const rows: CsvLine[] = [];
  let cells: string[] = [];
  let [line, start] = [1, 1];
  for (let at = 0; at <= text.length; at = cell.lastIndex) {
    cell.lastIndex = at;
    const match = cell.exec(text);
    if (match === null) return null;
    const [whole, quoted, plain = "", end = ""] = match;
    cells.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    line += whole.split(/\r\n|\n|\r/).length - 1;
    if (end === separator) continue;
    if (cells.some((one) => one.trim() !== "")) rows.push({ line: start, cells });
    if (end === "") break;
    [cells, start] = [[], line];
  }
  return rows;
}
