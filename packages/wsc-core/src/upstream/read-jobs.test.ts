import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readCreatedHint } from "./read-created.ts";
import { pageCountOf, readJobPage } from "./read-jobs.ts";

const now = new Date("2026-11-21T00:00:00Z");
const context = { zone: "Asia/Seoul", now };
const bare = (): { record_data: Record<string, unknown>[] } & Record<string, unknown> =>
  JSON.parse(readFileSync(new URL("../../fixtures/getJobs.page1.bare.json", import.meta.url), "utf8"));
const recordWith = (change: Record<string, unknown>) => {
  const page = bare();
  return readJobPage({ ...page, record_data: [{ ...page.record_data[2], ...change }] }, context)?.records[0]?.job;
};

describe("a page of jobs", () => {
  it("reads the sample's five states with their capabilities", () => {
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

  it("offers no report from the exact instant of expiry", () => {
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
    ["progress beyond 100", { progress: 130 }, { progress: null }],
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
    "x",
    5,
    true,
    [{ instanceNo: 1 }],
    {},
    { some: "other answer" },
    { resources: null },
    { record_data: [{ instanceNo: 1 }] },
    { total_cnt: 3, record_data: null },
    { total_cnt: 3, record_data: {} },
    { total_cnt: null, record_data: [{ instanceNo: 1 }] },
    { total_cnt: "many", record_data: [] },
    { total_cnt: 1e300, record_data: [] },
    { total_cnt: 1.5, record_data: [] },
    { total_cnt: "9007199254740993", record_data: [] },
    { total_cnt: true, record_data: [] },
    { total_cnt: 1, record_data: { instanceNo: 1 } },
    { total_cnt: 20_000, record_data: Array(20_000).fill({ instanceNo: 1 }) },
    { total_cnt: -1, record_data: [] },
  ])("is no page: %j", (payload) => {
    expect(readJobPage(payload, context)).toBeNull();
  });
});

describe("no jobs", () => {
  it.each([null, undefined, "", [], { record_data: [] }, { record_data: null }, { total_cnt: null, record_data: [] }])(
    "said as %j are none, and without a count prove nothing absent",
    (payload) => {
      expect(readJobPage(payload, context)).toMatchObject({ total: null, records: [], isComplete: false });
    },
  );

  it.each([{ total_cnt: 0 }, { total_cnt: "0", record_data: null }, { total_cnt: 0, record_data: [] }])(
    "said as %j are none for certain",
    (payload) => {
      expect(readJobPage(payload, context)).toMatchObject({ total: 0, records: [], isComplete: true });
    },
  );
});

describe("the facts of a page about its list", () => {
  const dates = ["2026/11/19 01:00:00", "2026/11/18 01:00:00", "2026/11/17 01:00:00"];
  const pageOf = (starts: readonly unknown[], change: Record<string, unknown> = {}) =>
    readJobPage(
      {
        total_cnt: 250,
        record_data: starts.map((start_date, index) => ({ instanceNo: index + 1, start_date })),
        ...change,
      },
      context,
    );

  it.each([
    ["newest-first", dates],
    ["oldest-first", dates.toReversed()],
    ["newest-first", [dates[0], dates[0], dates[1]]],
    ["unknown", [dates[1], dates[0], dates[2]]],
    ["unknown", [dates[0], dates[0]]],
    ["unknown", [dates[0]]],
    ["unknown", []],
    ["newest-first", [dates[0], null, dates[2]]],
    ["unknown", [dates[0], null, "soon"]],
  ])("its order is %s for the starts %j", (order, starts) => {
    expect(pageOf(starts)?.order).toBe(order);
  });

  it("a page with a row that cannot be read is not complete", () => {
    const page = readJobPage({ total_cnt: 2, record_data: [{ instanceNo: 1 }, { InstanceNo: 2 }] }, context);
    expect(page).toMatchObject({ total: 2, received: 2, unreadable: 1, isComplete: false });
  });

  it.each([
    ["the vendor's word", { total_page_cnt: 3 }, { limit: 100, page: 1 }, 3],
    ["the rows that came when they are fewer than asked for", {}, { limit: 100, page: 1 }, 84],
    ["what was asked for", {}, { limit: 3, page: 1 }, 84],
    ["one when there is nothing", { total_cnt: 0, record_data: [] }, { limit: 50, page: 1 }, 1],
    ["what was asked for on the last page", { total_cnt: 103 }, { limit: 100, page: 2 }, 2],
    ["the rows that came when the vendor's word is none", { total_page_cnt: "x" }, { limit: 10, page: 1 }, 84],
  ])("the number of pages comes from %s", (_, change, asked, count) => {
    const page = pageOf(dates, change);
    expect(page === null ? null : pageCountOf(page, asked)).toBe(count);
  });
});

describe("texts of a record", () => {
  it("hold no half of a character, neither from a cut nor as received", () => {
    const long = `a${"😀".repeat(3000)}`;
    const texts = {
      owner: long,
      [`k${"😀".repeat(60)}`]: "\ud800",
      memo: "\udc00 memo",
      start_url: "https://a.example/\ud83d",
    };
    for (const status of [{ a: long }, "\ud800"]) {
      expect(JSON.stringify(recordWith({ ...texts, status }))).not.toMatch(/\\ud[89a-f]|\ufffd\u2026/i);
    }
  });
});

describe("fields of a record that the contract does not name", () => {
  it("are kept as text, within bounds", () => {
    const { extra } =
      recordWith({
        owner: "team-a",
        retries: 2,
        paid: true,
        nothing: null,
        list: [1, { a: 1 }],
        memo: { text: "odd" },
        long: "x".repeat(10_000),
        ...Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`field${index}`, "v"])),
      }) ?? {};
    expect(extra).toMatchObject({
      owner: "team-a",
      retries: "2",
      paid: "true",
      list: '[1,{"a":1}]',
      memo: '{"text":"odd"}',
    });
    expect(extra?.long).toHaveLength(501);
    expect(Object.keys(extra ?? {})).toHaveLength(40);
  });

  it("contain no sign-in data", () => {
    const record = recordWith({
      Login_Info: "SID=record-secret-1",
      note: "SID=record-secret-1",
      cookie: "other-secret",
    });
    expect(JSON.stringify(record)).not.toMatch(/record-secret|other-secret/);
  });

  it("are absent when there are none", () => {
    expect(recordWith({})).not.toHaveProperty("extra");
  });
});

