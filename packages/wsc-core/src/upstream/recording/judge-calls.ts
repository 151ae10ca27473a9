import { isJobStatusCode, jobStatusTable } from "../../domain/job-status.ts";
import { type ProbeFact, type ProbeFactName, probeFactNames } from "../../domain/probe-facts.ts";
import { decodeEnvelope } from "../envelope.ts";
import { type ReadPage, readJobPage } from "../read-jobs.ts";
import { readReport } from "../read-report.ts";
import { parseWireJson } from "../wire-json.ts";
import { isWireObject, type WireObject } from "../wire-values.ts";
import type { RecordedCall, Recording } from "./recording.ts";

type Finding = Omit<ProbeFact, "name">;
const open: Finding = { state: "open", value: null, measure: null };
const proven = (value: string, measure: number | null = null): Finding => ({ state: "proven", value, measure });
const refuted = (value: string, measure: number | null = null): Finding => ({ state: "refuted", value, measure });

/** A page that a call gave, with what was sent for it. */
interface AnsweredPage {
  readonly call: RecordedCall;
  readonly page: ReadPage;
  readonly payload: WireObject;
  /** What its gateway's clock showed; else ours. */
  readonly now: Date;
}

/** The answers of a probe, read. */
export interface ReadCalls {
  readonly zone: string;
  readonly calls: ReadonlyMap<string, RecordedCall>;
  readonly pages: ReadonlyMap<string, AnsweredPage>;
}

function readAnsweredPage(call: RecordedCall, zone: string, recordedAt: string): AnsweredPage | null {
  if (call.answer === null || (call.operation !== "getJobs" && call.operation !== "searchJobs")) return null;
  const decoded = decodeEnvelope(call.answer.httpStatus, call.answer.body);
  if (decoded.kind !== "success") return null;
  const told = Date.parse(call.answer.date ?? "");
  const now = new Date(Number.isNaN(told) ? recordedAt : told);
  const page = readJobPage(decoded.payload, { zone, now });
  const payload = isWireObject(decoded.payload) ? decoded.payload : {};
  return page === null ? null : { call, page, payload, now };
}

/** Reads what the calls of a probe brought, by their steps. */
export function readCalls({
  calls,
  timeZone,
  recordedAt,
}: Pick<Recording, "calls" | "timeZone" | "recordedAt">): ReadCalls {
  const pages = calls.flatMap((call) => readAnsweredPage(call, timeZone, recordedAt) ?? []);
  return {
    zone: timeZone,
    calls: new Map(calls.map((call) => [call.step, call])),
    pages: new Map(pages.map((page) => [page.call.step, page])),
  };
}

/** Pages of the list with a hundred rows asked for, in their order. */
const walkedPages = ({ pages }: ReadCalls): AnsweredPage[] =>
  ["list-first", "list-second", "list-last"].flatMap((step) => pages.get(step) ?? []);

const bodyOf = (call: RecordedCall): WireObject | null => {
  try {
    const body = parseWireJson(call.answer?.body ?? "");
    return isWireObject(body) ? body : null;
  } catch {
    return null;
  }
};

function judgeEnvelope({ pages }: ReadCalls): Finding {
  const forms = new Set(
    [...pages.values()].map(({ call }) => (bodyOf(call)?.returnCode === undefined ? "bare" : "wrapped")),
  );
  if (forms.size === 0) return open;
  if (forms.size > 1) return refuted("mixed");
  return forms.has("wrapped") ? proven("wrapped") : refuted("bare");
}

const rowsOf = ({ payload }: AnsweredPage): WireObject[] =>
  Array.isArray(payload.record_data) ? payload.record_data.filter(isWireObject) : [];

