import { describe, expect, it } from "vitest";
import { hostileTexts } from "./hostile-texts.ts";
import { seedHistory } from "./seed.ts";
import { seedReport } from "./seed-report.ts";
import { startGateway } from "./testing-gateway.ts";

const now = Date.parse("2026-11-20T12:00:00Z");

describe("a report of any size", () => {
  it("is deterministic per variant", () => {
    expect(seedReport({ findings: 50 }, now)).toEqual(seedReport({ findings: 50 }, now));
    expect(seedReport({ findings: 50, variant: 2 }, now)).not.toEqual(seedReport({ findings: 50 }, now));
  });

  it("has the exact number of different findings, with all items, risks, several hosts and three languages", () => {
    const { findings = [] } = seedReport({ findings: 5_000 }, now);
    const places = findings.map(({ item, method, url, parameter }) => `${item} ${method} ${url} ${parameter}`);
    expect(new Set(places).size).toBe(5_000);
    expect(new Set(findings.map(({ item }) => item)).size).toBe(4);
    expect(new Set(findings.map(({ risk }) => risk)).size).toBe(3);
    expect(new Set(findings.map(({ url }) => new URL(url).host)).size).toBeGreaterThanOrEqual(5);
    const evidence = findings.map((finding) => finding.evidence).join("\n");
    for (const word of ["검색 결과", "検索結果", "results for"]) expect(evidence).toContain(word);
  });

  it("with 2,000 findings is part of the history, with its own target", () => {
    const large = seedHistory(now, 1).filter(({ startUrl }) => startUrl === "https://portal.example.org/");
    expect(large.map(({ findings = [] }) => findings.length)).toEqual([2_000]);
  });

  it("can be hostile in every text, and is served unchanged", async () => {
    const { call, control } = await startGateway();
    const sentinel = "http://127.0.0.1:9";
    const texts = hostileTexts(sentinel);
    expect(new Set(texts).size).toBeGreaterThanOrEqual(200);
    const added = await control("POST", "/reports", { findings: texts.length, text: "hostile", sentinel });
    expect(added.status).toBe(201);
    const { instanceNo } = (await added.json()) as { instanceNo: string };
    const report = (await call("GET", `/api/v1/jobs/${instanceNo}/report`)).json().resources;
    expect(report.Classify_byRisk_Level.Total).toBe(texts.length);
    expect(Object.keys(report.Details).sort()).toEqual(texts.toSorted());
    expect(report.Scanned_Domain_List).toEqual(texts);
    expect(report.Login_Info).toBe(texts[3]);
    expect(texts).toContain(report.Recommendation[texts[0] ?? ""]);
  });

  it.each([
    [{}],
    [{ findings: -1 }],
    [{ findings: 20_001 }],
    [{ findings: 1, text: "odd" }],
    [{ findings: 1, sentinel: "here" }],
    [{ findings: 1, more: true }],
  ])("is refused as %j", async (body) => {
    const { control, list } = await startGateway();
    expect((await control("POST", "/reports", body)).status).toBe(400);
    expect(await list()).toEqual([]);
  });
});
