import { type BffApi, type Handlers, readWebUrl } from "@wsc-dashboard/wsc-core";
import type { CallContext } from "../calls/call-context.ts";
import type { TargetSubmissions } from "../outbox/target-submissions.ts";
import { type PlanBudgets, previewPlan } from "../schedules/plan-preview.ts";
import type { PlannedRuns } from "../schedules/planned-runs.ts";
import type { TargetRecords } from "../summaries/target-records.ts";

export interface PlanHandlerParts {
  readonly plannedRuns: PlannedRuns;
  readonly submissions: Pick<TargetSubmissions, "reserved">;
  readonly records: Pick<TargetRecords, "startUrls">;
  readonly budgets: PlanBudgets;
  readonly now: () => number;
}

/** Time range of existing runs to consider, in milliseconds; longer than a preview covers. */
const lookAheadMs = 100 * 86_400_000;

export function planHandlers({
  plannedRuns,
  submissions,
  records,
  budgets,
  now,
}: PlanHandlerParts): Handlers<BffApi, CallContext>["plans"] {
  return {
    preview: async ({ body }) => {
      const at = now();
      const [schedules, runs, reserved, startUrls] = await Promise.all([
        plannedRuns.schedules(),
        plannedRuns.runsBetween(at, at + lookAheadMs),
        submissions.reserved(),
        records.startUrls(),
      ]);
      const scheduled = new Set(schedules.filter(({ isPaused }) => !isPaused).map(({ host }) => host));
      return previewPlan(body, {
        budgets,
        planned: [...runs.map(({ dueAt }) => Date.parse(dueAt)), ...reserved.map(({ dueAt }) => dueAt)],
        startUrlOf: (host) => readWebUrl(startUrls.get(host) ?? "") ?? `https://${host}/`,
        hasSchedule: (host) => scheduled.has(host),
        now: at,
      });
    },
  };
}
