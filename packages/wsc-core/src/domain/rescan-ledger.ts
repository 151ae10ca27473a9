import { rescanClosesAt, rescanLimit } from "./rescan.ts";

/** Re-scans of a job that this dashboard knows. The upstream may know more; 160455 decides. */
export interface RescanLedger {
  /** The original job of the re-scans; the period starts at its end. */
  readonly firstInstanceNo: string;
  readonly used: number;
  readonly limit: number;
  /** `null` if the end of the first job is unknown. */
  readonly closesAt: string | null;
}

/** Returns the ledger of a first job that ended at `endedAt` and has `used` re-scans submitted by this dashboard. */
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
