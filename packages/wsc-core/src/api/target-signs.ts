/**
 * Filters of targets. open: its newest report has open findings; high, medium, low: of that risk. new, fixed: in a comparison of
 * this month. running: a job is waiting or running. failed: its last job failed. login: the last job requested here failed to log
 * in. unread: a report could not be read. expiring: its newest report expires within 30 days. unscheduled: no scan is planned.
 * unscanned: people entered it, but it has no job.
 */
export const targetSigns = [
  "open",
  "high",
  "medium",
  "low",
  "new",
  "fixed",
  "running",
  "failed",
  "login",
  "unread",
  "expiring",
  "unscheduled",
  "unscanned",
] as const;
export type TargetSign = (typeof targetSigns)[number];
