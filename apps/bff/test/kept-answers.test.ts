import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { idOfOlder, startDialectGateway } from "./dialect-gateway.ts";
import { type Answer, type Stack, startBff, startStack } from "./start-bff.ts";

const day = 86_400_000;
let stack: Stack;
let now = 0;
beforeEach(async () => {
  now = Date.parse("2026-11-21T00:00:00Z");
  stack = await startStack({
    now: () => now,
    bffNow: () => now,
    environment: { WSC_LIST_POLL_MS: String(day), WSC_UPSTREAM_TIMEOUT_MS: "20000" },
  });
});
afterEach(() => stack.close());

const calls = () => stack.emulator.control.requests().length;
const again = (path: string, answer: Answer): Promise<Answer> =>
  stack.ask("GET", path, { headers: { "If-None-Match": String(answer.headers.etag), "Cache-Control": "no-cache" } });

/** Adds finished jobs, newest first, one a minute. */
function addFinished(count: number, newestEnd: number): readonly string[] {
  const jobs = Array.from({ length: count }, (_, index) => ({
    startUrl: `https://t${index % 7}.example.com/`,
    status: 4 as const,
    startedAt: new Date(newestEnd - (count - index) * 60_000 - 30_000).toISOString(),
    endedAt: new Date(newestEnd - (count - index) * 60_000).toISOString(),
  }));
  return stack.emulator.control.addJobs(jobs);
}

describe("an answer that has not changed", () => {
  it("is answered with 304: lists, jobs, the session and reports have entity tags", async () => {
    const [id = ""] = addFinished(1, now);
    const paths = ["/api/jobs", `/api/jobs/${id}`, "/api/session", `/api/jobs/${id}/report`];
    for (const path of paths) {
      const first = await stack.ask("GET", path);
      expect(first.status).toBe(200);
      expect(await again(path, first)).toMatchObject({ status: 304, text: "" });
      expect(first.headers["cache-control"]).toBe("no-store");
    }
  });

  it("is sent again when a job was added, and for another list", async () => {
    addFinished(3, now);
    const first = await stack.ask("GET", "/api/jobs?limit=10");
    expect((await again("/api/jobs?limit=2", first)).status).toBe(200);
    const [waiting] = stack.emulator.control.addJobs([{ startUrl: "https://www.example.com/", status: 12 }]);
    await stack.ask("POST", `/api/jobs/${waiting}/cancel`);
    expect((await again("/api/jobs?limit=10", first)).status).toBe(200);
  });

  it("changes at the instant at which a report or a re-scan period expires, without an upstream call", async () => {
    addFinished(1, now - 59.9 * day);
    addFinished(1, now - 364.9 * day);
    const first = await stack.ask("GET", "/api/jobs");
    const before = calls();
    expect(first.json.jobs.map(({ capabilities }: { capabilities: object }) => capabilities)).toMatchObject([
      { report: true, rescan: true },
      { report: true, rescan: false },
    ]);
    now += 0.05 * day;
    expect((await again("/api/jobs", first)).status).toBe(304);
    now += 0.2 * day;
    const later = await again("/api/jobs", first);
    expect(later.status).toBe(200);
    expect(later.json.jobs.map(({ capabilities }: { capabilities: object }) => capabilities)).toMatchObject([
      { report: true, rescan: false },
      { report: false, rescan: false },
    ]);
    expect(calls()).toBe(before);
  });
});

describe("one job among many", () => {
  it("two years old, behind five thousand, opens with at most five upstream calls", async () => {
    const [old = ""] = addFinished(1, now - 730 * day);
    addFinished(5_000, now);
    stack.emulator.control.clearRequests();
    expect((await stack.ask("GET", `/api/jobs/${old}`)).json.job).toMatchObject({ instanceNo: old });
    expect(calls()).toBeLessThanOrEqual(5);
  });

  it("that does not exist costs at most three upstream calls a minute", async () => {
    const ids = addFinished(1_000, now);
    const gap = String(BigInt(ids.at(-1) ?? "0") + 1000n);
    stack.emulator.control.clearRequests();
    for (const persona of ["viewer", "operator", "admin"]) {
      for (const id of [gap, "1"]) {
        expect((await stack.ask("GET", `/api/jobs/${id}`, { persona })).status).toBe(404);
      }
    }
    expect(calls()).toBeLessThanOrEqual(2 * 3);
    const before = calls();
    now += 61_000;
    await stack.ask("GET", "/api/jobs/1");
    expect(calls()).toBeLessThanOrEqual(before + 3);
  });

  it("is found near its last position although newer jobs were added", async () => {
    const ids = addFinished(450, now - day);
    for (let page = 1; page <= 5; page += 1) await stack.ask("GET", `/api/jobs?limit=100&page=${page}`);
    addFinished(120, now);
    const [waiting] = stack.emulator.control.addJobs([{ startUrl: "https://www.example.com/", status: 12 }]);
    await stack.ask("POST", `/api/jobs/${waiting}/cancel`);
    stack.emulator.control.clearRequests();
    expect((await stack.ask("GET", `/api/jobs/${ids[40]}`)).status).toBe(200);
    expect(calls()).toBeLessThanOrEqual(5);
  });
});

