import { isReportExpired, reportExpiresAt } from "@wsc-dashboard/wsc-core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seedHistory } from "./seed.ts";
import { startGateway } from "./testing-gateway.ts";

const dayMs = 86_400_000;
const now = Date.parse("2026-11-20T12:00:00Z");
const anyInstant = fc.integer({ min: Date.parse("2026-01-01T00:00:00Z"), max: Date.parse("2032-12-31T00:00:00Z") });

describe("seedHistory", () => {
  it("is deterministic for an instant and a variant", () => {
    expect(seedHistory(now, 1)).toEqual(seedHistory(now, 1));
    expect(seedHistory(now, 2)).not.toEqual(seedHistory(now, 1));
  });

  it("is plausible for any instant", () => {
    fc.assert(
      fc.property(anyInstant, fc.nat(1000), (instant, variant) => {
        const jobs = seedHistory(instant, variant);
        const ended = jobs.map(({ endedAt }) => Date.parse(endedAt ?? ""));
        const daysLeft = jobs.flatMap(({ status }, index) =>
          status === 4 ? (reportExpiresAt(new Date(ended[index] ?? 0)).getTime() - instant) / dayMs : [],
        );
        expect(jobs.length).toBeGreaterThanOrEqual(60);
        expect(new Set(jobs.map(({ instanceNo }) => instanceNo)).size).toBe(jobs.length);
        expect(ended.every((end, index) => end < instant && end > Date.parse(jobs[index]?.startedAt ?? ""))).toBe(true);
        expect(Math.min(...ended)).toBeGreaterThan(instant - 430 * dayMs);
        expect(new Set(jobs.map(({ status }) => status))).toEqual(new Set([4, 5, 15, 91, 93, null]));
        expect(daysLeft.some((days) => days <= 0)).toBe(true);
        expect(daysLeft.some((days) => days > 0 && days < 7)).toBe(true);
        expect(daysLeft.some((days) => days > 7 && days < 30)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it("has at least six targets, all under example hosts, and memos in three languages", () => {
    const jobs = seedHistory(now, 1);
    const hosts = [...new Set(jobs.map(({ startUrl }) => new URL(startUrl).hostname))];
    expect(hosts.length).toBeGreaterThanOrEqual(6);
    expect(hosts.every((host) => /(?:^|\.)example\.(?:com|net|org)$/.test(host))).toBe(true);
    const memos = jobs.map(({ memo }) => memo ?? "");
    expect(memos.some((memo) => /[가-힣]/.test(memo))).toBe(true);
    expect(memos.some((memo) => /[ぁ-んァ-ン月]/.test(memo))).toBe(true);
    expect(memos.some((memo) => /^[\x20-\x7e]+$/.test(memo))).toBe(true);
  });

  it("has improving targets, and one without findings", () => {
    const jobs = seedHistory(now, 1);
    const counts = (host: string): number[] =>
      jobs
        .filter(({ startUrl, status }) => status === 4 && new URL(startUrl).hostname === host)
        .map(({ findings = [] }) => findings.length);
    for (const host of ["www.example.com", "shop.example.com", "m.example.com"]) {
      expect(counts(host).at(-1)).toBeLessThan((counts(host)[0] ?? 0) / 2);
    }
    expect(counts("blog.example.com").at(-1)).toBe(0);
  });

  it("re-scans only finished jobs, with fewer findings", () => {
    const jobs = seedHistory(now, 1);
    const rescans = jobs.filter(({ masterInstanceNo }) => masterInstanceNo !== undefined);
    expect(rescans.length).toBeGreaterThanOrEqual(5);
    for (const rescan of rescans) {
      const master = jobs.find(({ instanceNo }) => instanceNo === rescan.masterInstanceNo);
      expect(master).toMatchObject({ status: 4, startUrl: rescan.startUrl });
      expect(rescan.findings?.length).toBeLessThan(master?.findings?.length ?? 0);
    }
  });

  it("keeps evidence that shows request, answer and marker", () => {
    for (const { findings = [] } of seedHistory(now, 1)) {
      for (const { method, url, parameter, evidence } of findings) {
        expect(evidence).toMatch(/^(?:GET|POST) \/\S* HTTP\/1\.1\nHost: /);
        expect(evidence).toContain(`${method} ${new URL(url).pathname}`);
        expect(evidence).toContain(`${parameter}=`);
        expect(evidence).toMatch(/\nHTTP\/1\.1 \d{3} /);
      }
    }
  });

  it("is served: lists, reports, and refusals of expired ones", async () => {
    const { call, emulator } = await startGateway({ seed: true, now: () => now });
    const pages = (await call("GET", "/api/v1/jobs?limit=100&page=1")).json().resources;
    expect(pages.record_data.length).toBe(Math.min(100, seedHistory(now, 1).length));
    for (const { instanceNo, endedAt, status, findings = [] } of seedHistory(now, 1)) {
      const report = (await call("GET", `/api/v1/jobs/${instanceNo}/report`)).json();
      if (status !== 4) expect(report.error.errorCode).toBe(901);
      else if (isReportExpired(new Date(endedAt ?? ""), new Date(now))) expect(report.error.errorCode).toBe(160701);
      else expect(report.resources.Classify_byRisk_Level.Total).toBe(findings.length);
    }
    expect(emulator.control.requests().every(({ httpStatus }) => httpStatus === 200)).toBe(true);
  });
});
