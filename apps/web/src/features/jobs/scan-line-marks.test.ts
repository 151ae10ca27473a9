import { type Job, type JobStatusCode, jobStatusTable } from "@wsc-dashboard/wsc-core";
import { describe, expect, it } from "vitest";
import { markStates } from "./scan-line-marks.ts";

function jobIn(status: Job["status"], known: Partial<Job> = {}): Job {
  return {
    instanceNo: "1",
    startUrl: "https://www.example.com/",
    memo: "",
    status,
    progress: null,
    crawlCount: null,
    findingCount: null,
    startedAt: null,
    endedAt: null,
    capabilities: { report: false, cancel: false, stop: false, rescan: false, cause: false },
    reportExpiresAt: null,
    ...known,
  };
}
const withCode = (code: JobStatusCode, known: Partial<Job> = {}): string =>
  Object.values(
    markStates(jobIn({ text: jobStatusTable[code].text, phase: jobStatusTable[code].phase, code }, known)),
  ).join(" ");

describe("the scan line", () => {
  it.each([
    [12, "current ahead ahead ahead"],
    [13, "done current ahead ahead"],
    [14, "done current ahead ahead"],
    [2, "done done current ahead"],
    [3, "done done current ahead"],
    [4, "done done done done"],
    [91, "done skipped skipped done"],
    [15, "done done skipped done"],
    [5, "done done done done"],
  ] as const)("of a job in status %i is %s", (code, states) => {
    expect(withCode(code)).toBe(states);
  });

  it("shows no scan phase for a job that was stopped while it collected URLs", () => {
    expect(withCode(93, { crawlCount: 10, findingCount: 0 })).toBe("done done skipped done");
  });

  it("shows no phase for a stopped job without results", () => {
    expect(withCode(93)).toBe("done skipped skipped done");
  });

  it("shows no end for a job with an unknown status", () => {
    const states = markStates(jobIn({ text: "Quarantined", phase: "unknown" }, { endedAt: "2026-01-01T00:00:00Z" }));
    expect(states.end).toBe("ahead");
  });
});
