import { describe, expect, it } from "vitest";
import { itemWords } from "./item-words.ts";
import type { JobSeed } from "./job-seed.ts";
import {
  closedTarget,
  orderOf,
  scriptedScanner,
  startGateway,
  startSilentTarget,
  type TestGateway,
} from "./testing-gateway.ts";

const dayMs = 86_400_000;
const now = Date.parse("2026-11-20T12:00:00Z");

async function create({ call }: TestGateway, body: unknown): Promise<number | "created"> {
  const answer = (await call("PUT", "/api/v1/job", { body })).json();
  return answer.returnCode === "0" ? "created" : answer.error.errorCode;
}

const held = { scanner: scriptedScanner({ holdAt: "crawl" }).scanner };

describe("createJob", () => {
  it.each<[string, Record<string, unknown> | null, number]>([
    ["an empty body", null, 160432],
    ["no StartUrl", { StartUrl: undefined }, 160432],
    ["an empty StartUrl", { StartUrl: "" }, 160432],
    ["no VulnItems", { VulnItems: undefined }, 160432],
    ["no item", { VulnItems: [] }, 160432],
    ["no UserAgent", { UserAgent: null }, 160432],
    ["no Speed", { Speed: undefined }, 160432],
    ["a StartUrl of another scheme", { StartUrl: "ftp://127.0.0.1/" }, 160331],
    ["a StartUrl without a scheme", { StartUrl: "127.0.0.1/" }, 160331],
    ["a StartUrl without a host", { StartUrl: "http://" }, 160431],
    ["a StartUrl with a password", { StartUrl: "http://a:b@127.0.0.1/" }, 160431],
    ["a StartUrl that is a list", { StartUrl: ["http://127.0.0.1/"] }, 160431],
    ["a Speed that is a number", { Speed: 1 }, 160431],
    ["items that are a text", { VulnItems: "ALL" }, 160431],
    ["an item that is a number", { VulnItems: [1] }, 160431],
    ["an ExcludeUrl that is a text", { ExcludeUrl: "http://127.0.0.1/logout" }, 160431],
    ["an ExcludeUrl that is relative", { ExcludeUrl: ["/logout"] }, 160431],
    ["headers that are a text", { Headers: "Cookie: a=b" }, 160431],
    ["a header value that is a number", { Headers: { Cookie: 5 } }, 160431],
    ["a header value with a line break", { Headers: { Cookie: "a=b\r\nHost: example.com" } }, 160431],
    ["a header name with a blank", { Headers: { "Coo kie": "a=b" } }, 160431],
    ["a memo that is a number", { Memo: 7 }, 160431],
    ["a MasterInstanceNo that is a number", { MasterInstanceNo: 7000001 }, 160431],
    ["a field nobody documented", { startUrl: "http://127.0.0.1/" }, 160431],
    ["an unknown item", { VulnItems: ["XSS", "Everything"] }, 160433],
    ["an item in other letter case", { VulnItems: ["xss"] }, 160433],
    ["an unknown browser", { UserAgent: "Netscape" }, 160433],
    ["an unknown speed", { Speed: "4" }, 160433],
    ["a host that is not the customer's", { StartUrl: "https://www.example.com/" }, 160451],
    ["a host that only begins like an allowed one", { StartUrl: "http://127.0.0.1.example.com/" }, 160451],
    ["an unknown job to re-scan", { MasterInstanceNo: "1" }, 160455],
  ])("refuses %s", async (_, changes, code) => {
    const gateway = await startGateway(held);
    const body = changes === null ? undefined : orderOf(await startSilentTarget(), changes);
    expect(await create(gateway, body)).toBe(code);
    expect(await gateway.list()).toEqual([]);
  });

  it.each([[[]], ["text"], [5]])("refuses the body %j", async (body) => {
    expect(await create(await startGateway(held), body)).toBe(160431);
  });

  it("refuses a target that does not accept connections", async () => {
    const gateway = await startGateway(held);
    expect(await create(gateway, orderOf(await closedTarget()))).toBe(160353);
    expect(await gateway.list()).toEqual([]);
  });

  it("returns no id of the new job, which is in the list at once", async () => {
    const gateway = await startGateway(held);
    const startUrl = await startSilentTarget();
    const answer = await gateway.call("PUT", "/api/v1/job", { body: orderOf(startUrl, { Memo: "Q4 check" }) });
    expect(answer.status).toBe(200);
    expect(answer.json()).toEqual({
      returnCode: "0",
      returnDesc: "Request Success",
      returnMessage: "Success",
      resources: null,
    });
    expect(await gateway.list()).toMatchObject([
      { instanceNo: 7000001, start_url: startUrl, memo: "Q4 check", end_date: null },
    ]);
  });

  it("returns the id when configured", async () => {
    const gateway = await startGateway({ ...held, createAnswer: "with-id" });
    const answer = await gateway.call("PUT", "/api/v1/job", { body: orderOf(await startSilentTarget()) });
    expect(answer.json().resources).toEqual({ instanceNo: 7000001 });
  });

  it("accepts a body without optional fields", async () => {
    const gateway = await startGateway(held);
    const {
      ExcludeUrl: _,
      Memo: __,
      ...body
    } = orderOf(await startSilentTarget(), { Headers: null, MasterInstanceNo: "" });
    expect(await create(gateway, body)).toBe("created");
  });

  it("takes any item word in permissive mode, but not an empty one", async () => {
    const gateway = await startGateway({ ...held, itemsMode: "permissive" });
    const startUrl = await startSilentTarget();
    expect(await create(gateway, orderOf(startUrl, { VulnItems: ["CSRF", ""] }))).toBe(160433);
    expect(await create(gateway, orderOf(startUrl, { VulnItems: ["CSRF", "무언가"] }))).toBe("created");
  });

  it.each(["ALL", ...itemWords])("takes the item %s in strict mode", async (word) => {
    const gateway = await startGateway(held);
    expect(await create(gateway, orderOf(await startSilentTarget(), { VulnItems: [word] }))).toBe("created");
  });

  it("registers one job per target, also when two calls come at the same instant", async () => {
    const gateway = await startGateway(held);
    const startUrl = await startSilentTarget();
    const outcomes = await Promise.all([1, 2, 3, 4].map(() => create(gateway, orderOf(startUrl))));
    expect(outcomes.toSorted()).toEqual([160453, 160453, 160453, "created"]);
    expect(await create(gateway, orderOf(`${startUrl}other/path?x=1`))).toBe(160453);
    expect(await create(gateway, orderOf(await startSilentTarget()))).toBe("created");
  });

  it.each([
    [12, 160453],
    [13, 160453],
    [14, 160453],
    [2, 160453],
    [3, 160453],
    [92, 160453],
    [4, "created"],
    [5, "created"],
    [15, "created"],
    [91, "created"],
    [93, "created"],
  ] as const)("with a job of status %i on the target answers %s", async (status, expected) => {
    const gateway = await startGateway(held);
    const startUrl = await startSilentTarget();
    gateway.emulator.control.addJobs([{ startUrl, status }]);
    expect(await create(gateway, orderOf(startUrl))).toBe(expected);
  });

  it("refuses when too many jobs wait, whatever their targets; running ones do not count", async () => {
    const gateway = await startGateway({ ...held, queueLimit: 2 });
    const startUrl = await startSilentTarget();
    gateway.emulator.control.addJobs([
      { startUrl: "http://127.0.0.1:1/", status: 12 },
      { startUrl: "http://127.0.0.1:2/", status: 3 },
    ]);
    gateway.emulator.control.addJobs([{ startUrl: "http://127.0.0.1:3/", status: 2 }]);
    expect(await create(gateway, orderOf(startUrl))).toBe(160454);
    gateway.emulator.control.changeSettings({ queueLimit: 3 });
    expect(await create(gateway, orderOf(startUrl))).toBe("created");
  });

  it("hides a new job from searches, not lists, until the lag is over", async () => {
    let clock = now;
    const gateway = await startGateway({ ...held, searchLagMs: 5_000, now: () => clock });
    await create(gateway, orderOf(await startSilentTarget(), { Memo: "lag" }));
    const found = async (): Promise<number> => {
      const body = { searchType: "memo", searchKeyword: "lag", statusCode: null, limit: 10, page: 1 };
      return (await gateway.call("POST", "/api/v1/jobs/search", { body })).json().resources.total_cnt;
    };
    expect(await gateway.list()).toHaveLength(1);
    clock += 4_999;
    expect(await found()).toBe(0);
    clock += 1;
    expect(await found()).toBe(1);
  });
});

