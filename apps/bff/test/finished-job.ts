import type { Job } from "@wsc-dashboard/wsc-core";

/** A finished job with a report, as the list shows it. */
export const finishedJob = (change: Partial<Job> = {}): Job => ({
  instanceNo: "7001001",
  startUrl: "https://shop.example.com/",
  memo: "",
  status: { text: "Complete", phase: "completed", code: 4 },
  progress: 100,
  crawlCount: 10,
  findingCount: 1,
  startedAt: "2026-11-26T17:42:57.000Z",
  endedAt: "2026-11-26T18:42:57.000Z",
  capabilities: { report: true, cancel: false, stop: false, rescan: true, cause: false },
  reportExpiresAt: "2027-11-26T18:42:57.000Z",
  ...change,
});
