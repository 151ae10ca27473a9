import { rescanClosesAt, rescanLimit } from "./rescan.ts";

/** What this dashboard knows of the re-scans of a job. The upstream may know of more; 160455 decides. */
export interface RescanLedger {
  /** The job that the others repeat; the rule counts from its end. */
  readonly firstInstanceNo: string;
  readonly used: number;
  readonly limit: number;
  /** `null`: no end of the first job is known. */
  readonly closesAt: string | null;
}

/** The ledger of a first job that ended at `endedAt` and was repeated by `used` submissions of this dashboard. */
export function rescanLedgerOf(firstInstanceNo: string, endedAt: Date | null, used: number): RescanLedger {
  return {
    firstInstanceNo,
    used,
    limit: rescanLimit,
    closesAt: endedAt === null ? null : rescanClosesAt(endedAt).toISOString(),
  };
}

const dayMs = 86_400_000;

/** Whole days left, rounded up; 0 when it is over. */
export function rescanDaysLeft(closesAt: string, now: Date): number {
  return Math.max(0, Math.ceil((new Date(closesAt).getTime() - now.getTime()) / dayMs));
}
