import { exportFormats } from "@wsc-dashboard/wsc-core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Stack, startStack } from "./start-bff.ts";

// The dashboard's clock is fixed; the gateway's runs.
let now = Date.parse("2026-11-21T00:00:00Z");
let stack: Stack;
beforeEach(async () => {
  now = Date.parse("2026-11-21T00:00:00Z");
  stack = await startStack({ now: () => now, bffNow: () => now });
});
afterEach(() => stack.close());

const finding = {
  item: "XSS",
  risk: "Medium",
  url: "https://www.example.com/search?q=1",
  method: "GET",
  parameter: "q",
  evidence: "<script>alert(1)</script>",
} as const;
const finished = (change: Record<string, unknown> = {}) =>
  stack.emulator.control.addJobs([
    {
      startUrl: "https://www.example.com/",
      status: 4,
      startedAt: "2026-01-10T00:00:00Z",
      endedAt: "2026-01-10T02:00:00Z",
      findings: [finding],
      ...change,
    },
  ])[0] ?? "";
const fetches = () => stack.emulator.control.requests().filter(({ operation }) => operation === "getReport").length;

describe("GET /api/jobs/:instanceNo/report", () => {
  it("returns the report with its job, findings and expiry", async () => {
    const id = finished();
    const { status, json } = await stack.ask("GET", `/api/jobs/${id}/report`);
    expect(status).toBe(200);
    expect(json).toMatchObject({
      job: { instanceNo: id },
      summary: { total: 1, high: 0, medium: 1, low: 0 },
      findings: [{ number: "M-01", item: "XSS", evidence: "<script>alert(1)</script>" }],
      expiresAt: "2027-01-10T02:00:00.000Z",
    });
  });

  it("asks the upstream once for a finished report", async () => {
    const id = finished();
    await stack.ask("GET", `/api/jobs/${id}/report`);
    await stack.ask("GET", `/api/jobs/${id}/report`);
    expect(fetches()).toBe(1);
  });

  it("is sent with brotli where accepted, with the same bytes", async () => {
    const id = finished({ findings: Array.from({ length: 200 }, () => finding) });
    const read = (encoding: string) =>
      fetch(`${stack.origin}/api/jobs/${id}/report`, {
        headers: { "X-WSC-Request": "1", "Accept-Encoding": encoding },
      });
    const plain = await read("identity");
    const bytes = await plain.arrayBuffer();
    expect(plain.headers.get("content-encoding")).toBeNull();
    const small = await read("gzip, br");
    expect(small.headers.get("content-encoding")).toBe("br");
    expect(small.headers.get("vary")).toContain("Accept-Encoding");
    expect(Number(small.headers.get("content-length"))).toBeLessThan(bytes.byteLength / 10);
    // fetch has decoded it.
    expect(await small.arrayBuffer()).toEqual(bytes);
    for (const refusal of ["br;q=0", "gzip, br; q=0.0", "brotli"]) {
      expect((await read(refusal)).headers.get("content-encoding"), refusal).toBeNull();
    }
  });

  it("is available one millisecond before it expires and refused at the instant, also from the cache", async () => {
    const id = finished();
    now = Date.parse("2027-01-10T02:00:00Z") - 1;
    expect((await stack.ask("GET", `/api/jobs/${id}/report`)).status).toBe(200);
    now += 1;
    expect(await stack.ask("GET", `/api/jobs/${id}/report`)).toMatchObject({
      status: 410,
      json: { code: "160701", expiredAt: "2027-01-10T02:00:00.000Z" },
    });
  });

  it("stays refused although the upstream would still return it", async () => {
    const id = finished({ endedAt: "2025-11-20T00:00:00Z", startedAt: "2025-11-19T00:00:00Z" });
    stack.emulator.control.addFault({
      operation: "getReport",
      times: 5,
      effect: { kind: "body", body: { report_date: "2026/11/20 00:00:00", Details: {} } },
    });
    expect((await stack.ask("GET", `/api/jobs/${id}/report`)).status).toBe(410);
    expect(fetches()).toBe(0);
  });

  it("expires by its own date when the list has no end date", async () => {
    const row = {
      instanceNo: 7,
      start_url: "https://www.example.com/",
      status: "Complete",
      result_button: "report",
      memo: "",
    };
    stack.emulator.control.addFault({
      operation: "getJobs",
      times: 9,
      effect: { kind: "body", body: { returnCode: "0", resources: { total_cnt: 1, record_data: [row] } } },
    });
    stack.emulator.control.addFault({
      operation: "getReport",
      times: 9,
      effect: { kind: "body", body: { report_date: "2025/11/20 00:00:00" } },
    });
    expect(await stack.ask("GET", "/api/jobs/7/report")).toMatchObject({ status: 410, json: { code: "160701" } });
  });

  const row = { instanceNo: 8, start_url: "https://www.example.com/", status: "Complete", memo: "" };
  /** The list as a single row, and a report without a date. */
  function showRow(change: Readonly<Record<string, string>>): void {
    const record_data = [{ ...row, ...change }];
    const { control } = stack.emulator;
    const list = { returnCode: "0", resources: { total_cnt: 1, record_data } };
    control.addFault({ operation: "getJobs", times: 99, effect: { kind: "body", body: list } });
    control.addFault({ operation: "getReport", times: 99, effect: { kind: "body", body: { Target_Info: "x" } } });
  }

  it("is refused when the upstream calls it expired, with all its exports", async () => {
    showRow({ end_date: "2026/11/20 00:00:00", result_button: "expired" });
    const refusal = { status: 410, json: { code: "160701" } };
    expect(await stack.ask("GET", "/api/jobs/8/report")).toMatchObject(refusal);
    for (const format of exportFormats) {
      expect(await stack.ask("GET", `/api/jobs/8/report/export?format=${format}`)).toMatchObject(refusal);
    }
    expect(fetches()).toBe(0);
  });

  it("is left to the upstream when the end of the job is unknown, and marked as without known expiry", async () => {
    showRow({ result_button: "report" });
    const { status, json } = await stack.ask("GET", "/api/jobs/8/report");
    expect([status, json.expiresAt, json.reportDate, json.job.reportExpiresAt]).toEqual([200, null, null, null]);
    now += 400 * 86_400_000;
    expect((await stack.ask("GET", "/api/jobs/8/report")).status).toBe(200);
    for (const format of exportFormats) {
      expect((await stack.ask("GET", `/api/jobs/8/report/export?format=${format}`)).status).toBe(200);
    }
  });

  it("passes 160701 of the upstream on", async () => {
    const id = finished();
    stack.emulator.control.addFault({
      operation: "getReport",
      times: 1,
      effect: { kind: "service-error", code: "160701" },
    });
    expect(await stack.ask("GET", `/api/jobs/${id}/report`)).toMatchObject({ status: 410, json: { code: "160701" } });
  });

  it.each([12, 13, 14, 15, 2, 3, 5, 91, 92, 93] as const)("does not exist for a job in status %i", async (status) => {
    const [id] = stack.emulator.control.addJobs([{ startUrl: "https://www.example.com/", status }]);
    expect(await stack.ask("GET", `/api/jobs/${id}/report`)).toMatchObject({
      status: 409,
      json: { code: "REPORT_NOT_READY" },
    });
    expect(fetches()).toBe(0);
  });

  it("is 404 for an unknown job", async () => {
    expect((await stack.ask("GET", "/api/jobs/424242/report")).status).toBe(404);
  });

  it.each([
    [{ returnCode: "0", resources: null }],
    [{ returnCode: "0", resources: [] }],
    [{ returnCode: "0", resources: { hello: 1 } }],
  ])("is 502 when the upstream sends %j", async (body) => {
    const id = finished();
    stack.emulator.control.addFault({ operation: "getReport", times: 1, effect: { kind: "body", body } });
    expect(await stack.ask("GET", `/api/jobs/${id}/report`)).toMatchObject({
      status: 502,
      json: { code: "UPSTREAM_UNREADABLE" },
    });
  });

  it("never shows the target's cookie, only that one was used", async () => {
    const id = finished({
      headers: { Cookie: "SID=report-canary-77" },
      findings: [{ ...finding, evidence: "GET /\nCookie: SID=report-canary-77\nX: report-canary-77" }],
    });
    const { json, text } = await stack.ask("GET", `/api/jobs/${id}/report`);
    expect(json.scope.signInUsed).toBe(true);
    expect(text).not.toContain("report-canary-77");
  });
});
