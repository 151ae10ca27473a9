import type { BffApi, Handlers, ScheduleRequest } from "@wsc-dashboard/wsc-core";
import type { CallContext } from "../calls/call-context.ts";
import type { JobRules } from "../job-requests/job-rules.ts";
import type { BudgetDays } from "../schedules/budget-days.ts";
import type { CountOnDays } from "../schedules/count-on-days.ts";
import { nextRunAfter, nextRuns } from "../schedules/run-times.ts";
import type { Schedules } from "../schedules/schedules.ts";

const previewedRuns = 10;

export interface ScheduleHandlerParts {
  readonly schedules: Schedules;
  readonly rules: JobRules;
  /** Counts the jobs on the budget's days of these instants. */
  readonly countOnDays: CountOnDays;
  readonly budget: BudgetDays;
  readonly now: () => number;
}

export function scheduleHandlers({
  schedules,
  rules,
  countOnDays,
  budget,
  now,
}: ScheduleHandlerParts): Handlers<BffApi, CallContext>["schedules"] {
  const checked = async (request: ScheduleRequest): Promise<ScheduleRequest> => {
    await rules.check(request);
    return request;
  };
  return {
    list: ({ query }, { user }) => schedules.list(user, now(), query),
    get: async ({ params }, { user }) => ({ schedule: await schedules.get(params.id, user, now()) }),
    preview: async ({ body }) => {
      const at = now();
      nextRunAfter(body.rule, body.blackout, at);
      const runs = nextRuns(body.rule, body.blackout, at, previewedRuns);
      const counts = await countOnDays(
        runs.map(({ dueAt }) => Date.parse(dueAt)),
        at,
        body.id,
      );
      return {
        next: runs.map((run, index) => ({ ...run, planned: counts[index] ?? 0 })),
        dayLimit: budget.perDay === 0 ? null : budget.perDay,
      };
    },
    create: async ({ body }, { user, requestId }) => ({
      schedule: await schedules.create(await checked(body), user, now(), requestId),
    }),
    update: async ({ params, body }, { user, requestId }) => ({
      schedule: await schedules.update(params.id, await checked(body), user, now(), requestId),
    }),
    pause: async ({ params }, { user, requestId }) => ({
      schedule: await schedules.pause(params.id, user, now(), requestId),
    }),
    resume: async ({ params }, { user, requestId }) => ({
      schedule: await schedules.resume(params.id, user, now(), requestId),
    }),
    remove: async ({ params }, { user, requestId }) => {
      await schedules.remove(params.id, user, now(), requestId);
      return { removed: true };
    },
  };
}
