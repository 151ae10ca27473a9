import { jobStatusCodes, nextStatusCodes } from "@wsc-dashboard/wsc-core";
import { describe, expect, it } from "vitest";
import { freezeCounts, type JobRecord, moveJob, shownCounts } from "./job-record.ts";
import { JobStore } from "./job-store.ts";
import { sampleFinding } from "./testing-gateway.ts";

function recordAt(code: JobRecord["code"]): JobRecord {
  return new JobStore().add({
    order: {
      startUrl: "http://127.0.0.1/",
      excludeUrls: [],
      headers: {},
      items: ["ALL"],
      userAgent: "PC Chrome",
      speed: "1",
      memo: "",
      masterInstanceNo: null,
    },
    startedAt: 0,
    searchableAt: 0,
    code,
  });
}

describe("moveJob", () => {
  it("throws for every undefined transition, and leaves the job unchanged", () => {
    for (const from of jobStatusCodes) {
      for (const to of jobStatusCodes) {
        const record = recordAt(from);
        if (nextStatusCodes(from).includes(to)) {
          moveJob(record, to, 1);
          expect(record.code).toBe(to);
        } else {
          expect(() => moveJob(record, to, 1)).toThrow(`from ${from} to ${to}`);
          expect(record.code).toBe(from);
        }
      }
    }
  });

  it("throws for a job with an undocumented status", () => {
    expect(() => moveJob(recordAt(null), 91, 1)).toThrow();
  });

  it("ends a job only when the status is final", () => {
    const record = recordAt(13);
    moveJob(record, 92, 5);
    expect(record.endedAt).toBeNull();
    moveJob(record, 93, 6);
    expect(record.endedAt).toBe(6);
  });
});

describe("shownCounts", () => {
  it("never shows 100 per cent of a running scan", () => {
    const record = recordAt(3);
    record.progress = 100;
    expect(shownCounts(record).progress).toBe(99);
  });

  it("shows the elapsed share of the results, which a stop makes final", () => {
    const record = recordAt(3);
    record.progress = 80;
    record.findings = [sampleFinding, sampleFinding, sampleFinding, sampleFinding];
    record.shownShare = () => 0.5;
    expect(shownCounts(record)).toMatchObject({ progress: 40, findingCount: 2 });
    freezeCounts(record);
    expect(record.progress).toBe(40);
    expect(record.findings).toHaveLength(2);
  });
});
