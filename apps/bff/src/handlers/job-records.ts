import type { BffApi, Handlers } from "@wsc-dashboard/wsc-core";
import type { CallContext } from "../calls/call-context.ts";
import { exportJobList } from "../summaries/job-list-export.ts";
import type { JobRecords } from "../summaries/job-records.ts";

/** `serverZone`: default zone of times in files. */
export function jobRecordHandlers(
  records: JobRecords,
  serverZone: string,
  now: () => number,
): Handlers<BffApi, CallContext>["jobRecords"] {
  return {
    list: ({ query }, { user }) => records.list(query, user.id),
    counts: ({ query }, { user }) => records.counts(query.instanceNos, user.id),
    export: async ({ query: { lang, zone = serverZone, ...filter } }, { user }) =>
      exportJobList(await records.selection(filter, user.id), { language: lang, zone, at: now() }),
  };
}
