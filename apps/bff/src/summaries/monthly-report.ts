import {
  addFindingCounts,
  addMonths,
  type MonthlyReport,
  monthAt,
  monthStart,
  WscError,
} from "@wsc-dashboard/wsc-core";
import { openCountsAt } from "./overview-counts.ts";
import { gatherFacts, readingOf, type TargetRecordParts } from "./target-facts.ts";
import { changeOf } from "./target-list.ts";

/** Reports stay readable for this many months. */
const shownMonths = 12;
const shownHosts = 50;
const dayMs = 86_400_000;

/** Creates the report of a month from stored data. `perDay`: jobs that the budget allows; 0: no limit. */
export function createMonthlyReport(parts: TargetRecordParts, perDay: number) {
  const { summaries, state, verdicts, zone, isReadingOn, now } = parts;

  /** Throws VALUE_INVALID. */
  return async (wanted: string | undefined): Promise<MonthlyReport> => {
    const at = now();
    const present = monthAt(new Date(at), zone);
    const months = Array.from({ length: shownMonths }, (_, index) => addMonths(present, -index));
    const month = wanted ?? present;
    if (!months.includes(month)) {
      throw new WscError("VALUE_INVALID", undefined, { errors: [{ pointer: "/month", code: "VALUE_INVALID" }] });
    }
    const [from, until] = [monthStart(month, zone).getTime(), monthStart(addMonths(month, 1), zone).getTime()];
    const [rows, { facts }, reading, accepted] = await Promise.all([
      summaries.all(),
      gatherFacts(parts, at),
      state.get(),
      verdicts.acceptedCount(Math.min(at, until)),
    ]);
    const ended = rows.filter(({ ended_at }) => ended_at !== null && ended_at >= from && ended_at < until);
    const finished = ended.filter(({ phase }) => phase === "completed");
    const byNumber = new Map(rows.map((row) => [row.instance_no, row]));
    const changes = finished.flatMap((row) => changeOf(row, byNumber, at) ?? []);
    const openAt = openCountsAt(rows, { decided: facts.decided, at });
    const known = new Set([...rows.map(({ target }) => target), ...facts.details.keys()]);
    const scanned = new Set(finished.map(({ target }) => target));
    const unscanned = [...known].filter((host) => !scanned.has(host)).sort();
    return {
      ...{ month, months, zone, accepted, isOver: until <= at, open: openAt(until), before: openAt(from) },
      compared: changes.length,
      new: addFindingCounts(changes.map((change) => change.new)),
      fixed: addFindingCounts(changes.map((change) => change.fixed)),
      targets: { known: known.size, scanned: scanned.size },
      unscanned: unscanned.slice(0, shownHosts),
      jobs: {
        finished: finished.length,
        failed: ended.filter(({ phase }) => phase === "failed").length,
        limit: perDay === 0 ? null : perDay * Math.round((until - from) / dayMs),
      },
      reading: readingOf(rows, reading, isReadingOn, at),
      asOf: new Date(at).toISOString(),
    };
  };
}