describe("the status of a record", () => {
  const read = (status: unknown, filter?: number) =>
    readJobPage({ total_cnt: 1, record_data: [{ instanceNo: 1, status }] }, { ...context, statusCode: filter })
      ?.records[0]?.job.status;

  it.each([
    [
      { code: 4, name: "진단 완료" },
      { phase: "completed", code: 4 },
    ],
    [{ name: "진단 완료" }, { phase: "completed", code: 4 }],
    [
      { code: "15", name: "뭔가" },
      { phase: "failed", code: 15, text: "뭔가" },
    ],
    [
      { code: 4, name: "진단 실패" },
      { phase: "unknown", text: "진단 실패" },
    ],
    [{ code: 4, statusCode: 5 }, { phase: "unknown" }],
    [
      { a: "진단 완료", b: "진단 실패" },
      { phase: "unknown", text: "진단 완료 / 진단 실패" },
    ],
    [["Complete"], { phase: "unknown", text: '["Complete"]' }],
    [4, { phase: "completed", code: 4 }],
    ["", { phase: "unknown", text: "" }],
    [undefined, { phase: "unknown", text: "" }],
  ])("given as %j keeps its words and is %j", (status, expected) => {
    expect(read(status)).toMatchObject(expected);
  });

  it("has the code of the filter, unless a record of the page contradicts it", () => {
    expect(read("새로운 말", 4)).toMatchObject({ phase: "completed", code: 4, text: "새로운 말" });
    const page = readJobPage(
      {
        total_cnt: 2,
        record_data: [
          { instanceNo: 1, status: "새로운 말" },
          { instanceNo: 2, status: "진단 실패" },
        ],
      },
      { ...context, statusCode: 4 },
    );
    expect(page?.records.map(({ job }) => job.status.phase)).toEqual(["unknown", "failed"]);
  });
});

describe("createJob's payload", () => {
  it.each([
    [null, null],
    [undefined, null],
    [{}, null],
    [{ result: "ok" }, null],
    [1, null],
    [7000123, null],
    ["7000123", null],
    [[7000123], null],
    [{ count: 1 }, null],
    [{ instanceNo: 7000123 }, "7000123"],
    [{ InstanceNo: "9007199254740993" }, "9007199254740993"],
    [{ instanceId: 1 }, "1"],
    [{ InstanceId: "5" }, "5"],
    [{ instanceNo: "abc" }, null],
    [{ instanceNo: -4 }, null],
    [{ instanceNo: 0 }, null],
    ["", null],
  ])("%j gives the hint %j", (payload, hint) => {
    expect(readCreatedHint(payload)).toEqual({ hint });
  });
});
