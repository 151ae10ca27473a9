import type { Job } from "@wsc-dashboard/wsc-core";
import { describe, expect, it } from "vitest";
import { pairToCompare } from "./pair-to-compare.ts";

const jobOf = (instanceNo: string, endedAt: string | null, change: { url?: string; report?: boolean } = {}): Job => ({
  instanceNo,
  startUrl: change.url ?? "https://shop.example.com/",
  memo: "",
  status: { text: "Complete", phase: "completed" },
  ...{ progress: 100, crawlCount: null, findingCount: null, startedAt: null, endedAt, reportExpiresAt: null },
  capabilities: { report: change.report ?? true, cancel: false, stop: false, rescan: false, cause: false },
});
const early = jobOf("9", "2026-10-01T00:00:00Z");
const late = jobOf("10", "2026-11-01T00:00:00Z");

describe("two chosen jobs", () => {
  it("are compared with the earlier one as the base, in whichever order they were chosen", () => {
    expect(pairToCompare([early, late])).toEqual({ base: "9", head: "10" });
    expect(pairToCompare([late, early])).toEqual({ base: "9", head: "10" });
  });

  it("are no pair without two reports of one target", () => {
    expect(pairToCompare([early])).toBeNull();
    expect(pairToCompare([early, late, jobOf("11", "2026-11-02T00:00:00Z")])).toBeNull();
    expect(pairToCompare([early, jobOf("10", "2026-11-01T00:00:00Z", { report: false })])).toBeNull();
    expect(
      pairToCompare([early, jobOf("10", "2026-11-01T00:00:00Z", { url: "https://other.example.com/" })]),
    ).toBeNull();
  });
});
