import { describe, expect, it } from "vitest";
import type { JobSeed } from "./job-seed.ts";
import { startGateway } from "./testing-gateway.ts";

const now = Date.parse("2026-11-20T12:30:04Z");
const seed = (changes: Partial<JobSeed> = {}): JobSeed => ({
  startUrl: "https://www.example.com/",
  status: 4,
  startedAt: "2026-11-18T16:00:02Z",
  endedAt: "2026-11-18T18:42:57Z",
  ...changes,
});
const searchBody = (changes: Record<string, unknown> = {}): Record<string, unknown> => ({
  searchType: "",
  searchKeyword: "",
  statusCode: null,
  limit: 100,
  page: 1,
  ...changes,
});

describe("getJobs", () => {
  it.each([
    ["", 160432],
    ["?limit=10", 160432],
    ["?page=1", 160432],
    ["?limit=&page=1", 160432],
    ["?limit=0&page=1", 160431],
    ["?limit=101&page=1", 160431],
    ["?limit=10&page=0", 160431],
    ["?limit=-1&page=1", 160431],
    ["?limit=1e1&page=1", 160431],
    ["?limit=10.0&page=1", 160431],
    ["?limit=ten&page=1", 160431],
    ["?limit=10&limit=10&page=1", 160431],
    ["?LIMIT=10&page=1", 160432],
  ])("refuses %j with %i", async (query, code) => {
    const { call } = await startGateway();
    expect((await call("GET", `/api/v1/jobs${query}`)).json().error.errorCode).toBe(code);
  });

  it("answers service errors with 200, and with 400 when switched to the newer pages", async () => {
    const { call, emulator } = await startGateway();
    expect((await call("GET", "/api/v1/jobs")).status).toBe(200);
    emulator.control.changeSettings({ serviceErrorStatus: 400 });
    const answer = await call("GET", "/api/v1/jobs");
    expect(answer.status).toBe(400);
    expect(answer.json()).toEqual({ error: { errorCode: 160432, message: "Param Check Null" } });
  });

  it("writes a record as the contract's sample does, dates on a Korean clock", async () => {
    const { call, emulator } = await startGateway({ now: () => now });
    emulator.control.addJobs([seed({ instanceNo: "7000121", memo: "monthly", crawlCount: 342 })]);
    expect((await call("GET", "/api/v1/jobs?limit=10&page=1")).json()).toEqual({
      returnCode: "0",
      returnDesc: "Request Success",
      returnMessage: "Success",
      resources: {
        total_cnt: 1,
        total_page_cnt: 1,
        current_start_page: 1,
        current_end_page: 1,
        record_data: [
          {
            instanceNo: 7000121,
            start_date: "2026/11/19 01:00:02",
            end_date: "2026/11/19 03:42:57",
            status: "Complete",
            progress: 100,
            start_url: "https://www.example.com/",
            crawl_cnt: 342,
            scan_cnt: 0,
            memo: "monthly",
            result_button: "report",
          },
        ],
      },
    });
  });

  it.each([
    [12, "Pending", "cancel"],
    [13, "Crawling", "terminate"],
    [14, "Crawl Complete", "cancel"],
    [15, "Crawl Fail", "cause"],
    [2, "Scan Pending", "cancel"],
    [3, "Scanning", "terminate"],
    [4, "Complete", "report"],
    [5, "Scan Fail", "cause"],
    [91, "Cancelled", ""],
    [92, "Stopping", ""],
    [93, "Stopped", ""],
  ] as const)("shows status %i as %j with the button %j", async (status, text, button) => {
    const { list, emulator } = await startGateway({ now: () => now });
    const { endedAt: _, ...running } = seed({ status });
    emulator.control.addJobs([running]);
    expect((await list())[0]).toMatchObject({ status: text, result_button: button });
  });

  it("shows an undocumented status unchanged, without a button and never as running", async () => {
    const { list, emulator } = await startGateway({ now: () => now });
    emulator.control.addJobs([seed({ status: null, statusText: "Under Review" })]);
    expect((await list())[0]).toMatchObject({ status: "Under Review", result_button: "" });
  });

  it("shows expired instead of report from the exact instant of expiry", async () => {
    let clock = Date.parse("2027-11-18T18:42:56.999Z");
    const { list, emulator } = await startGateway({ now: () => clock });
    emulator.control.addJobs([seed({ endedAt: "2026-11-18T18:42:57.900Z" })]);
    expect((await list())[0]?.result_button).toBe("report");
    clock += 1;
    expect((await list())[0]?.result_button).toBe("expired");
  });

  it("writes every digit of a number beyond 2^53", async () => {
    const { call, emulator } = await startGateway();
    emulator.control.addJobs([seed({ instanceNo: "9007199254740993" })]);
    expect((await call("GET", "/api/v1/jobs?limit=10&page=1")).text).toContain('"instanceNo":9007199254740993,');
  });

  it("lists newest first and nothing past the end", async () => {
    const { call, emulator } = await startGateway();
    emulator.control.addJobs(
      [1, 3, 2].map((day) => seed({ memo: `day ${day}`, startedAt: `2026-10-0${day}T00:00:00Z` })),
    );
    const page = async (number: number): Promise<unknown[]> =>
      (await call("GET", `/api/v1/jobs?limit=2&page=${number}`))
        .json()
        .resources.record_data.map(({ memo }: { memo: string }) => memo);
    expect(await page(1)).toEqual(["day 3", "day 2"]);
    expect(await page(2)).toEqual(["day 1"]);
    expect(await page(3)).toEqual([]);
    expect(await page(999_999_999)).toEqual([]);
  });

  it("omits the envelope when configured", async () => {
    const { call } = await startGateway({ envelope: "bare" });
    expect((await call("GET", "/api/v1/jobs?limit=10&page=1")).json()).toMatchObject({ total_cnt: 0, record_data: [] });
  });
});

