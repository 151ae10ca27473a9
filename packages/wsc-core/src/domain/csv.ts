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

/** A cell after RFC 4180, always quoted; what a spreadsheet would calculate or rewrite becomes text. */
function csvCell(cell: string | CsvTime): string {
  if (typeof cell !== "string") return `"${cell.time}"`;
  const visible = cell.replace(controlCharacters, "\ufffd");
  const text = formulaStart.test(cell) || readsAsValue(cell) ? `'${visible}` : visible;
  return `"${text.replaceAll('"', '""')}"`;
}

/** One row with its line end. */
export function csvRow(cells: readonly (string | CsvTime)[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}
