/** The vendor's rule behind 160455: within 60 days of the first job's end, at most three times, same host and address. */
export const rescanWindowDays = 60;
export const rescanLimit = 3;

/** Returns the instant from which a job that ended at `endedAt` can no longer be re-scanned without a new contract. */
export function rescanClosesAt(endedAt: Date): Date {
  return new Date(endedAt.getTime() + rescanWindowDays * 86_400_000);
}

/** Returns whether the period still allows a re-scan. The upstream decides (160455). */
export function isRescanOpen(endedAt: Date, now: Date): boolean {
  return now.getTime() < rescanClosesAt(endedAt).getTime();
}
