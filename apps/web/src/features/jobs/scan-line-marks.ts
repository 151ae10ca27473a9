import type { Job } from "@wsc-dashboard/wsc-core";

export type Mark = "created" | "crawl" | "scan" | "end";
export type MarkState = "done" | "current" | "ahead" | "skipped";

/** The mark that a status code stands for; the code distinguishes waiting to crawl from waiting to scan. */
function reached({ status }: Job): Mark {
  if (status.code === 2 || status.code === 3 || status.code === 5) return "scan";
  if (status.code === 13 || status.code === 14 || status.code === 15) return "crawl";
  if (status.phase === "crawling") return "crawl";
  if (status.phase === "scanning") return "scan";
  if (status.phase === "completed") return "end";
  return "created";
}

/**
 * How far a job has come. For an interrupted job the phase it reached is known only by its results: findings come from the scan,
 * collected URLs from the crawl.
 */
export function markStates(job: Job): Readonly<Record<Mark, MarkState>> {
  const { phase, code } = job.status;
  if (phase === "completed") return { created: "done", crawl: "done", scan: "done", end: "done" };
  if (phase === "cancelled") return { created: "done", crawl: "skipped", scan: "skipped", end: "done" };
  if (phase === "stopped" || phase === "stopping" || phase === "failed" || phase === "unknown") {
    const hasScanned = code === 5 || (job.findingCount ?? 0) > 0;
    const hasCrawled = hasScanned || code === 15 || (job.crawlCount ?? 0) > 0;
    const isOver = phase === "stopped" || phase === "failed";
    return {
      created: "done",
      crawl: hasCrawled ? "done" : isOver ? "skipped" : "ahead",
      scan: hasScanned ? "done" : isOver ? "skipped" : "ahead",
      end: isOver ? "done" : phase === "stopping" ? "current" : "ahead",
    };
  }
  const at = reached(job);
  if (at === "created") return { created: "current", crawl: "ahead", scan: "ahead", end: "ahead" };
  if (at === "crawl") return { created: "done", crawl: "current", scan: "ahead", end: "ahead" };
  return { created: "done", crawl: "done", scan: "current", end: "ahead" };
}
