/** The vendor's rule behind 160455: within 60 days of the first job's end, three times at most, same host and address. */
export const rescanWindowDays = 60;
export const rescanLimit = 3;

/** The instant after which a job that ended at `endedAt` can no longer be scanned again free of a new contract. */
export function rescanClosesAt(endedAt: Date): Date {
  return new Date(endedAt.getTime() + rescanWindowDays * 86_400_000);
}

/** Whether the time rule still allows a re-scan. The upstream has the last word (160455). */
export function isRescanOpen(endedAt: Date, now: Date): boolean {
  return now.getTime() < rescanClosesAt(endedAt).getTime();
}
