import { type RescanLedger, rescanLedgerOf, type SubmissionState } from "@wsc-dashboard/wsc-core";
import { translateDatabaseErrors } from "../database/database-errors.ts";
import type { OpenDatabase } from "../database/open-database.ts";

/** The vendor allows three re-scans; this bounds the walk for longer chains, which were not made here. */
const maxDepth = 10;
const endedWithoutJob: readonly SubmissionState[] = ["MISSED", "FAILED", "CANCELLED"];

export type RescanRecords = ReturnType<typeof createRescanRecords>;

/** Which jobs ordered here are re-scans of which. */
export function createRescanRecords(database: OpenDatabase) {
  const { db } = database;
  const guarded = translateDatabaseErrors(database);

  /** The first job of a chain of re-scans. */
  async function firstOf(instanceNo: string): Promise<string> {
    let first = instanceNo;
    for (let depth = 0; depth < maxDepth; depth += 1) {
      const row = await db
        .selectFrom("submission")
        .select("rescan_of")
        .where("instance_no", "=", first)
        .where("rescan_of", "is not", null)
        .executeTakeFirst();
      if (row === undefined || row.rescan_of === null) break;
      first = row.rescan_of;
    }
    return first;
  }

  /** Number of re-scans of a job and of its re-scans, bound or in progress. */
  async function countOf(instanceNo: string): Promise<number> {
    let used = 0;
    let parents = [instanceNo];
    for (let depth = 0; depth < maxDepth && parents.length > 0; depth += 1) {
      const rows = await db
        .selectFrom("submission")
        .select("instance_no")
        .where("rescan_of", "in", parents)
        .where("state", "not in", [...endedWithoutJob])
        .execute();
      used += rows.length;
      parents = rows.flatMap(({ instance_no }) => (instance_no === null ? [] : [instance_no]));
    }
    return used;
  }

  return {
    /** `endOf` returns when a job ended, if known. */
    ledgerOf: (instanceNo: string, endOf: (first: string) => Promise<Date | null>): Promise<RescanLedger> =>
      guarded(async () => {
        const first = await firstOf(instanceNo);
        return rescanLedgerOf(first, await endOf(first), await countOf(first));
      }),
  };
}
