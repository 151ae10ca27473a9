import { targetHostOf } from "@wsc-dashboard/wsc-core";
import { translateDatabaseErrors } from "../database/database-errors.ts";
import type { OpenDatabase } from "../database/open-database.ts";
import type { BudgetDay } from "./budget-days.ts";
import { nextRuns } from "./run-times.ts";
import { blackoutOf, ruleOf, storedRequestOf } from "./schedule-rows.ts";

const dayMs = 86_400_000;

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

    /**
     * The number of runs in each range of instants, such as days. `exceptId`: a schedule that is not counted. Faster than
     * `runsBetween` for few days that are far apart.
     */
    countsIn: (ranges: readonly Pick<BudgetDay, "from" | "until">[], exceptId: string | undefined): Promise<number[]> =>
      guarded(async () => {
        const rows = await database.db
          .selectFrom("schedule")
          .select(["id", "rule", "blackout"])
          .where("paused_by", "is", null)
          .execute();
        const rules = rows
          .filter(({ id }) => id !== exceptId)
          .map((row) => ({ rule: ruleOf(row), blackout: blackoutOf(row) }));
        return ranges.map(
          ({ from, until }) =>
            rules.filter(({ rule, blackout }) => {
              // The search is exclusive of its start. A schedule runs once a day at most.
              const [run] = nextRuns(rule, blackout, from - 1, 1);
              return run !== undefined && Date.parse(run.dueAt) < until;
            }).length,
        );
      }),

    /** The runs due in a range of instants, unordered. */
    runsBetween: (from: number, until: number): Promise<PlannedRun[]> =>
      guarded(async () => {
        // A schedule runs once a day at most.
        const maxRuns = Math.ceil((until - from) / dayMs) + 2;
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
