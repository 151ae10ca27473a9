import { targetHostOf } from "@wsc-dashboard/wsc-core";
import { translateDatabaseErrors } from "../database/database-errors.ts";
import type { OpenDatabase } from "../database/open-database.ts";
import { nextRuns } from "./run-times.ts";
import { blackoutOf, ruleOf, storedRequestOf } from "./schedule-rows.ts";

/** Maximum runs of one schedule that are computed for a range of days. */
const maxRuns = 110;

export interface PlannedSchedule {
  readonly id: string;
  readonly host: string;
  readonly startUrl: string;
  readonly isPaused: boolean;
  /** Milliseconds; `null` while the schedule is paused. */
  readonly nextAt: number | null;
}

export interface PlannedRun {
  readonly id: string;
  readonly host: string;
  readonly dueAt: string;
}

export type PlannedRuns = ReturnType<typeof createPlannedRuns>;

/** Upcoming runs of schedules, for pages about targets. */
export function createPlannedRuns(database: OpenDatabase) {
  const guarded = translateDatabaseErrors(database);

  return {
    schedules: (): Promise<PlannedSchedule[]> =>
      guarded(async () => {
        const rows = await database.db
          .selectFrom("schedule")
          .select(["id", "request", "paused_by", "next_at"])
          .orderBy("created_at")
          .execute();
        return rows.map((row) => {
          const { startUrl } = storedRequestOf(row);
          const isPaused = row.paused_by !== null;
          return {
            id: row.id,
            host: targetHostOf(startUrl),
            startUrl,
            isPaused,
            nextAt: isPaused ? null : row.next_at,
          };
        });
      }),

    /** The runs due in a range of instants, unordered. */
    runsBetween: (from: number, until: number): Promise<PlannedRun[]> =>
      guarded(async () => {
        const rows = await database.db
          .selectFrom("schedule")
          .select(["id", "request", "rule", "blackout"])
          .where("paused_by", "is", null)
          .where("next_at", "<", until)
          .execute();
        return rows.flatMap((row) => {
          const host = targetHostOf(storedRequestOf(row).startUrl);
          return nextRuns(ruleOf(row), blackoutOf(row), from, maxRuns)
            .filter(({ dueAt }) => Date.parse(dueAt) < until)
            .map(({ dueAt }) => ({ id: row.id, host, dueAt }));
        });
      }),
  };
}
