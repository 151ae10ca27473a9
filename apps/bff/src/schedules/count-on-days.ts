import type { Outbox } from "../outbox/outbox.ts";
import type { TargetSubmissions } from "../outbox/target-submissions.ts";
import { type BudgetDay, type BudgetDays, budgetDayOf } from "./budget-days.ts";
import type { PlannedRuns } from "./planned-runs.ts";

export interface CountParts {
  readonly plannedRuns: Pick<PlannedRuns, "countsIn">;
  readonly submissions: Pick<TargetSubmissions, "reserved">;
  readonly outbox: Pick<Outbox, "dayBudget">;
  readonly budget: BudgetDays;
}

export type CountOnDays = ReturnType<typeof createCountOnDays>;

/**
 * Returns a function that counts the jobs on the budget's days of some instants: planned ones, and on the current day those used
 * already. `exceptId`: a schedule that is not counted.
 */
export function createCountOnDays({ plannedRuns, submissions, outbox, budget }: CountParts) {
  return async (instants: readonly number[], now: number, exceptId?: string): Promise<number[]> => {
    const days = instants.map((instant) => budgetDayOf(instant, budget));
    // Runs of today that are over are among the used ones.
    const ahead = days.map((day) => ({ ...day, from: Math.max(day.from, now) }));
    const [runs, reserved, today] = await Promise.all([
      plannedRuns.countsIn(ahead, exceptId),
      submissions.reserved(),
      outbox.dayBudget(now),
    ]);
    const reservedIn = ({ from, until }: BudgetDay): number =>
      reserved.filter(({ dueAt }) => dueAt > now && dueAt >= from && dueAt < until).length;
    return ahead.map((day, index) => {
      const used = day.from <= now && now < day.until ? (today?.used ?? 0) : 0;
      return (runs[index] ?? 0) + reservedIn(day) + used;
    });
  };
}
