import type { ClosingReports } from "@wsc-dashboard/wsc-core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Stack, startStack } from "./start-bff.ts";

const day = 86_400_000;
const hour = 3_600_000;
let now = 0;
let stack: Stack;
beforeEach(async () => {
  now = Date.parse("2026-11-21T00:00:00Z");
  stack = await startStack({ now: () => now, bffNow: () => now, environment: { WSC_LIST_POLL_MS: "15000" } });
});
afterEach(() => stack.close());

/** Adds jobs whose reports expire in the given numbers of days; assumes a year without a leap day. */
function closingIn(...days: number[]): readonly string[] {
  return stack.emulator.control.addJobs(
    days.map((left) => {
      const end = now - (365 - left) * day;
      return {
        startUrl: "https://www.example.com/",
        status: 4,
        startedAt: new Date(end - hour).toISOString(),
        endedAt: new Date(end).toISOString(),
      };
    }),
  );
}
const ask = async (): Promise<ClosingReports> =>
  (await stack.ask("GET", "/api/reports/closing", { persona: "viewer" })).json;
const numbers = async (): Promise<readonly string[]> => (await ask()).reports.map(({ instanceNo }) => instanceNo);
const reads = (): number => stack.emulator.control.requests().length;
const always = 1_000_000;

describe("GET /api/reports/closing", () => {
  it("lists the reports that close within 30 days, the soonest first, from every page of the job list", async () => {
    const [inMonth = "", inWeek = ""] = closingIn(30, 6);
    closingIn(31.01, 200, 0, -1, ...Array<number>(230).fill(300));
    expect(await ask()).toMatchObject({
      reports: [{ instanceNo: inWeek }, { instanceNo: inMonth }],
      complete: true,
    });
  });

  it("includes one behind more than two thousand newer jobs, and it can be opened", async () => {
    const [closing = ""] = closingIn(5);
    closingIn(...Array<number>(2_100).fill(300));
    expect(await ask()).toMatchObject({ reports: [{ instanceNo: closing }], complete: true });
    expect((await stack.ask("GET", `/api/jobs/${closing}`, { persona: "viewer" })).status).toBe(200);
  });

  it("does not read pages older than a year", async () => {
    closingIn(...Array<number>(250).fill(-40));
    const [closing = ""] = closingIn(5);
    expect(await ask()).toMatchObject({ reports: [{ instanceNo: closing }], complete: true });
    expect(reads()).toBe(1);
  });

  it("omits a report from the instant at which it closes, although it is cached", async () => {
    const [closing = ""] = closingIn(0.5 / 24);
    expect(await numbers()).toEqual([closing]);
    now += hour / 2 - 1;
    expect(await numbers()).toEqual([closing]);
    now += 1;
    expect(await numbers()).toEqual([]);
  });

  it("reads the list once an hour, for any number of requests", async () => {
    closingIn(5, ...Array<number>(150).fill(300));
    await Promise.all(Array.from({ length: 10 }, ask));
    expect(reads()).toBe(2);
    now += hour - 1;
    await ask();
    expect(reads()).toBe(2);
    now += 1;
    await ask();
    expect(reads()).toBe(4);
  });

  it("answers from the cache while the upstream fails, marked as stale, without further calls", async () => {
    const [closing = ""] = closingIn(5);
    expect(await numbers()).toEqual([closing]);
    now += 20 * 60_000 + hour;
    stack.emulator.control.addFault({
      operation: "getJobs",
      times: always,
      effect: { kind: "gateway-error", code: "210" },
    });
    expect(await ask()).toMatchObject({ reports: [{ instanceNo: closing }], complete: false });
    const before = reads();
    await ask();
    expect(reads()).toBe(before);
    stack.emulator.control.clearFaults();
    now += 5 * 60_000;
    expect(await ask()).toMatchObject({ complete: true });
  });

  it("is empty, not an error, when the upstream never answered", async () => {
    stack.emulator.control.addFault({
      operation: "getJobs",
      times: always,
      effect: { kind: "gateway-error", code: "210" },
    });
    expect(await ask()).toEqual({ reports: [], complete: false });
  });
});
