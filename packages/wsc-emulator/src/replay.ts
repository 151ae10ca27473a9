import { isJobStatusCode, jobStatusCodes, readJobStatus } from "@wsc-dashboard/wsc-core";
import {
  decodeEnvelope,
  isWireObject,
  judgeCalls,
  type ReadCalls,
  type Recording,
  readCalls,
  readText,
} from "@wsc-dashboard/wsc-core/upstream";
import type { EmulatorSettings, EmulatorSettingsPatch } from "./settings.ts";
import type { DateForm } from "./wire-date.ts";

const keywordMatches: Readonly<Record<string, EmulatorSettings["keywordMatch"]>> = {
  part: "part",
  "part-any-case": "part",
  "part-same-case": "part-same-case",
  "whole-only": "whole",
  none: "none",
};

function rowsOf({ pages }: ReadCalls): Record<string, unknown>[] {
  return [...pages.values()].flatMap(({ payload }) =>
    isWireObject(payload) && Array.isArray(payload.record_data) ? payload.record_data.filter(isWireObject) : [],
  );
}

/** Returns the form of a date; `null` if this gateway cannot write it. */
function dateFormOf(value: unknown): DateForm | null {
  const text = readText(value)?.trim() ?? "";
  if (/^\d{13}$/.test(text)) return "milliseconds";
  if (/^\d{4}\/\d{1,2}\/\d{1,2} \d/.test(text)) return "slashes";
  if (/^\d{4}-\d{1,2}-\d{1,2} \d/.test(text)) return "dashes";
  if (!/^\d{4}-\d{1,2}-\d{1,2}T\d/.test(text)) return null;
  return /(?:Z|[+-]\d{2}:?\d{2})$/.test(text) ? "iso-zone" : "iso";
}

/** Returns the text of each status: from the searches by code, else from the words of the list alone. */
function statusTextsOf(read: ReadCalls): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const row of rowsOf(read)) {
    const text = readText(row.status) ?? "";
    const { code } = readJobStatus(text);
    if (code !== undefined && text !== "" && !/^[0-9]+$/.test(text)) texts[code] = text;
  }
  for (const code of jobStatusCodes) {
    const page = read.pages.get(`status-${code}`);
    const [first] = page?.page.records ?? [];
    if (first !== undefined && isJobStatusCode(code) && first.job.status.text !== "")
      texts[code] = first.job.status.text;
  }
  return texts;
}

function noDateOf(rows: readonly Record<string, unknown>[]): string | null {
  const missing = rows.map((row) => row.end_date).filter((value) => value === null || dateFormOf(value) === null);
  return missing.length === 0 ? null : readText(missing[0]);
}

function serviceErrorStatusOf({ calls }: ReadCalls): 200 | 400 {
  const refused = [...calls.values()].flatMap(({ answer }) => {
    const decoded = answer === null ? null : decodeEnvelope(answer.httpStatus, answer.body);
    return decoded?.kind === "failure" && decoded.origin === "service" ? [decoded.httpStatus] : [];
  });
  return refused.some((status) => status >= 400) ? 400 : 200;
}

/** Returns the settings that make this gateway respond in the forms of a recording, as far as it supports them. */
export function settingsOfRecording(recording: Recording): EmulatorSettingsPatch {
  const read = readCalls(recording);
  const rows = rowsOf(read);
  const values = new Map(judgeCalls(recording).map(({ name, value, measure }) => [name, { value, measure }]));
  const pageSize = values.get("page-size");
  const dateForm = rows.map((row) => dateFormOf(row.start_date)).find((form) => form !== null);
  return {
    envelope: values.get("envelope")?.value === "bare" ? "bare" : "wrapped",
    listOrder: values.get("list-order")?.value === "oldest-first" ? "oldest-first" : "newest-first",
    pageSizeCap: pageSize?.value === "capped" ? Math.min(100, pageSize.measure ?? 100) : null,
    numberForm: values.get("number-form")?.value === "text" ? "text" : "number",
    keywordMatch: keywordMatches[values.get("memo-search")?.value ?? ""] ?? "part",
    statusTexts: statusTextsOf(read),
    serviceErrorStatus: serviceErrorStatusOf(read),
    noDate: noDateOf(rows),
    ...(dateForm === undefined ? {} : { dateForm }),
  };
}