describe("re-scan", () => {
  const finished = (startUrl: string, changes: Partial<JobSeed> = {}): JobSeed => ({
    instanceNo: "500",
    startUrl,
    status: 4,
    startedAt: new Date(now - 11 * dayMs).toISOString(),
    endedAt: new Date(now - 10 * dayMs).toISOString(),
    ...changes,
  });
  const rescan = (startUrl: string, master = "500"): Record<string, unknown> =>
    orderOf(startUrl, { MasterInstanceNo: master });

  it("is created for a finished job of the same host", async () => {
    const gateway = await startGateway({ ...held, now: () => now });
    const startUrl = await startSilentTarget();
    gateway.emulator.control.addJobs([finished(startUrl)]);
    expect(await create(gateway, rescan(`${startUrl}elsewhere`))).toBe("created");
  });

  it.each([5, 15, 91, 93] as const)("is refused for a job that ended with %i", async (status) => {
    const gateway = await startGateway({ ...held, now: () => now });
    const startUrl = await startSilentTarget();
    gateway.emulator.control.addJobs([finished(startUrl, { status })]);
    expect(await create(gateway, rescan(startUrl))).toBe(160455);
  });

  it("is refused for a job of another host", async () => {
    const gateway = await startGateway({ ...held, now: () => now });
    gateway.emulator.control.addJobs([finished(await startSilentTarget())]);
    expect(await create(gateway, rescan(await startSilentTarget()))).toBe(160455);
  });

  it("is refused sixty days after the first job's end, to the millisecond", async () => {
    let clock = now + 50 * dayMs;
    const gateway = await startGateway({ ...held, now: () => clock });
    const startUrl = await startSilentTarget();
    gateway.emulator.control.addJobs([finished(startUrl)]);
    expect(await create(gateway, rescan(startUrl))).toBe(160455);
    clock -= 1;
    expect(await create(gateway, rescan(startUrl))).toBe("created");
  });

  it("counts from the first job of a chain, in days and in number, leaving cancelled ones out", async () => {
    const gateway = await startGateway({ ...held, now: () => now });
    const { control } = gateway.emulator;
    const startUrl = await startSilentTarget();
    const again = (instanceNo: string, masterInstanceNo: string, changes: Partial<JobSeed> = {}): JobSeed =>
      finished(startUrl, { instanceNo, masterInstanceNo, endedAt: new Date(now - dayMs).toISOString(), ...changes });
    control.addJobs([finished(startUrl), again("501", "500"), again("502", "501")]);
    control.addJobs([again("503", "500", { status: 91 })]);
    control.addJobs([again("504", "502")]);
    expect(await create(gateway, rescan(startUrl, "504"))).toBe(160455);
    control.changeSettings({ rescanLimit: 4 });
    expect(await create(gateway, rescan(startUrl, "504"))).toBe("created");
  });

  it("is refused when the chain's first job is too old although the last one is fresh", async () => {
    const gateway = await startGateway({ ...held, now: () => now });
    const startUrl = await startSilentTarget();
    gateway.emulator.control.addJobs([
      finished(startUrl, { endedAt: new Date(now - 61 * dayMs).toISOString() }),
      finished(startUrl, { instanceNo: "501", masterInstanceNo: "500" }),
    ]);
    expect(await create(gateway, rescan(startUrl, "501"))).toBe(160455);
  });
});
