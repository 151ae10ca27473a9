import {
  type AttentionKind,
  attentionKinds,
  type BudgetUse,
  isFinalPhase,
  type Overview,
  type TargetSign,
} from "@wsc-dashboard/wsc-core";
import type { JobSummaryRow } from "../database/schema.ts";
import type { ReservedScan } from "../outbox/target-submissions.ts";
import { courseOf, monthOf, openOf } from "./overview-counts.ts";
import { instantOf } from "./summary-rows.ts";
import { gatherFacts, readingOf, type TargetRecordParts } from "./target-facts.ts";
import { targetsOfRows } from "./target-list.ts";

const weekMs = 7 * 86_400_000;
const shownWorst = 8;
const shownRunning = 10;
const shownUpcoming = 20;

function runningOf(rows: readonly JobSummaryRow[], at: number): Overview["running"] {
  const running = rows
    .filter(({ phase }) => phase !== "unknown" && !isFinalPhase(phase))
    .sort((a, b) => (a.started_at ?? at) - (b.started_at ?? at));
  return {
    total: running.length,
    jobs: running.slice(0, shownRunning).map(({ instance_no, target, phase, status_text, started_at }) => ({
      ...{ instanceNo: instance_no, host: target, status: { text: status_text, phase } },
      startedAt: instantOf(started_at),
    })),
  };
}

/** The overview for team leads: open findings, their trend, and what needs attention. Built from stored data. */
export function createOverview(parts: TargetRecordParts) {
  const { summaries, state, submissions, plannedRuns, zone, isReadingOn, now } = parts;

  async function upcomingScans(reserved: readonly ReservedScan[], at: number): Promise<Overview["upcoming"]> {
    const until = at + weekMs;
    const runs = await plannedRuns.runsBetween(at, until);
    const scans = [
      ...runs.map((run) => ({ kind: "schedule" as const, ...run })),
      ...reserved
        .filter(({ dueAt }) => dueAt < until)
        .map(({ id, host, dueAt }) => ({
          kind: "reservation" as const,
          id,
          host,
          dueAt: new Date(dueAt).toISOString(),
        })),
    ].sort((a, b) => Date.parse(a.dueAt) - Date.parse(b.dueAt));
    return { total: scans.length, scans: scans.slice(0, shownUpcoming) };
  }

  return async (budget: BudgetUse): Promise<Overview> => {
    const at = now();
    const [rows, { facts, schedules, reserved }, reading, needsDecision, inDoubt] = await Promise.all([
      summaries.all(),
      gatherFacts(parts, at),
      state.get(),
      submissions.countOf("NEEDS_REVIEW"),
      submissions.countOf("IN_DOUBT"),
    ]);
    const targets = targetsOfRows(rows, facts);
    const withSign = (sign: TargetSign): number => targets.filter(({ signs }) => signs.includes(sign)).length;
    const counts: Readonly<Record<AttentionKind, number>> = {
      needsDecision,
      inDoubt,
      login: withSign("login"),
      failed: withSign("failed"),
      schedulesPaused: schedules.filter(({ isPaused }) => isPaused).length,
      unread: withSign("unread"),
      expiring: withSign("expiring"),
    };
    return {
      open: openOf(targets),
      course: courseOf(rows, facts),
      month: monthOf(rows, zone, at),
      worst: targets.filter(({ signs }) => signs.includes("open")).slice(0, shownWorst),
      targets: targets.length,
      attention: attentionKinds.flatMap((kind) => (counts[kind] === 0 ? [] : [{ kind, count: counts[kind] }])),
      running: runningOf(rows, at),
      upcoming: await upcomingScans(reserved, at),
      budget,
      reading: readingOf(rows, reading, isReadingOn, at),
      zone,
      asOf: new Date(at).toISOString(),
    };
  };
}
