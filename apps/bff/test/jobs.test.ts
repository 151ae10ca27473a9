import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Stack, startStack, until } from "./start-bff.ts";

let stack: Stack;
beforeEach(async () => {
  stack = await startStack({ seed: true });
});
afterEach(() => stack.close());

const operations = () => stack.emulator.control.requests().map(({ operation }) => operation);
const one = async (seed: Parameters<Stack["emulator"]["control"]["addJobs"]>[0][number]): Promise<string> =>
  stack.emulator.control.addJobs([seed])[0] ?? "";

describe("GET /api/jobs", () => {
  it("returns a page, newest first, with capabilities and the expiry of each report", async () => {
    const { status, json } = await stack.ask("GET", "/api/jobs?limit=5&page=2");
    expect(status).toBe(200);
    expect(json).toMatchObject({ page: 2, limit: 5, asOf: expect.stringMatching(/Z$/) });
    expect(json.jobs).toHaveLength(5);
    expect(json.total).toBeGreaterThanOrEqual(60);
    expect(json.pageCount).toBe(Math.ceil(json.total / 5));
    const starts = json.jobs.map((job: { startedAt: string }) => job.startedAt);
    expect(starts).toEqual([...starts].sort().reverse());
  });

  it("calls getJobs without a search and searchJobs with one", async () => {
    await stack.ask("GET", "/api/jobs");
    await stack.ask("GET", "/api/jobs?q=shop");
    await stack.ask("GET", "/api/jobs?status=4");
    expect(operations()).toEqual(["getJobs", "searchJobs", "searchJobs"]);
    expect(
      stack.emulator.control
        .requests()
        .map(({ body }) => body)
        .slice(1),
    ).toEqual([
      { searchType: "url", searchKeyword: "shop", statusCode: null, limit: 50, page: 1 },
      { searchType: "", searchKeyword: "", statusCode: 4, limit: 50, page: 1 },
    ]);
  });

  it("has the status code of the filter, for any status text", async () => {
    const { json } = await stack.ask("GET", "/api/jobs?status=91");
    expect(json.jobs.length).toBeGreaterThan(0);
    for (const job of json.jobs) expect(job.status).toMatchObject({ code: 91, phase: "cancelled" });
  });

  it("searches memos in Korean and Japanese", async () => {
    const memo = "봄맞이 점검 春の定期診断";
    await one({ startUrl: "https://www.example.com/", status: 4, memo });
    for (const q of ["봄맞이 점검", "春の定期診断"]) {
      const { json } = await stack.ask("GET", `/api/jobs?searchBy=memo&q=${encodeURIComponent(q)}`);
      expect(json.jobs).toMatchObject([{ memo }]);
    }
  });

  it("never shows a memo token or its separator", async () => {
    await one({ startUrl: "https://www.example.com/", status: 4, memo: "weekly wscabcdefghijklmnop" });
    const { text, json } = await stack.ask("GET", "/api/jobs?limit=1&searchBy=memo&q=weekly");
    expect(json.jobs[0].memo).toBe("weekly");
    expect(text).not.toMatch(/wsc[a-z2-7]{16}/);
  });

  it("shows an unknown status of the upstream unchanged", async () => {
    await one({ startUrl: "https://www.example.com/", status: null, statusText: "Reindexing" });
    const { json } = await stack.ask("GET", "/api/jobs?limit=1");
    expect(json.jobs[0].status).toEqual({ text: "Reindexing", phase: "unknown" });
  });

  it.each([
    "limit=0",
    "limit=101",
    "limit=x",
    "page=0",
    "status=6",
    "status=",
    "sort=start",
    "searchBy=owner",
    "q=a&q=b",
    "limit=5&limit=6",
  ])("refuses ?%s and names the field", async (query) => {
    const answer = await stack.ask("GET", `/api/jobs?${query}`);
    expect(answer.status).toBe(400);
    expect(answer.json.errors.length).toBeGreaterThan(0);
    expect(operations()).toEqual([]);
  });
});