describe("searchJobs", () => {
  it.each(["searchType", "searchKeyword", "statusCode", "limit", "page"])("refuses a body without %s", async (name) => {
    const { call } = await startGateway();
    const { [name]: _, ...body } = searchBody();
    expect((await call("POST", "/api/v1/jobs/search", { body })).json().error.errorCode).toBe(160432);
  });

  it.each([
    { searchType: "status" },
    { searchType: null },
    { searchKeyword: null },
    { statusCode: "4" },
    { statusCode: 99 },
    { statusCode: [4] },
    { limit: "10" },
    { limit: 0 },
    { limit: 101 },
    { page: 0 },
    { page: 1.5 },
    { sort: "memo" },
  ])("refuses %j", async (changes) => {
    const { call } = await startGateway();
    expect((await call("POST", "/api/v1/jobs/search", { body: searchBody(changes) })).json().error.errorCode).toBe(
      160431,
    );
  });

  it.each([null, [], "text", 5])("refuses the body %j", async (body) => {
    const { call } = await startGateway();
    expect((await call("POST", "/api/v1/jobs/search", { body })).json().error.errorCode).toBe(160432);
  });

  it("finds by URL, by memo and by status, letter case aside", async () => {
    const { call, emulator } = await startGateway();
    emulator.control.addJobs([
      seed({ startUrl: "https://shop.example.com/Cart", memo: "정기 점검 Q4" }),
      seed({ startUrl: "https://www.example.com/", memo: "shop is mentioned here", status: 5 }),
    ]);
    const count = async (changes: Record<string, unknown>): Promise<number> =>
      (await call("POST", "/api/v1/jobs/search", { body: searchBody(changes) })).json().resources.total_cnt;
    expect(await count({})).toBe(2);
    expect(await count({ searchType: "url", searchKeyword: "SHOP.example" })).toBe(1);
    expect(await count({ searchType: "url", searchKeyword: "cart" })).toBe(1);
    expect(await count({ searchType: "memo", searchKeyword: "점검 q4" })).toBe(1);
    expect(await count({ searchType: "memo", searchKeyword: "%" })).toBe(0);
    expect(await count({ searchType: "memo", searchKeyword: "" })).toBe(2);
    expect(await count({ searchType: "", searchKeyword: "ignored" })).toBe(2);
    expect(await count({ statusCode: 5 })).toBe(1);
    expect(await count({ statusCode: 93 })).toBe(0);
    expect(await count({ statusCode: 5, searchType: "url", searchKeyword: "shop" })).toBe(0);
  });
});