describe("one job among a hundred thousand, an hour apart, of a gateway that may give few rows a page", () => {
  const jobs = 100_000;
  const dialect = { search: "part", memo: "kept", lagMs: 0, wrapped: true, total: "own pages" } as const;

  it("opens with at most five upstream calls when it is two years old, and an unknown one costs three a minute", async () => {
    for (const [order, cap] of [
      ["newest-first", 100],
      ["newest-first", 10],
      ["oldest-first", 1_000],
      ["oldest-first", 20],
    ] as const) {
      const gateway = await startDialectGateway({ ...dialect, order, cap }, jobs);
      // A hundred thousand rows take a slow machine some time.
      const environment = { WSC_UPSTREAM_TIMEOUT_MS: "60000" };
      const bff = await startBff({ upstreamUrl: gateway.origin, environment });
      const old = idOfOlder(jobs - 2 * 365 * 24);
      expect((await bff.ask("GET", `/api/jobs/${old}`)).json.job, `${order}, ${cap} rows`).toMatchObject({
        instanceNo: old,
      });
      expect(gateway.reads(), `${order}, ${cap} rows`).toBeLessThanOrEqual(5);
      // Beyond the list, and between two of its numbers.
      for (const unknown of ["999999999", String(Number(idOfOlder(31_000)) + 1)]) {
        const before = gateway.reads();
        for (const persona of ["operator", "admin", "operator"]) {
          for (const [method, path] of [
            ["GET", ""],
            ["GET", "/report"],
            ["POST", "/stop"],
          ] as const) {
            const { status } = await bff.ask(method, `/api/jobs/${unknown}${path}`, { persona });
            expect(status, `${method} ${path}`).toBe(404);
          }
        }
        expect(gateway.reads() - before, `${unknown}, ${order}, ${cap} rows`).toBeLessThanOrEqual(3);
      }
      await bff.close();
      await gateway.close();
    }
  });
});

describe("a report in a list without any order", () => {
  it("is fetched by its number when the list does not lead to its job, which nobody calls missing, and costs three calls a minute", async () => {
    const dialect = { search: "none", memo: "kept", lagMs: 0, wrapped: true, total: "own pages", cap: 100 } as const;
    const gateway = await startDialectGateway({ ...dialect, order: "unordered" }, 2_000);
    const bff = await startBff({ upstreamUrl: gateway.origin });
    const wanted = idOfOlder(1_450);
    const report = await bff.ask("GET", `/api/jobs/${wanted}/report`);
    expect(report.json).toMatchObject({ job: { instanceNo: wanted, startUrl: "https://older.example.com/" } });
    expect(gateway.reads()).toBeLessThanOrEqual(3);
    const before = gateway.reads();
    for (const persona of ["viewer", "operator", "admin"]) {
      for (const path of ["/api/jobs/999999999/report", "/api/jobs/999999999"]) {
        const { status, json } = await bff.ask("GET", path, { persona });
        expect([status, json.code, json.retryable]).toEqual([404, "JOB_SEARCH_UNFINISHED", true]);
      }
    }
    expect(gateway.reads() - before).toBeLessThanOrEqual(3);
    // A token for other targets does not get it, whether it was read before or not.
    const request = { name: "other", role: "viewer", targets: ["other.example.com"], expiresInDays: 1 };
    const { text } = (await bff.ask("POST", "/api/tokens", { body: request })).json;
    const headers = { Authorization: `Bearer ${text}` };
    const refused = await bff.ask("GET", `/api/jobs/${wanted}/report`, { headers });
    expect(refused).toMatchObject({ status: 403, json: { code: "TOKEN_OUT_OF_SCOPE" } });
    await bff.close();
    await gateway.close();
  });
});

describe("POST /api/jobs/cancel", () => {
  it("reads the list once for fifty unknown ids", async () => {
    const ids = addFinished(2_500, now);
    stack.emulator.control.clearRequests();
    const last = BigInt(ids.at(-1) ?? "0");
    const instanceNos = Array.from({ length: 50 }, (_, index) => String(last + 1_000n + BigInt(index)));
    const answer = await stack.ask("POST", "/api/jobs/cancel", { body: { instanceNos } });
    expect(new Set(answer.json.results.map(({ code }: { code: string }) => code))).toEqual(new Set(["JOB_NOT_FOUND"]));
    expect(calls()).toBeLessThanOrEqual(25);
  });

  it("cancels what can be cancelled, gives the reason for the others, and reads the list once before and once after", async () => {
    const [done = ""] = addFinished(1, now);
    const waiting = stack.emulator.control.addJobs(
      Array.from({ length: 20 }, (_, index) => ({ startUrl: `https://w${index}.example.com/`, status: 12 as const })),
    );
    stack.emulator.control.clearRequests();
    const instanceNos = [...waiting, done, "1"];
    const { json } = await stack.ask("POST", "/api/jobs/cancel", { body: { instanceNos } });
    expect(
      json.results.slice(0, 20).map(({ job }: { job: { status: { phase: string } } }) => job.status.phase),
    ).toEqual(Array<string>(20).fill("cancelled"));
    expect(json.results.slice(20)).toEqual([
      { instanceNo: done, code: "JOB_STATE_CONFLICT" },
      { instanceNo: "1", code: "JOB_NOT_FOUND" },
    ]);
    const operations = stack.emulator.control.requests().map(({ operation }) => operation);
    expect(operations.filter((operation) => operation === "cancelJob")).toHaveLength(20);
    expect(operations.filter((operation) => operation !== "cancelJob").length).toBeLessThanOrEqual(4);
  });
});
