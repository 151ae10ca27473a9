import type { Target } from "@wsc-dashboard/wsc-core";
import { describe, expect, it } from "vitest";
import { knownValues, readTargetSearch, searchTargets } from "./target-search.ts";

const target = (host: string, high: number | null, signs: Target["signs"] = []): Target => ({
  host,
  details: null,
  lastJob: { instanceNo: "1", status: { text: "", phase: "completed" }, startedAt: null, endedAt: null },
  latest:
    high === null
      ? null
      : {
          ...{ instanceNo: "1", endedAt: "2026-11-01T00:00:00Z", expiresAt: null },
          // Settled findings do not count.
          ...{ total: 100, high: 100, medium: 0, low: 0 },
          open: { total: high, high, medium: 0, low: 0 },
        },
  latestState: high === null ? "none" : "read",
  change: null,
  notComparable: null,
  month: { new: 0, fixed: 0 },
  next: null,
  rescan: null,
  trend: [],
  signs,
});
const targets = [
  target("b10.example.com", 1, ["open"]),
  target("a.example.com", null),
  target("b9.example.com", 3, ["open"]),
];
const hostsOf = (search: Parameters<typeof searchTargets>[1]): readonly string[] =>
  searchTargets(targets, search, "en").map(({ host }) => host);

describe("the search of the targets", () => {
  it("keeps the order of the list unless the address names one", () => {
    expect(hostsOf({})).toEqual(["b10.example.com", "a.example.com", "b9.example.com"]);
  });

  it("sorts numbers in names as numbers, and puts what has no value at the end both ways", () => {
    expect(hostsOf({ sort: "host" })).toEqual(["a.example.com", "b9.example.com", "b10.example.com"]);
    expect(hostsOf({ sort: "high" })).toEqual(["b10.example.com", "b9.example.com", "a.example.com"]);
    expect(hostsOf({ sort: "-high" })).toEqual(["b9.example.com", "b10.example.com", "a.example.com"]);
  });

  it("finds by parts of the name in any order and case, and by a sign", () => {
    expect(hostsOf({ q: "COM b9" })).toEqual(["b9.example.com"]);
    expect(hostsOf({ q: "nothing" })).toEqual([]);
    expect(hostsOf({ show: "open" })).toEqual(["b10.example.com", "b9.example.com"]);
    expect(hostsOf({ show: "failed" })).toEqual([]);
  });

  it("finds by owner, service and tag, also those that have none, and by their words", () => {
    const said = { tags: ["pci", "shop"], owner: "Kim", service: "Online Shop", note: null };
    const described = targets.map((one) =>
      one.host === "a.example.com"
        ? { ...one, details: { ...said, version: 1, updatedAt: "2026-11-01T00:00:00Z", updatedBy: "lee" } }
        : one,
    );
    const found = (search: Parameters<typeof searchTargets>[1]) =>
      searchTargets(described, search, "en").map(({ host }) => host);
    for (const search of [{ owner: "Kim" }, { service: "Online Shop" }, { tag: "pci" }, { q: "kim SHOP" }]) {
      expect(found(search), JSON.stringify(search)).toEqual(["a.example.com"]);
    }
    for (const search of [{ owner: "" }, { service: "" }, { tag: "" }]) {
      expect(found(search), JSON.stringify(search)).toEqual(["b10.example.com", "b9.example.com"]);
    }
    for (const search of [{ owner: "kim" }, { tag: "pc" }, { tag: "pci", owner: "" }]) {
      expect(found(search), JSON.stringify(search)).toEqual([]);
    }
    expect(knownValues(described)).toEqual({ tag: ["pci", "shop"], owner: ["Kim"], service: ["Online Shop"] });
  });

  it("leaves out of an address what it does not know, and keeps the rest", () => {
    expect(readTargetSearch({ q: "a", show: "worst", sort: "--high", page: "0" })).toEqual({ q: "a" });
    expect(readTargetSearch({ q: "", show: "high", sort: "-high", page: "2" })).toEqual({
      show: "high",
      sort: "-high",
      page: 2,
    });
    expect(readTargetSearch({ page: "1e3", sort: ["high"] })).toEqual({});
  });
});
