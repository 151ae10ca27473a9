import type { BffApi, Handlers, ScheduleRequest } from "@wsc-dashboard/wsc-core";
import type { CallContext } from "../calls/call-context.ts";
import type { JobRules } from "../job-requests/job-rules.ts";
import { nextRunAfter, nextRuns } from "../schedules/run-times.ts";
import type { Schedules } from "../schedules/schedules.ts";

const previewedRuns = 10;

export function scheduleHandlers(
  schedules: Schedules,
  rules: JobRules,
  now: () => number,
): Handlers<BffApi, CallContext>["schedules"] {
  const checked = async (request: ScheduleRequest): Promise<ScheduleRequest> => {
    await rules.check(request);
    return request;
  };
  return {
    list: ({ query }, { user }) => schedules.list(user, now(), query),
    get: async ({ params }, { user }) => ({ schedule: await schedules.get(params.id, user, now()) }),
    preview: async ({ body }) => {
      nextRunAfter(body.rule, body.blackout, now());
      return { next: nextRuns(body.rule, body.blackout, now(), previewedRuns) };
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
