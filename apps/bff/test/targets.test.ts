import type { Target, TargetList } from "@wsc-dashboard/wsc-core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { jobBody, type Stack, startStack, until } from "./start-bff.ts";

const day = 86_400_000;
let now = 0;
let stack: Stack;
beforeEach(async () => {
  now = Date.parse("2026-11-21T00:00:00Z");
  stack = await startStack({ now: () => now, bffNow: () => now, environment: { WSC_LIST_POLL_MS: "15000" } });
});
afterEach(() => stack.close());

type Risk = "High" | "Medium" | "Low";

function finished(host: string, daysAgo: number, risks: readonly Risk[], change: Record<string, unknown> = {}): string {
  const end = now - daysAgo * day;
  const [id = ""] = stack.emulator.control.addJobs([
    {
      startUrl: `https://${host}/`,
      status: 4,
      startedAt: new Date(end - 7_200_000).toISOString(),
      endedAt: new Date(end).toISOString(),
      findings: risks.map((risk, index) => ({
        item: "XSS",
        risk,
        url: `https://${host}/${index}`,
        method: "GET",
        parameter: "q",
        evidence: "",
      })),
      ...change,
    },
  ]);
  return id;
}
const view = async (): Promise<TargetList> => (await stack.ask("GET", "/api/targets", { persona: "viewer" })).json;
const reads = (): number =>
  stack.emulator.control.requests().filter(({ operation }) => operation === "getReport").length;

async function complete(): Promise<TargetList> {
  let list = await view();
  for (let views = 0; list.pendingReports > 0 && views < 50; views += 1) list = await view();
  return list;
}
const targetOf = (list: TargetList, host: string): Target | undefined =>
  list.targets.find((target) => target.host === host);

describe("GET /api/targets", () => {
  it("shows for each host the latest counts, the change since the previous report, and the worst host first", async () => {
    finished("calm.example.com", 2, ["Low"]);
    finished("shop.example.com", 30, ["High", "Medium", "Medium"]);
    const latest = finished("shop.example.com", 3, ["High", "High", "Low"]);
    finished("shop.example.com", 1, [], { status: 5 });
    const list = await complete();
    expect(list).toMatchObject({ partial: false, pendingReports: 0, failedReports: 0, jobs: { read: 4, total: 4 } });
    expect(list.targets.map(({ host }) => host)).toEqual(["shop.example.com", "calm.example.com"]);
    expect(targetOf(list, "shop.example.com")).toMatchObject({
      lastJob: { status: { phase: "failed" } },
      latest: { instanceNo: latest, total: 3, high: 2, medium: 0, low: 1 },
      change: { total: 0, high: 1, medium: -2, low: 1 },
      trend: [],
      isComplete: true,
    });
    expect(targetOf(list, "calm.example.com")?.change).toBeNull();
  });

  it("has a trend from three reports on, oldest first", async () => {
    for (const age of [50, 40, 30]) finished("shop.example.com", age, Array<Risk>(age / 10).fill("Low"));
    expect(targetOf(await complete(), "shop.example.com")?.trend.map(({ total }) => total)).toEqual([5, 4, 3]);
  });

  it("treats another port as another target", async () => {
    finished("shop.example.com", 2, []);
    finished("shop.example.com:8443", 2, []);
    expect((await complete()).targets.map(({ host }) => host).sort()).toEqual([
      "shop.example.com",
      "shop.example.com:8443",
    ]);
  });

  it("reads at most five reports per request, each once, and reports what is missing", async () => {
    for (let host = 0; host < 8; host += 1) finished(`host${host}.example.com`, 3, ["High"]);
    const first = await view();
    expect(reads()).toBe(5);
    expect(first).toMatchObject({ partial: true, pendingReports: 3 });
    expect(first.targets.filter(({ latest }) => latest !== null)).toHaveLength(5);
    expect(await view()).toMatchObject({ partial: false, pendingReports: 0 });
    await view();
    expect(reads()).toBe(8);
  });

  it("reports how many jobs were included when there are more than three hundred", async () => {
    stack.emulator.control.addJobs(
      Array.from({ length: 310 }, (_, index) => ({
        startUrl: `https://h${index % 7}.example.com/`,
        status: 93 as const,
      })),
    );
    expect(await view()).toMatchObject({ partial: true, pendingReports: 0, jobs: { read: 300, total: 310 } });
    expect(stack.emulator.control.requests()).toHaveLength(3);
  });

  it("continues without a report that fails, and tries it again later", async () => {
    finished("shop.example.com", 3, ["High"]);
    stack.emulator.control.addFault({
      operation: "getReport",
      times: 1,
      effect: { kind: "body", body: { returnCode: "0", resources: {} } },
    });
    expect(await view()).toMatchObject({
      partial: true,
      failedReports: 1,
      pendingReports: 0,
      targets: [{ latest: null, isComplete: false }],
    });
    expect((await view()).failedReports).toBe(1);
    expect(reads()).toBe(1);
    now += 5 * 60_000;
    expect(await view()).toMatchObject({ partial: false, failedReports: 0, targets: [{ latest: { high: 1 } }] });
  });

  it("shows no counts of an expired report", async () => {
    finished("shop.example.com", 364, ["High"]);
    expect(targetOf(await complete(), "shop.example.com")?.latest).toMatchObject({ high: 1 });
    now += 2 * day;
    expect(targetOf(await complete(), "shop.example.com")).toMatchObject({ latest: null, change: null, trend: [] });
  });

  it("reports until when and how often a target may be re-scanned", async () => {
    const id = finished("shop.example.com", 10, []);
    finished("old.example.com", 61, []);
    const list = await complete();
    expect(targetOf(list, "shop.example.com")?.rescan).toEqual({ of: id, daysLeft: 50, left: 3 });
    expect(targetOf(list, "old.example.com")?.rescan).toBeNull();
  });

  it("counts the re-scans of this dashboard", async () => {
    const startUrl = `${stack.emulator.origin}/`;
    const { host } = new URL(startUrl);
    const id = finished(host, 10, [], { startUrl });
    const { json } = await stack.ask("POST", "/api/jobs", {
      body: jobBody(startUrl, { rescanOf: id }),
    });
    await until(
      async () => {
        // The list is searched at steps of this clock.
        now += 1_000;
        return (await stack.ask("GET", `/api/submissions/${json.submission.id}`)).json.submission.state;
      },
      (state) => state === "BOUND",
    );
    expect(targetOf(await complete(), host)?.rescan).toMatchObject({ of: id, left: 2 });
  });

  it("is stale, not an error, when the upstream fails after a first view", async () => {
    finished("shop.example.com", 3, ["High"]);
    await view();
    now += 60_000;
    stack.emulator.control.addFault({
      operation: "getJobs",
      times: 20,
      effect: { kind: "http-status-only", status: 500 },
    });
    expect(await view()).toMatchObject({ stale: { code: expect.any(String) }, targets: [{ latest: { high: 1 } }] });
  });
});