describe("when the upstream fails a read", () => {
  const cases: [string, Parameters<Stack["emulator"]["control"]["addFault"]>[0]["effect"], number, string][] = [
    ["503", { kind: "gateway-error", code: "500" }, 503, "500"],
    ["504", { kind: "gateway-error", code: "510" }, 504, "510"],
    ["500", { kind: "gateway-error", code: "900" }, 502, "900"],
    ["a throttle", { kind: "gateway-error", code: "410", retryAfter: 30 }, 503, "410"],
    ["a spent quota", { kind: "gateway-error", code: "400" }, 503, "400"],
    ["a refused key", { kind: "gateway-error", code: "200" }, 502, "200"],
    ["a missing permission", { kind: "gateway-error", code: "210" }, 502, "210"],
    ["901 with HTTP 200", { kind: "service-error", code: "901", status: 200 }, 503, "901"],
    ["169201 with HTTP 401", { kind: "service-error", code: "169201", status: 401 }, 502, "169201"],
    ["a code nobody knows", { kind: "service-error", code: "160999", status: 400 }, 502, "160999"],
    ["HTML", { kind: "html", status: 200 }, 502, "UPSTREAM_UNREADABLE"],
    ["an empty answer", { kind: "empty", status: 200 }, 502, "UPSTREAM_UNREADABLE"],
    ["garbage", { kind: "garbage" }, 502, "UPSTREAM_UNREADABLE"],
    ["a reset", { kind: "reset", when: "before" }, 502, "UPSTREAM_INTERRUPTED"],
    ["silence", { kind: "hang" }, 504, "UPSTREAM_TIMEOUT"],
    [
      "a page without record_data",
      { kind: "body", body: { returnCode: "0", resources: { total_cnt: 3 } } },
      502,
      "UPSTREAM_UNREADABLE",
    ],
    [
      "rows without total_cnt",
      { kind: "body", body: { returnCode: "0", resources: { record_data: [{ instanceNo: 7 }] } } },
      502,
      "UPSTREAM_UNREADABLE",
    ],
  ];

  it.each(cases)("by %s, the answer is a problem with its code, never 401 or 500", async (_, effect, status, code) => {
    stack.emulator.control.addFault({ operation: "*", times: 50, effect });
    const answer = await stack.ask("GET", `/api/jobs?page=7&limit=${10 + cases.findIndex((row) => row[1] === effect)}`);
    expect(answer).toMatchObject({ status, json: { code, status } });
    expect(operations().length).toBeLessThanOrEqual(3);
  });

  it("returns the older answer to the same arguments, marked as stale", async () => {
    const first = await stack.ask("GET", "/api/jobs?limit=3");
    stack.emulator.control.addFault({
      operation: "getJobs",
      times: 50,
      effect: { kind: "gateway-error", code: "400" },
    });
    const second = await stack.ask("GET", "/api/jobs?limit=3");
    expect(second.status).toBe(200);
    expect(second.json).toEqual({ ...first.json, stale: { code: "400" } });
    expect((await stack.ask("GET", "/api/jobs?limit=4")).status).toBe(503);
  });

  it("passes Retry-After of the upstream on", async () => {
    stack.emulator.control.addFault({
      operation: "searchJobs",
      times: 50,
      effect: { kind: "gateway-error", code: "420", retryAfter: 1 },
    });
    const answer = await stack.ask("GET", "/api/jobs?q=a");
    expect(answer.headers["retry-after"]).toBe("1");
    expect(answer.json.retryable).toBe(true);
  });

  it("recovers when a retry succeeds", async () => {
    const before = await until(
      () => stack.ask("GET", "/api/jobs?limit=3"),
      ({ status }) => status === 200,
    );
    stack.emulator.control.clearRequests();
    stack.emulator.control.addFault({ operation: "getJobs", times: 1, effect: { kind: "gateway-error", code: "500" } });
    // Other arguments than before, so that no older answer can stand in for a slow retry.
    const answer = await stack.ask("GET", "/api/jobs?limit=2");
    expect(answer.json.stale).toBeUndefined();
    expect(answer.json.jobs).toEqual(before.json.jobs.slice(0, 2));
    expect(operations()).toEqual(["getJobs", "getJobs"]);
  });
});

describe("one upstream read per exact arguments", () => {
  it("serves two hundred concurrent requests", async () => {
    // The answer must not grow old while a busy machine serves them.
    const shared = await startStack({ seed: true, environment: { WSC_LIST_POLL_MS: "3600000" } });
    const answers = await Promise.all(Array.from({ length: 200 }, () => shared.ask("GET", "/api/jobs?limit=20")));
    await shared.ask("GET", "/api/jobs?limit=20");
    const calls = shared.emulator.control.requests().length;
    await shared.close();
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(calls).toBe(1);
  });

  it("is repeated after a cancel", async () => {
    const shared = await startStack({ environment: { WSC_LIST_POLL_MS: "60000" } });
    const [id] = shared.emulator.control.addJobs([{ startUrl: "https://www.example.com/", status: 12 }]);
    expect((await shared.ask("GET", "/api/jobs")).json.jobs[0].status.phase).toBe("waiting");
    await shared.ask("POST", `/api/jobs/${id}/cancel`);
    const after = await shared.ask("GET", "/api/jobs");
    await shared.close();
    expect(after.json.jobs[0].status.phase).toBe("cancelled");
  });
});

