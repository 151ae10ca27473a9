import { type BffApi, type Handlers, readWebUrl } from "@wsc-dashboard/wsc-core";
import type { CallContext } from "../calls/call-context.ts";
import type { Outbox } from "../outbox/outbox.ts";
import type { TargetSubmissions } from "../outbox/target-submissions.ts";
import { type PlanBudgets, previewPlan } from "../schedules/plan-preview.ts";
import type { PlannedRuns } from "../schedules/planned-runs.ts";
import { calendarRange, scanCalendar } from "../schedules/scan-calendar.ts";
import type { TargetRecords } from "../summaries/target-records.ts";

export interface PlanHandlerParts {
  readonly plannedRuns: PlannedRuns;
  readonly submissions: Pick<TargetSubmissions, "reserved">;
  readonly outbox: Pick<Outbox, "dayBudget">;
  readonly records: Pick<TargetRecords, "startUrls">;
  readonly budgets: PlanBudgets;
  readonly now: () => number;
}

/** Time range of existing runs to consider, in milliseconds; longer than a preview covers. */
const lookAheadMs = 100 * 86_400_000;

export function planHandlers({
  plannedRuns,
  submissions,
  outbox,
  records,
  budgets,
  now,
}: PlanHandlerParts): Handlers<BffApi, CallContext>["plans"] {
  /** Jobs of the current day of the budget, which reservations that are due already belong to. */
  const usedToday = async (at: number): Promise<number> => (await outbox.dayBudget(at))?.used ?? 0;

  return {
    calendar: async ({ query: { month, zone } }) => {
      const at = now();
      const range = calendarRange(month, zone, budgets, at);
      const [runs, reserved, used] = await Promise.all([
        range === null ? [] : plannedRuns.runsBetween(range.counted.from, range.counted.until),
        submissions.reserved(),
        usedToday(at),
      ]);
      return scanCalendar(month, range, runs, reserved, budgets, at, used);
    },

    preview: async ({ body }) => {
      const at = now();
      const [schedules, runs, reserved, startUrls, used] = await Promise.all([
        plannedRuns.schedules(),
        plannedRuns.runsBetween(at, at + lookAheadMs),
        submissions.reserved(),
        records.startUrls(),
        usedToday(at),
      ]);
      const scheduled = new Set(schedules.filter(({ isPaused }) => !isPaused).map(({ host }) => host));
      const later = reserved.map(({ dueAt }) => dueAt).filter((dueAt) => dueAt > at);
      return previewPlan(body, {
        budgets,
        planned: [...runs.map(({ dueAt }) => Date.parse(dueAt)), ...later],
        used,
        startUrlOf: (host) => readWebUrl(startUrls.get(host) ?? "") ?? `https://${host}/`,
        hasSchedule: (host) => scheduled.has(host),
        now: at,
      });
    },
  };
}
