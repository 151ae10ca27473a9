import { jobStatusCodes, memoTokensIn } from "@wsc-dashboard/wsc-core";
import {
  cancelJobRequest,
  getJobsRequest,
  getReportRequest,
  pageCountOf,
  type ReadCalls,
  type ReadRecord,
  type SearchArguments,
  searchJobsRequest,
  type WireRequest,
} from "@wsc-dashboard/wsc-core/upstream";

/** A call of the probe, and how the recording describes it. */
export interface ProbeStep {
  readonly step: string;
  readonly request: WireRequest;
  readonly limit: number | null;
  readonly page: number | null;
  readonly statusCode: number | null;
  /** The job that the call is about. */
  readonly about: string | null;
  /** How the call is signed: normally, with a clock six minutes behind, or with a wrong secret. */
  readonly signing: "usual" | "clock-off" | "wrong-secret";
}

const pageRows = 100;
/** Rows for a search that is expected to find only a few. */
const searchRows = 20;
/** No job has this number: it has more digits than any seen so far, and the contract allows it. */
const unknownJob = "99999999999999999";

function list(step: string, limit: number, page: number): ProbeStep {
  return { step, request: getJobsRequest({ limit, page }), limit, page, ...nothing };
}
const nothing = { statusCode: null, about: null, signing: "usual" } as const;

function search(step: string, args: Partial<SearchArguments>, about: string | null = null): ProbeStep {
  const { statusCode = null } = args;
  const request = searchJobsRequest({
    ...{ searchBy: null, keyword: "", statusCode, limit: searchRows, page: 1 },
    ...args,
  });
  return { step, request, limit: searchRows, page: 1, statusCode, about, signing: "usual" };
}

const report = (step: string, instanceNo: string, isKnown = true): ProbeStep => ({
  ...{ step, request: getReportRequest(instanceNo), limit: null, page: null },
  ...{ ...nothing, about: isKnown ? instanceNo : null },
});

/** Calls of the first round, which need no earlier results. */
export const firstSteps: readonly ProbeStep[] = [
  {
    step: "list-bare",
    request: { operation: "getJobs", method: "GET", pathAndQuery: "/api/v1/jobs", body: null },
    ...{ limit: null, page: null, ...nothing },
  },
  list("list-one", 1, 1),
  list("list-first", pageRows, 1),
  list("list-second", pageRows, 2),
  list("list-thousand", 1000, 1),
  ...jobStatusCodes.map((statusCode) => search(`status-${statusCode}`, { statusCode })),
];

const swapCase = (text: string): string =>
  [...text].map((sign) => (sign === sign.toLowerCase() ? sign.toUpperCase() : sign.toLowerCase())).join("");
/** The middle half of a text, in whole code points and without its ends. */
function middleOf(text: string): string {
  const signs = [...text];
  const quarter = Math.ceil(signs.length / 4);
  return signs
    .slice(quarter, Math.max(quarter + 1, signs.length - quarter))
    .join("")
    .trim();
}

function memoSteps(records: readonly ReadRecord[], random: string): ProbeStep[] {
  const usable = records.filter(({ wireMemo }) => wireMemo.length >= 8 && wireMemo.length <= 200);
  const chosen =
    usable.find(({ wireMemo }) => memoTokensIn(wireMemo).size > 0 || swapCase(wireMemo) !== wireMemo) ?? usable[0];
  const randomStep = search("memo-random", { searchBy: "memo", keyword: random });
  if (chosen === undefined) return [randomStep];
  const { wireMemo, job } = chosen;
  const middle = middleOf(wireMemo);
  const ask = (step: string, keyword: string): ProbeStep => search(step, { searchBy: "memo", keyword }, job.instanceNo);
  return [
    ask("memo-whole", wireMemo),
    ask("memo-middle", middle),
    ...(swapCase(middle) === middle ? [] : [ask("memo-other-case", swapCase(middle))]),
    randomStep,
  ];
}

function urlSteps(records: readonly ReadRecord[]): ProbeStep[] {
  const chosen = records.find(({ job }) => URL.canParse(job.startUrl));
  const korean = search("url-korean", { searchBy: "url", keyword: "한국어" });
  if (chosen === undefined) return [korean];
  const { startUrl, instanceNo } = chosen.job;
  return [
    search("url-host", { searchBy: "url", keyword: new URL(startUrl).host }, instanceNo),
    search("url-whole", { searchBy: "url", keyword: startUrl }, instanceNo),
    korean,
  ];
}

function reportSteps(records: readonly ReadRecord[]): ProbeStep[] {
  const startOf = ({ job }: ReadRecord): number => Date.parse(job.startedAt ?? "") || Number.POSITIVE_INFINITY;
  // The newest, because reports are kept for a year only.
  const finished = records
    .filter(({ job, button }) => button === "report" || (button !== "expired" && job.status.phase === "completed"))
    .reduce<ReadRecord | undefined>(
      (best, record) =>
        best === undefined || (record.job.startedAt ?? "") > (best.job.startedAt ?? "") ? record : best,
      undefined,
    );
  const oldest = records.reduce<ReadRecord | undefined>(
    (least, record) => (least === undefined || startOf(record) < startOf(least) ? record : least),
    undefined,
  );
  const running = records.find(
    ({ job, button }) => ["crawling", "scanning"].includes(job.status.phase) || button === "terminate",
  );
  return [
    ...(finished === undefined ? [] : [report("report-finished", finished.job.instanceNo)]),
    ...(oldest === undefined ? [] : [report("report-oldest", oldest.job.instanceNo)]),
    ...(running === undefined ? [] : [report("report-running", running.job.instanceNo)]),
    report("report-unknown", unknownJob, false),
  ];
}

/** The last page and the one after it, as computed from the rows received. */
function lastPages({ pages }: ReadCalls): ProbeStep[] {
  const first = pages.get("list-first")?.page;
  if (first === undefined) return [];
  const last = pageCountOf(first, { limit: pageRows, page: 1 });
  return [...(last > 2 ? [list("list-last", pageRows, last)] : []), list("list-beyond", pageRows, last + 1)];
}

/** Calls of the second round, about jobs that the first one returned. `random` is a text that no memo contains. */
export function furtherSteps(read: ReadCalls, random: string): ProbeStep[] {
  const records = [...read.pages.values()].flatMap(({ page }) => page.records);
  return [...lastPages(read), ...memoSteps(records, random), ...urlSteps(records), ...reportSteps(records)];
}

/** Calls that may alert the account's owner, because they look like an attack or a mistake. */
export const alertingSteps: readonly ProbeStep[] = [
  { ...list("clock-off", 1, 1), signing: "clock-off" },
  { ...list("wrong-secret", 1, 1), signing: "wrong-secret" },
  { step: "cancel-unknown", request: cancelJobRequest(unknownJob), limit: null, page: null, ...nothing },
];
