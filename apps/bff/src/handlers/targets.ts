import type { BffApi, Handlers } from "@wsc-dashboard/wsc-core";
import type { CallContext } from "../calls/call-context.ts";
import type { JobRules } from "../job-requests/job-rules.ts";
import { writtenDay } from "../reports/exports/written-time.ts";
import { createSharedSlots } from "../shares/shared-slots.ts";
import type { TargetRecords } from "../summaries/target-records.ts";
import type { TargetDetailStore } from "../target-details/target-detail-store.ts";
import { readTargetFile, writeTargetFile } from "../target-details/target-file.ts";
import type { Ownership } from "../targets/ownership.ts";
import { checkTarget, viewLoginPage } from "../targets/target-checker.ts";
import type { TargetFetcher } from "../targets/target-fetcher.ts";

export interface TargetHandlerParts {
  readonly records: TargetRecords;
  readonly details: TargetDetailStore;
  readonly fetcher: TargetFetcher;
  readonly ownership: Ownership;
  readonly rules: JobRules;
  readonly now: () => number;
  readonly gatewayNow: () => number;
  /** Zone of the dates in file names. */
  readonly zone: string;
}

/** Maximum number of concurrent calls to targets. A call may take the fetcher's time limit for each of its pages. */
const maxCalls = { total: 8, perPerson: 2 };

export function targetHandlers({
  records,
  details,
  fetcher,
  ownership,
  rules,
  now,
  gatewayNow,
  zone,
}: TargetHandlerParts): Handlers<BffApi, CallContext>["targets"] {
  const slots = createSharedSlots(maxCalls, "calls to targets");

  return {
    list: () => records.list(),
    get: ({ params }) => records.get(params.host),
    export: async ({ query: { hosts } }) =>
      writeTargetFile(await details.all(), hosts ?? null, writtenDay(new Date(gatewayNow()).toISOString(), zone)),
    import: async ({ body: { csv, dryRun } }, act) => {
      const { rows, ignored } = readTargetFile(csv);
      const outcomes = await details.importRows(rows, dryRun, gatewayNow(), act);
      return {
        rows: rows.map(({ line, host, wrong }, index) => ({
          ...{ line, host, columns: [...wrong] },
          outcome: outcomes[index] ?? "refused",
        })),
        ignored: [...ignored],
      };
    },
    describe: async ({ params: { host }, body: { version, ...description } }, act) => ({
      details: await details.describe({ host, description }, version, gatewayNow(), act),
    }),
    removeDetails: async ({ params: { host } }, act) => ({ removed: await details.remove(host, gatewayNow(), act) }),
    check: async ({ body }, { user }) => {
      rules.checkTarget(body);
      rules.checkOwnCall(body.startUrl, "/startUrl");
      return slots.run(user.id, () => checkTarget(fetcher, body.startUrl, body.signIn));
    },
    findLogin: async ({ body }, { user }) => {
      rules.checkOwnCall(body.pageUrl, "/pageUrl");
      return slots.run(user.id, () => viewLoginPage(fetcher, body.pageUrl));
    },
    ownership: async ({ body }, { user }) => {
      rules.checkOwnCall(body.startUrl, "/startUrl");
      return slots.run(user.id, () => ownership.verify(body.startUrl, now()));
    },
  };
}
