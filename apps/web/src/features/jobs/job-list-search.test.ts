import { describe, expect, it } from "vitest";
import { compactJobListSearch, jobListArguments, readJobListSearch } from "./job-list-search.ts";

describe("the URL of the job list", () => {
  it("survives a round trip", () => {
    const list = { q: "www", searchBy: "memo", status: "92", page: 3, limit: 100 } as const;
    const written = Object.fromEntries(
      Object.entries(compactJobListSearch(list)).map(([name, value]) => [name, String(value)]),
    );
    expect(jobListArguments(readJobListSearch(written))).toEqual(list);
  });

  it("omits default values", () => {
    expect(compactJobListSearch(jobListArguments({}))).toEqual({});
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
    ["a search longer than the API takes", { q: "x".repeat(501) }],
    ["fields of other pages", { sev: "high", constructor: "x" }],
    ["no text at all", { q: { deep: true }, page: null, limit: [] }],
  ])("falls back for %s", (_, raw) => {
    expect(readJobListSearch(raw as Record<string, unknown>)).toEqual({});
  });

  it("keeps valid parts of a broken link", () => {
    expect(readJobListSearch({ q: "www", status: "999", page: "x", limit: "25" })).toEqual({ q: "www", limit: 25 });
  });

  it("keeps a search for digits as text", () => {
    expect(readJobListSearch({ q: "007" })).toEqual({ q: "007" });
  });
});
