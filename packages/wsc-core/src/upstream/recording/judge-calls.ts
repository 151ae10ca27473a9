import {
  type FactFinding,
  type FactName,
  factNames,
  type GatewayFact,
  unobserved as open,
  provenFact as proven,
  refutedFact as refuted,
} from "../../domain/gateway-facts.ts";
import { isJobStatusCode, jobStatusTable } from "../../domain/job-status.ts";
import { decodeEnvelope } from "../envelope.ts";
import {
  judgeDateZone,
  judgeEnvelope,
  judgeOrder,
  judgePageCount,
  judgePageSize,
  judgeStatusWords,
  type ShownPage,
} from "../judge-pages.ts";
import { readJobPage } from "../read-jobs.ts";
import { readReport } from "../read-report.ts";
import type { RecordedCall, Recording } from "./recording.ts";

/** A page with the arguments of its call. */
interface AnsweredPage extends ShownPage {
  readonly call: RecordedCall;
}

/** The parsed responses of a probe. */
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
  const { payload, envelope } = decoded;
  const { limit, statusCode } = call;
  return page === null ? null : { call, page, payload, envelope, limit, statusCode, now };
}

/** Parses the responses of a probe, by step. */
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

/** Pages of the list, requested with 100 rows, in order. */
const walkedPages = ({ pages }: ReadCalls): AnsweredPage[] =>
  ["list-first", "list-second", "list-last"].flatMap((step) => pages.get(step) ?? []);

function judgeNumberForm({ pages }: ReadCalls): FactFinding {
  const bodies = [...pages.values()].map(({ call }) => call.answer?.body ?? "");
  // Looks at the raw text: the parser reads long numbers as text.
  if (bodies.some((body) => /"instanceNo"\s*:\s*"/.test(body))) return refuted("text");
  return bodies.some((body) => /"instanceNo"\s*:\s*[0-9]/.test(body)) ? proven("number") : open;
}

/** First pages, one of them requested with a single row. */
const firstPages = ({ pages }: ReadCalls): AnsweredPage[] =>
  ["list-one", "list-first"].flatMap((step) => pages.get(step) ?? []);

function judgeBeyondEnd({ calls, pages }: ReadCalls): FactFinding {
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

function judgeMemoSearch(read: ReadCalls): FactFinding {
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

function judgeUrlSearch(read: ReadCalls): FactFinding {
  const host = found(read, "url-host");
  const whole = found(read, "url-whole");
  const korean = read.pages.get("url-korean");
  // A non-zero result is correct only if some address contains the word.
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

function judgeStatusFilter(read: ReadCalls): FactFinding {
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

function judgeReport({ calls, pages, zone }: ReadCalls): FactFinding {
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
function judgeRefusal({ calls }: ReadCalls, step: string, isExpected: (code: string | null) => boolean): FactFinding {
  const call = calls.get(step);
  if (call === undefined || call.answer === null) return open;
  const decoded = decodeEnvelope(call.answer.httpStatus, call.answer.body);
  if (decoded.kind === "success") return refuted("accepted");
  if (decoded.kind === "unreadable") return refuted("unreadable", call.answer.httpStatus);
  const shown = /^[0-9]{1,7}$/.test(decoded.code ?? "") ? (decoded.code ?? "") : "error";
  return isExpected(decoded.code) ? proven(shown) : refuted(shown, call.answer.httpStatus);
}

const allPages = ({ pages }: ReadCalls): AnsweredPage[] => [...pages.values()];

const judges: Readonly<Record<FactName, (read: ReadCalls) => FactFinding>> = {
  envelope: (read) => judgeEnvelope(allPages(read)),
  "number-form": judgeNumberForm,
  "list-order": (read) => judgeOrder(walkedPages(read)),
  "page-size": (read) => judgePageSize(firstPages(read)),
  "page-count": (read) => judgePageCount(firstPages(read)),
  "page-beyond-end": judgeBeyondEnd,
  "memo-search": judgeMemoSearch,
  "url-search": judgeUrlSearch,
  "status-filter": judgeStatusFilter,
  "status-words": (read) => judgeStatusWords(allPages(read)),
  "date-zone": (read) => judgeDateZone(allPages(read)),
  "report-form": judgeReport,
  "unknown-report": (read) => judgeRefusal(read, "report-unknown", (code) => code === "901"),
  // Only a job created by this dashboard shows these two.
  "memo-kept": () => open,
  "created-id": () => open,
  "clock-limit": (read) => judgeRefusal(read, "clock-off", () => true),
  "wrong-key": (read) => judgeRefusal(read, "wrong-secret", (code) => code === "200"),
  "unknown-cancel": (read) => judgeRefusal(read, "cancel-unknown", (code) => code === "901"),
};

/** Judges each fact by the calls of a probe, live or recorded. */
export function judgeCalls(recording: Pick<Recording, "calls" | "timeZone" | "recordedAt">): GatewayFact[] {
  const read = readCalls(recording);
  return factNames.map((name) => ({ name, ...judges[name](read) }));
}

/** Returns the unknown status texts of a list, each with the status codes whose search returned it. */
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
