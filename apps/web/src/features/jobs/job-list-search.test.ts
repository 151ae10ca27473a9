import { describe, expect, it } from "vitest";
import { compactJobListSearch, isKeptView, jobListView, readJobListSearch } from "./job-list-search.ts";

describe("the URL of the job list", () => {
  it("survives a round trip", () => {
    const search = { q: "www", searchBy: "memo", status: "92", page: 3, limit: 100 } as const;
    const list = jobListView({ ...search, tab: "attention", period: "30", sort: "-high" });
    const written = Object.fromEntries(
      Object.entries(compactJobListSearch(list)).map(([name, value]) => [name, String(value)]),
    );
    expect(jobListView(readJobListSearch(written))).toEqual(list);
  });

  it("omits default values", () => {
    expect(compactJobListSearch(jobListView({}))).toEqual({});
  });

  it.each([
    ["a page that is no number", { page: "two" }],
    ["a page before the first", { page: "0" }],
    ["a negative page", { page: "-1" }],
    ["a page with decimals", { page: "1.5" }],
    ["a page in another notation", { page: "1e3" }],
    ["a page beyond all reason", { page: "99999999" }],
    ["a size that is not offered", { limit: "37" }],
    ["a status nobody knows", { status: "7" }],
    ["a status in words", { status: "Complete" }],
    ["a search in something else", { searchBy: "host" }],
    ["an empty search", { q: "" }],
    [
      "a tab, a period, an order and days that do not exist",
      { tab: "all", period: "8", sort: "memo", from: "2026-02-30" },
    ],
    ["a search longer than the API takes", { q: "x".repeat(501) }],
    ["fields of other pages", { sev: "high", constructor: "x" }],
    ["no text at all", { q: { deep: true }, page: null, limit: [] }],
  ])("falls back for %s", (_, raw) => {
    expect(readJobListSearch(raw as Record<string, unknown>)).toEqual({});
  });

  it("shows defaults for parameters that the router names as undefined", () => {
    const invalid = { page: undefined, limit: undefined, status: undefined } as unknown as Parameters<
      typeof jobListView
    >[0];
    expect(jobListView(invalid)).toEqual(jobListView({}));
  });

  it("keeps valid parts of a broken link", () => {
    expect(readJobListSearch({ q: "www", status: "999", page: "x", limit: "25" })).toEqual({ q: "www", limit: 25 });
  });

  it("takes a period before days", () => {
    expect(readJobListSearch({ period: "7", from: "2026-11-01" })).toEqual({ period: "7" });
    expect(readJobListSearch({ from: "2026-11-01" })).toEqual({ from: "2026-11-01" });
  });

  it("knows what the upstream can be asked for", () => {
    expect(isKeptView(jobListView({ q: "www", status: "4", page: 2 }))).toBe(false);
    for (const search of [{ tab: "mine" }, { period: "7" }, { until: "2026-11-01" }, { sort: "high" }] as const) {
      expect(isKeptView(jobListView(search))).toBe(true);
    }
  });

  it("keeps a search for digits as text", () => {
    expect(readJobListSearch({ q: "007" })).toEqual({ q: "007" });
  });
});
