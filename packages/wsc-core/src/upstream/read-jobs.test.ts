import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readCreatedInstanceNo } from "./read-created.ts";
import { readJobPage } from "./read-jobs.ts";

const now = new Date("2026-11-21T00:00:00Z");
const context = { zone: "Asia/Seoul", now };
const bare = (): { record_data: Record<string, unknown>[] } & Record<string, unknown> =>
  JSON.parse(readFileSync(new URL("../../fixtures/getJobs.page1.bare.json", import.meta.url), "utf8"));
const recordWith = (change: Record<string, unknown>) => {
  const page = bare();
  return readJobPage({ ...page, record_data: [{ ...page.record_data[2], ...change }] }, context)?.records[0]?.job;
};

describe("a page of jobs", () => {
  it("reads the sample's five states with what may be done in each", () => {
    const jobs = readJobPage(bare(), context)?.records.map(({ job }) => job) ?? [];
    const offered = jobs.map(({ status, capabilities }) => [
      status.phase,
      Object.entries(capabilities)
        .filter(([, can]) => can)
        .map(([name]) => name)
        .join(),
    ]);
    expect(offered).toEqual([
      ["waiting", "cancel"],
      ["scanning", "stop"],
      ["completed", "report,rescan"],
      ["failed", "cause"],
      ["completed", ""],
    ]);
  });

  it("says when a report closes, one year after the end", () => {
    expect(recordWith({})?.reportExpiresAt).toBe("2027-11-18T18:42:57.000Z");
  });

  it("offers no report from the very instant the year is over", () => {
    const at = (text: string) =>
      readJobPage({ ...bare(), record_data: [bare().record_data[2]] }, { ...context, now: new Date(text) })?.records[0]
        ?.job.capabilities.report;
    expect(at("2027-11-18T18:42:56.999Z")).toBe(true);
    expect(at("2027-11-18T18:42:57.000Z")).toBe(false);
  });

  it("hides the token of a memo but keeps the wire memo for the server", () => {
    const page = bare();
    const read = readJobPage(
      { ...page, record_data: [{ ...page.record_data[0], memo: "분기 점검 wscabcdefghijklmnop" }] },
      context,
    );
    expect(read?.records[0]?.job.memo).toBe("분기 점검");
    expect(read?.records[0]?.wireMemo).toBe("분기 점검 wscabcdefghijklmnop");
  });

  it.each([
    [
      "an unknown status",
      { status: "Hibernating", result_button: "" },
      { status: { text: "Hibernating", phase: "unknown" } },
    ],
    [
      "numbers as text",
      { progress: "46", crawl_cnt: "12", scan_cnt: "3" },
      { progress: 46, crawlCount: 12, findingCount: 3 },
    ],
    ["no progress", { progress: undefined }, { progress: null }],
    ["progress beyond 100", { progress: 130 }, { progress: 100 }],
    ["an empty end", { end_date: "", status: "Scanning" }, { endedAt: null, reportExpiresAt: null }],
    ["an unreadable end", { end_date: "yesterday" }, { endedAt: null, reportExpiresAt: null }],
    ["missing texts", { start_url: null, memo: undefined }, { startUrl: "", memo: "" }],
    ["an id as text", { instanceNo: "9007199254740993" }, { instanceNo: "9007199254740993" }],
    [
      "a button nobody knows",
      { result_button: "dance" },
      { capabilities: { report: true, cancel: false, stop: false, rescan: true, cause: false } },
    ],
    ["a status that is a number", { status: 91, result_button: "" }, { status: { code: 91, phase: "cancelled" } }],
  ])("tolerates %s", (_, change, expected) => {
    expect(recordWith(change)).toMatchObject(expected);
  });

  it("does not offer to cancel a job that is over, although the button says cancel", () => {
    expect(recordWith({ status: "Cancelled", result_button: "cancel" })?.capabilities.cancel).toBe(false);
  });

  it.each([
    { instanceNo: null },
    { instanceNo: "12a" },
    { instanceNo: -1 },
    { instanceNo: 1.5 },
    { instanceNo: 9007199254740992 },
  ])("counts a record whose id cannot be trusted (%j) instead of showing it", (change) => {
    const page = bare();
    const read = readJobPage(
      { ...page, record_data: [{ ...page.record_data[0], ...change }, "odd", page.record_data[1]] },
      context,
    );
    expect(read).toMatchObject({ unreadable: 2 });
    expect(read?.records).toHaveLength(1);
  });

  it.each([
    null,
    [],
    "x",
    {},
    { record_data: [] },
    { total_cnt: 0 },
    { total_cnt: 3, record_data: null },
    { total_cnt: 3, record_data: {} },
    { total_cnt: null, record_data: [] },
    { total_cnt: -1, record_data: [] },
  ])("is no page: %j", (payload) => {
    expect(readJobPage(payload, context)).toBeNull();
  });
});

describe("createJob's payload", () => {
  it.each([
    [null, null],
    [undefined, null],
    [{}, null],
    [{ result: "ok" }, null],
    [7000123, "7000123"],
    ["7000123", "7000123"],
    [{ instanceNo: 7000123 }, "7000123"],
    [{ InstanceNo: "9007199254740993" }, "9007199254740993"],
    [{ instanceId: 1 }, "1"],
    [{ InstanceId: "5" }, "5"],
    [{ instanceNo: "abc" }, null],
    [{ instanceNo: -4 }, null],
    ["", null],
  ])("%j holds the id %j", (payload, id) => {
    expect(readCreatedInstanceNo(payload)).toBe(id);
  });
});