describe("GET /api/jobs/:instanceNo", () => {
  it("finds a job on a later page of the upstream", async () => {
    stack.emulator.control.addJobs(
      Array.from({ length: 120 }, (_, index) => ({
        startUrl: `https://t${index}.example.com/`,
        status: 4 as const,
        startedAt: "2026-06-01T00:00:00Z",
        endedAt: "2026-06-01T01:00:00Z",
      })),
    );
    const id = await one({
      startUrl: "https://deep.example.com/",
      status: 4,
      startedAt: "2026-05-01T00:00:00Z",
      endedAt: "2026-05-01T01:00:00Z",
    });
    const { json } = await stack.ask("GET", `/api/jobs/${id}`);
    expect(json.job).toMatchObject({ instanceNo: id, startUrl: "https://deep.example.com/" });
  });

  it("is 404 for an unknown id, after reading the pages", async () => {
    expect(await stack.ask("GET", "/api/jobs/99999999999999999999")).toMatchObject({
      status: 404,
      json: { code: "JOB_NOT_FOUND" },
    });
  });
});

describe("cancel and stop", () => {
  it("cancels a waiting job with an id beyond 2^53 exactly", async () => {
    const id = await one({ instanceNo: "9007199254740993", startUrl: "https://www.example.com/", status: 12 });
    const { status, json } = await stack.ask("POST", `/api/jobs/${id}/cancel`);
    expect(status).toBe(200);
    expect(json.job).toMatchObject({ instanceNo: "9007199254740993", status: { phase: "cancelled" } });
    expect(stack.emulator.control.requests().map(({ path }) => path)).toContain("/api/v1/jobs/9007199254740993/cancel");
  });

  it("stops a running job", async () => {
    const id = await one({ startUrl: "https://www.example.com/", status: 3 });
    const { json } = await stack.ask("POST", `/api/jobs/${id}/stop`);
    expect(["stopping", "stopped"]).toContain(json.job.status.phase);
  });

  it.each<["cancel" | "stop", 12 | 3 | 4 | 5 | 15 | 91 | 93]>([
    ["cancel", 3],
    ["cancel", 4],
    ["cancel", 91],
    ["cancel", 15],
    ["stop", 12],
    ["stop", 4],
    ["stop", 5],
    ["stop", 93],
  ])("does not %s a job in status %i and asks nothing of the upstream but to read", async (verb, code) => {
    const id = await one({ startUrl: "https://www.example.com/", status: code });
    expect(await stack.ask("POST", `/api/jobs/${id}/${verb}`)).toMatchObject({
      status: 409,
      json: { code: "JOB_STATE_CONFLICT" },
    });
    expect(operations()).not.toContain(`${verb}Job`);
  });

  it("answers a 901 with the state of the job", async () => {
    const id = await one({ startUrl: "https://www.example.com/", status: 12 });
    stack.emulator.control.addFault({
      operation: "cancelJob",
      times: 1,
      effect: { kind: "service-error", code: "901" },
    });
    expect(await stack.ask("POST", `/api/jobs/${id}/cancel`)).toMatchObject({
      status: 409,
      json: { code: "JOB_STATE_CONFLICT" },
    });
  });

  it("reports a cancellation as done when only its answer was lost", async () => {
    const id = await one({ startUrl: "https://www.example.com/", status: 12 });
    stack.emulator.control.addFault({ operation: "cancelJob", times: 1, effect: { kind: "reset", when: "after" } });
    const { status, json } = await stack.ask("POST", `/api/jobs/${id}/cancel`);
    expect(status).toBe(200);
    expect(json.job.status.phase).toBe("cancelled");
    expect(operations().filter((operation) => operation === "cancelJob")).toHaveLength(1);
  });

  it("reports a cancellation that never arrived as failed", async () => {
    const id = await one({ startUrl: "https://www.example.com/", status: 12 });
    stack.emulator.control.addFault({ operation: "cancelJob", times: 1, effect: { kind: "reset", when: "before" } });
    expect((await stack.ask("POST", `/api/jobs/${id}/cancel`)).status).toBe(502);
  });

  it.each([{ force: true }, { instanceNo: "1" }])("takes no body but {}: %j", async (body) => {
    const id = await one({ startUrl: "https://www.example.com/", status: 12 });
    expect(await stack.ask("POST", `/api/jobs/${id}/cancel`, { body })).toMatchObject({
      status: 400,
      json: { errors: [{ code: "FIELD_UNKNOWN" }] },
    });
    expect(operations()).toEqual([]);
  });
});
