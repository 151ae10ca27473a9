import { type Comparison, comparisonCountsOf, WscError } from "@wsc-dashboard/wsc-core";
import { UpstreamError } from "@wsc-dashboard/wsc-core/node";
import type { JobSummaryRow } from "../database/schema.ts";
import type { Logger } from "../log/logger.ts";
import type { ReportReader } from "../reports/report-reader.ts";
import { createRepeater } from "../timers/repeater.ts";
import type { JobDirectory } from "../upstream/job-directory.ts";
import type { VerdictObservation } from "../verdicts/verdict-observation.ts";
import { type JobSummaries, type Masters, namedFindingsOf } from "./job-summaries.ts";
import { createListReading } from "./list-reading.ts";
import type { ReadingState } from "./reading-state.ts";
import { jobOfRow } from "./summary-rows.ts";
import type { UnobservedReports } from "./unobserved-reports.ts";

/** The newest reports of a target, latest and partner, are read before anything is compared. */
const urgentNewness = 2;
const compareAgainMs = 10 * 60_000;
const forgetEveryMs = 60_000;

export interface BackgroundReadingParts {
  readonly summaries: JobSummaries;
  readonly state: ReadingState;
  readonly directory: Pick<JobDirectory, "list">;
  readonly reports: Pick<ReportReader, "serialisedListed" | "compare">;
  readonly masters: () => Promise<Masters>;
  readonly unobserved: UnobservedReports;
  readonly observation: Pick<VerdictObservation, "observe">;
  /** Pause between two calls, in milliseconds; 0 turns background reading off. */
  readonly pauseMs: number;
  readonly logger: Logger;
  readonly now: () => number;
}

/** Until when calls of this kind are paused; `null` when the call was sent. */
const pausedUntil = (error: WscError): number | null =>
  error instanceof UpstreamError ? (error.facts.pausedUntil ?? null) : null;

/**
 * Reads the list of jobs and their reports in the background, one call at a time with a pause in between, and keeps counts of
 * them. It does not depend on anybody viewing a page. The circuit breakers of the upstream client apply to it as to every caller.
 */
export function createBackgroundReading(parts: BackgroundReadingParts) {
  const { summaries, state, directory, reports, masters, unobserved, observation, pauseMs, logger, now } = parts;
  const onFull = async (at: number): Promise<void> => summaries.chooseAllPartners(await masters(), at);
  const list = createListReading({ directory, summaries, state, pauseMs, onFull });
  let reportsPausedUntil = 0;
  let forgotAt = Number.NEGATIVE_INFINITY;
  let lastProblem = "";
  let wasListsTurn = false;

  async function readReport(row: JobSummaryRow): Promise<void> {
    try {
      const { head } = await reports.serialisedListed(jobOfRow(row));
      await summaries.noteReport(row, head, await masters(), now());
    } catch (error) {
      if (!(error instanceof WscError) || error.code === "STORE_UNAVAILABLE") throw error;
      const until = pausedUntil(error);
      if (until !== null) reportsPausedUntil = until;
      else await summaries.noteFailure(row, error.code, await masters(), now());
    }
  }

  async function compare(head: JobSummaryRow, base: JobSummaryRow): Promise<void> {
    try {
      const before = await reports.serialisedListed(jobOfRow(base));
      const after = await reports.serialisedListed(jobOfRow(head));
      // The scan speeds do not affect how findings compare.
      const bytes = await reports.compare({ report: before, speed: null }, { report: after, speed: null });
      const comparison = JSON.parse(Buffer.from(bytes).toString("utf8")) as Comparison;
      const counts = comparisonCountsOf(comparison);
      await summaries.noteComparison(head.instance_no, base.instance_no, counts, now(), namedFindingsOf(after.head));
    } catch (error) {
      if (!(error instanceof WscError) || error.code === "STORE_UNAVAILABLE") throw error;
      const until = pausedUntil(error);
      if (until !== null) reportsPausedUntil = until;
      else await summaries.postponeComparison(head.instance_no, now() + compareAgainMs, now());
    }
  }

  /** Updates the verdicts of the target from the report. */
  async function observe(row: JobSummaryRow): Promise<void> {
    try {
      await observation.observe(await reports.serialisedListed(jobOfRow(row)));
      await unobserved.observeAgainAt(row.instance_no, null);
    } catch (error) {
      if (!(error instanceof WscError) || error.code === "STORE_UNAVAILABLE") throw error;
      const until = pausedUntil(error);
      if (until !== null) reportsPausedUntil = until;
      else await unobserved.observeAgainAt(row.instance_no, now() + compareAgainMs);
    }
  }

  /** Reads or compares the next report that is due; returns whether there was one. */
  async function stepReports(at: number): Promise<boolean> {
    if (at < reportsPausedUntil) return false;
    const next = await summaries.nextReport(at);
    const isUrgent = next !== null && next.newness <= urgentNewness;
    const observed = isUrgent ? null : await unobserved.next(at);
    const pair = isUrgent || observed !== null ? null : await summaries.nextComparison(at);
    if (observed !== null) await observe(observed);
    else if (pair !== null) await compare(pair.head, pair.base);
    else if (next !== null) await readReport(next.row);
    return observed !== null || pair !== null || next !== null;
  }

  async function step(): Promise<void> {
    const at = now();
    if (!(await state.hold(at))) return;
    if (at - forgotAt >= forgetEveryMs) {
      await summaries.forgetExpired(at);
      await summaries.noteExpiring(at);
      forgotAt = at;
    }
    // While a job does not end, every look walks deep into the list, so once the list is known reports get every other step.
    const isReportsTurn = wasListsTurn && list.isKnown();
    wasListsTurn = !isReportsTurn;
    if (isReportsTurn && (await stepReports(at))) return;
    if (await list.step(at)) return;
    if (!isReportsTurn) await stepReports(at);
  }

  const repeater = createRepeater(
    async () => {
      await step();
      lastProblem = "";
    },
    pauseMs,
    (err) => {
      // An unavailable database is logged once, not at every step.
      const problem = err instanceof Error ? err.message : String(err);
      if (problem !== lastProblem) logger.warn({ err }, "jobs and reports are not being read in the background");
      lastProblem = problem;
    },
  );

  return {
    start(): void {
      if (pauseMs > 0) repeater.start();
    },
    async close(): Promise<void> {
      await repeater.stop();
      await state.release().catch(() => {});
    },
  };
}
