import { describe, expect, it, vi } from "vitest";
import type { JobSeed } from "./job-seed.ts";
import { orderOf, sampleFinding, scriptedScanner, startGateway, startSilentTarget } from "./testing-gateway.ts";

const seed: JobSeed = {
  instanceNo: "7000121",
  startUrl: "https://www.example.com/",
  status: 4,
  startedAt: "2026-11-18T16:00:02Z",
  endedAt: "2026-11-18T18:42:57Z",
};
const reportPath = "/api/v1/jobs/7000121/report";

describe("getReport", () => {
  it.each([12, 13, 14, 15, 2, 3, 5, 91, 92, 93, null] as const)(
    "answers 901 for a job of status %s",
    async (status) => {
      const { call, emulator } = await startGateway();
      emulator.control.addJobs([{ ...seed, status }]);
      expect((await call("GET", reportPath)).json()).toEqual({ error: { errorCode: 901, message: "API Call Fail" } });
    },
  );

  it("answers 901 for an unknown job", async () => {
    const { call } = await startGateway();
    expect((await call("GET", reportPath)).json().error.errorCode).toBe(901);
  });

  it("answers 160701 from the exact instant of expiry", async () => {
    let clock = Date.parse("2027-11-18T18:42:56.999Z");
    const { call, emulator } = await startGateway({ now: () => clock });
    // The list writes whole seconds, so that is where the year begins.
    emulator.control.addJobs([{ ...seed, endedAt: "2026-11-18T18:42:57.900Z" }]);
    expect((await call("GET", reportPath)).json().returnCode).toBe("0");
    clock += 1;
    expect((await call("GET", reportPath)).json()).toEqual({
      error: { errorCode: 160701, message: "Open period expired" },
    });
  });

  it("ends the year of a 29 February on 28 February, Korean calendar", async () => {
    let clock = Date.parse("2029-02-28T00:00:00Z") - 1;
    const { call, emulator } = await startGateway({ now: () => clock });
    emulator.control.addJobs([{ ...seed, startedAt: "2028-02-28T23:00:00Z", endedAt: "2028-02-29T00:00:00Z" }]);
    expect((await call("GET", reportPath)).json().returnCode).toBe("0");
    clock += 1;
    expect((await call("GET", reportPath)).json().error.errorCode).toBe(160701);
  });

  it("counts by level, domain and item as its rows do", async () => {
    const { call, emulator } = await startGateway({ now: () => Date.parse("2026-11-20T00:00:00Z") });
    const finding = { ...sampleFinding, url: "https://www.example.com/search" };
    emulator.control.addJobs([
      {
        ...seed,
        memo: "monthly",
        items: ["XSS", "SSI Injection"],
        excludeUrls: ["https://www.example.com/logout", "https://www.example.com/admin/"],
        headers: { Accept: "text/html", cookie: "SID=demo-only" },
        scannedDomains: ["www.example.com", "img.example.com"],
        notScannedDomains: ["cdn.example.net"],
        findings: [
          finding,
          { ...finding, risk: "Low", url: "https://img.example.com/view" },
          { ...finding, item: "SSI Injection", risk: "High" },
        ],
      },
    ]);
    const report = (await call("GET", reportPath)).json().resources;
    expect(report).toMatchObject({
      report_date: "2026/11/19 03:42:57",
      Target_Info: "https://www.example.com/",
      Excluded_Url: "https://www.example.com/logout, https://www.example.com/admin/",
      Login_Info: "SID=demo-only",
      Vulnerability_Category: "XSS, SSI Injection",
      User_Agent: "PC Chrome",
      Memo: "monthly",
      Scanned_Domain_List: ["www.example.com", "img.example.com"],
      Not_Scanned_Domain_List: ["cdn.example.net"],
      Classify_byRisk_Level: { Total: 3, High: 1, Medium: 1, Low: 1 },
      Classify_byRisk_Domain: {
        "www.example.com": { Total: 2, High: 1, Medium: 1, Low: 0 },
        "img.example.com": { Total: 1, High: 0, Medium: 0, Low: 1 },
      },
      Classify_byRisk_Vulnerability: {
        XSS: { Total: 2, High: 0, Medium: 1, Low: 1 },
        "SSI Injection": { Total: 1, High: 1, Medium: 0, Low: 0 },
      },
    });
    const period = /^2026\/11\/19 \d\d:\d\d:\d\d~2026\/11\/19 \d\d:\d\d:\d\d$/;
    expect(report.Crawl_Time).toMatch(period);
    expect(report.Scan_Time).toMatch(period);
    expect(report.Details.XSS[0]).toEqual({
      Risk: "Medium",
      Url: "https://www.example.com/search",
      Method: "GET",
      Parameter: "q",
      Evidence: "<marker>",
    });
    expect(Object.keys(report.Recommendation)).toEqual(["XSS", "SSI Injection"]);
    expect(report.Recommendation.XSS).toContain("Encode");
  });

  it("is empty, not absent, without findings", async () => {
    const { call, emulator } = await startGateway({ now: () => Date.parse("2026-11-20T00:00:00Z") });
    emulator.control.addJobs([seed]);
    expect((await call("GET", reportPath)).json().resources).toMatchObject({
      Excluded_Url: "",
      Login_Info: "",
      Vulnerability_Category: "XSS, SSI Injection, SQL Injection, LFI",
      Classify_byRisk_Level: { Total: 0, High: 0, Medium: 0, Low: 0 },
      Details: {},
      Recommendation: {},
    });
  });

  it("contains what the scanner of a job found", async () => {
    const { scanner } = scriptedScanner({ findings: [sampleFinding] });
    const { call, list } = await startGateway({ scanner });
    const startUrl = await startSilentTarget();
    const body = orderOf(startUrl, { VulnItems: ["XSS"], Headers: { Cookie: "SID=demo-only" }, UserAgent: "iPhone" });
    await call("PUT", "/api/v1/job", { body });
    await vi.waitFor(async () => expect((await list())[0]?.status).toBe("Complete"), { timeout: 300_000, interval: 5 });
    expect((await call("GET", "/api/v1/jobs/7000001/report")).json().resources).toMatchObject({
      Target_Info: startUrl,
      Login_Info: "SID=demo-only",
      Vulnerability_Category: "XSS",
      User_Agent: "iPhone",
      Scanned_Domain_List: [new URL(startUrl).host],
      Not_Scanned_Domain_List: ["cdn.example.net"],
      Classify_byRisk_Level: { Total: 1, Medium: 1 },
    });
  });
});
