import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { UpstreamAnswer, UpstreamClient } from "@wsc-dashboard/wsc-core/node";
import { describe, expect, it } from "vitest";
import { createClosingReports } from "../src/reports/closing-reports.ts";
import { createJobDirectory } from "../src/upstream/job-directory.ts";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

const now = Date.parse("2026-11-28T00:00:00Z");
const megabyte = 1_000_000;
const rows = 100;
const pages = 30;

/** Bytes in use after garbage collection. */
function usedBytes(): number {
  collect();
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** The worst upstream: each page of its list has the maximum size, and each of its rows is a new job each time. */
function startBloatedUpstream() {
  let last = 0;
  const next = (): number => {
    last += 1;
    return last;
  };
  const long = (length: number): string => `${next()}-`.padEnd(length, "x");
  function page(): string {
    const records = Array.from({ length: rows }, () => ({
      instanceNo: 7_000_000 + next(),
      start_url: `https://shop.example.com/${long(9_000)}`,
      memo: long(1_000),
      status: long(5_000),
      result_button: "report",
      start_date: "2025/12/10 01:00:00",
      end_date: "2025/12/10 02:00:00",
      note: long(4_000),
    }));
    return JSON.stringify({ returnCode: "0", resources: { total_cnt: rows * pages, record_data: records } });
  }
  const client = {
    breakers: [],
    async call(_request: unknown, { decode, isReadable }: Parameters<UpstreamClient["call"]>[1] & object) {
      const decoded = await decode?.({ httpStatus: 200, body: Buffer.from(page()) });
      if (decoded?.kind !== "success") throw new Error("not read");
      isReadable?.(decoded as UpstreamAnswer);
      return decoded as UpstreamAnswer;
    },
  };
  return client as unknown as UpstreamClient;
}

describe("what is kept in memory of the upstream's answers is bounded in bytes:", () => {
  it("pages of the list, places of jobs and closing reports, however long the texts of jobs are", async () => {
    const directory = createJobDirectory({
      ...{ client: startBloatedUpstream(), zone: "Asia/Seoul", ttlMs: 0, now: () => now },
      tokenOf: async () => null,
      isListed: async () => false,
      hasReport: async () => false,
      isClockDoubted: () => false,
    });
    const closing = createClosingReports(directory, () => now);
    const page = (number: number) => directory.listSerialised({ ...all, limit: rows, page: number });
    const all = { searchBy: null, keyword: "", statusCode: null } as const;
    const before = usedBytes();
    for (let number = 1; number <= pages; number += 1) await page(number);
    const { complete } = await closing.list();
    expect(complete).toBe(false);
    // Of 120 MB received, each as text and as bytes.
    expect((usedBytes() - before) / megabyte).toBeLessThan(90);
    await page(1);
  });
});