function judgeNumberForm({ pages }: ReadCalls): Finding {
  const bodies = [...pages.values()].map(({ call }) => call.answer?.body ?? "");
  // As it is written: long numbers are read as text, so that no digit is lost.
  if (bodies.some((body) => /"instanceNo"\s*:\s*"/.test(body))) return refuted("text");
  return bodies.some((body) => /"instanceNo"\s*:\s*[0-9]/.test(body)) ? proven("number") : open;
}

function judgeOrder(read: ReadCalls): Finding {
  const starts = walkedPages(read)
    .flatMap(({ page }) => page.records.map(({ job }) => job.startedAt))
    .filter((start) => start !== null);
  const falls = starts.some((start, index) => start < (starts[index - 1] ?? start));
  const rises = starts.some((start, index) => start > (starts[index - 1] ?? start));
  if (!falls && !rises) return open;
  if (falls && rises) return refuted("unordered");
  return falls ? proven("newest-first") : refuted("oldest-first");
}

function judgePageSize({ pages }: ReadCalls): Finding {
  const asked = ["list-one", "list-first"].flatMap((step) => pages.get(step) ?? []);
  for (const { call, page } of asked) {
    const { limit } = call;
    if (limit !== null && page.received > limit) return refuted("exceeded", page.received);
    if (limit === null || page.total === null || page.received >= Math.min(limit, page.total)) continue;
    return refuted("capped", page.received);
  }
  const full = pages.get("list-first");
  return full?.page.received === 100 ? proven("given", 100) : { ...open, measure: full?.page.received ?? null };
}

function judgePageCount({ pages }: ReadCalls): Finding {
  const seen: Finding[] = ["list-one", "list-first"].flatMap((step): Finding[] => {
    const answered = pages.get(step);
    if (answered === undefined) return [];
    const { total, received, pageCount } = answered.page;
    const { limit } = answered.call;
    if (total === null || total === 0 || received === 0 || limit === null) return [];
    if (pageCount === null) return [refuted("missing")];
    if (pageCount === Math.ceil(total / received)) return total > received ? [proven("given")] : [];
    return [pageCount === Math.ceil(total / limit) ? refuted("of-limit", pageCount) : refuted("other", pageCount)];
  });
  return seen.find(({ state }) => state === "refuted") ?? seen[0] ?? open;
}

function judgeBeyondEnd({ calls, pages }: ReadCalls): Finding {
  const call = calls.get("list-beyond");
  if (call === undefined || call.answer === null) return open;
  const beyond = pages.get("list-beyond");
  if (beyond === undefined) return refuted("error");
  return beyond.page.received === 0 ? proven("empty") : refuted("repeats", beyond.page.received);
}

/** Whether a search brought the job it was about; `null` when that cannot be told. */
function found({ calls, pages }: ReadCalls, step: string): boolean | null {
  const answered = pages.get(step);
  const about = calls.get(step)?.about ?? null;
  if (answered === undefined || about === null) return null;
  if (answered.page.records.some(({ job }) => job.instanceNo === about)) return true;
  const isWhole = answered.page.total !== null && answered.page.total <= answered.page.received;
  return isWhole ? false : null;
}

function judgeMemoSearch(read: ReadCalls): Finding {
  const random = read.pages.get("memo-random");
  if (random !== undefined && random.page.received > 0) return refuted("ignored");
  const whole = found(read, "memo-whole");
  const middle = found(read, "memo-middle");
  const otherCase = found(read, "memo-other-case");
  if (whole === null) return open;
  if (!whole) return refuted("none");
  if (middle === null) return open;
  if (!middle) return refuted("whole-only");
  if (otherCase === null) return proven("part");
  return otherCase ? proven("part-any-case") : refuted("part-same-case");
}

function judgeUrlSearch(read: ReadCalls): Finding {
  const host = found(read, "url-host");
  const whole = found(read, "url-whole");
  const korean = read.pages.get("url-korean");
  // More than nothing is right only when some address holds the word.
  const list = read.pages.get("list-first");
  if (korean !== undefined && list !== undefined && korean.page.total !== null && korean.page.total > 0) {
    if (korean.page.total === list.page.total) return refuted("ignored");
  }
  if (host === null || whole === null) return open;
  if (host) return proven("part");
  return whole ? refuted("whole-only") : refuted("none");
}

const statusPages = ({ pages }: ReadCalls): AnsweredPage[] =>
  [...pages.values()].filter(({ call }) => call.statusCode !== null);

function judgeStatusFilter(read: ReadCalls): Finding {
  const searched = statusPages(read);
  const isIgnored = searched.some(({ call: { statusCode }, page }) => {
    const phase = statusCode !== null && isJobStatusCode(statusCode) ? jobStatusTable[statusCode].phase : null;
    return page.records.some(({ job }) => job.status.phase !== "unknown" && job.status.phase !== phase);
  });
  if (isIgnored) return refuted("ignored");
  const total = read.pages.get("list-first")?.page.total ?? null;
  const sum = searched.reduce((all, { page }) => all + (page.total ?? Number.NaN), 0);
  if (total === null || total === 0 || searched.length < Object.keys(jobStatusTable).length) return open;
  return sum === total ? proven("kept") : { ...open, measure: sum };
}

function judgeStatusWords({ pages }: ReadCalls): Finding {
  const records = [...pages.values()].flatMap(({ page }) => page.records);
  if (records.length === 0) return open;
  const unknown = new Set(
    records.filter(({ job }) => job.status.phase === "unknown").map(({ job }) => job.status.text),
  );
  return unknown.size === 0 ? proven("known") : refuted("unknown", unknown.size);
}

const hasZone = (value: unknown): boolean =>
  typeof value === "number" ||
  (typeof value === "string" && (/^\d{13}$/.test(value) || /(?:Z|[+-]\d{2}:?\d{2})$/i.test(value.trim())));
const minuteMs = 60_000;

function judgeDateZone(read: ReadCalls): Finding {
  const rows = [...read.pages.values()].flatMap((page) => rowsOf(page).map((row) => ({ row, page })));
  const told = rows.filter(
    ({ row }) => row.start_date !== null && row.start_date !== undefined && row.start_date !== "",
  );
  if (told.length === 0) return open;
  const ages = [...read.pages.values()].flatMap(({ page, now }) =>
    page.records.flatMap(({ job }) => (job.startedAt === null ? [] : now.getTime() - Date.parse(job.startedAt))),
  );
  if (ages.length === 0) return refuted("unread");
  if (told.every(({ row }) => hasZone(row.start_date))) return proven("explicit");
  const youngest = ages.reduce((least, age) => Math.min(least, age), Number.POSITIVE_INFINITY);
  // A job that waits for its time may start later; one that runs or has ended may not.
  const isAhead = [...read.pages.values()].some(({ page, now }) =>
    page.records.some(
      ({ job: { startedAt, status } }) =>
        startedAt !== null &&
        !["waiting", "unknown"].includes(status.phase) &&
        Date.parse(startedAt) - now.getTime() > 5 * minuteMs,
    ),
  );
  if (isAhead) return refuted("ahead");
  // Read in the zone one hour to the west, a start within the last hour would lie in the future.
  return youngest >= -5 * minuteMs && youngest < 55 * minuteMs
    ? proven("configured", Math.max(0, Math.round(youngest / minuteMs)))
    : open;
}

function judgeReport({ calls, pages, zone }: ReadCalls): Finding {
  const call = calls.get("report-finished");
  if (call === undefined || call.answer === null) return open;
  const decoded = decodeEnvelope(call.answer.httpStatus, call.answer.body);
  const record = [...pages.values()]
    .flatMap(({ page }) => page.records)
    .find(({ job }) => job.instanceNo === call.about);
  if (decoded.kind === "failure" || record === undefined) return open;
  if (decoded.kind === "unreadable") return refuted("unreadable");
  const now = new Date(Date.parse(call.answer.date ?? "") || Date.now());
  const report = readReport(decoded.payload, { job: record.job, zone, now });
  if (report === null) return refuted("unreadable");
  const leftOver = Object.keys(report.unrecognised).length;
  return leftOver === 0 ? proven("read") : refuted("left-over", leftOver);
}

/** Whether a call was refused with `code`. */
function judgeRefusal({ calls }: ReadCalls, step: string, isExpected: (code: string | null) => boolean): Finding {
  const call = calls.get(step);
  if (call === undefined || call.answer === null) return open;
  const decoded = decodeEnvelope(call.answer.httpStatus, call.answer.body);
  if (decoded.kind === "success") return refuted("accepted");
  if (decoded.kind === "unreadable") return refuted("unreadable", call.answer.httpStatus);
  const shown = /^[0-9]{1,7}$/.test(decoded.code ?? "") ? (decoded.code ?? "") : "error";
  return isExpected(decoded.code) ? proven(shown) : refuted(shown, call.answer.httpStatus);
}

const judges: Readonly<Record<ProbeFactName, (read: ReadCalls) => Finding>> = {
  envelope: judgeEnvelope,
  "number-form": judgeNumberForm,
  "list-order": judgeOrder,
  "page-size": judgePageSize,
  "page-count": judgePageCount,
  "page-beyond-end": judgeBeyondEnd,
  "memo-search": judgeMemoSearch,
  "url-search": judgeUrlSearch,
  "status-filter": judgeStatusFilter,
  "status-words": judgeStatusWords,
  "date-zone": judgeDateZone,
  "report-form": judgeReport,
  "unknown-report": (read) => judgeRefusal(read, "report-unknown", (code) => code === "901"),
  // Only a job that this dashboard creates shows these two.
  "memo-kept": () => open,
  "created-id": () => open,
  "clock-limit": (read) => judgeRefusal(read, "clock-off", () => true),
  "wrong-key": (read) => judgeRefusal(read, "wrong-secret", (code) => code === "200"),
  "unknown-cancel": (read) => judgeRefusal(read, "cancel-unknown", (code) => code === "901"),
};

/** What the calls of a probe show of each fact. Works on answers as they came and on a recorded file alike. */
export function judgeCalls(recording: Pick<Recording, "calls" | "timeZone" | "recordedAt">): ProbeFact[] {
  const read = readCalls(recording);
  return probeFactNames.map((name) => ({ name, ...judges[name](read) }));
}

/** The words of a list that nobody knows yet, each with the codes whose search brought it. */
export function unknownStatusWords(
  recording: Pick<Recording, "calls" | "timeZone" | "recordedAt">,
): Map<string, number[]> {
  const words = new Map<string, number[]>();
  for (const { call, page } of readCalls(recording).pages.values()) {
    for (const { job } of page.records) {
      if (job.status.phase !== "unknown") continue;
      const codes = words.get(job.status.text) ?? [];
      const isNew = call.statusCode !== null && !codes.includes(call.statusCode);
      words.set(job.status.text, isNew ? [...codes, call.statusCode as number] : codes);
    }
  }
  return words;
}
