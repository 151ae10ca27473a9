import type { SavedView } from "@wsc-dashboard/wsc-core";
import { describe, expect, it } from "vitest";
import { keptSearch, viewOfSearch, viewToOpen } from "./view-search.ts";

const view = (id: string, search: Record<string, string>, change: Partial<SavedView> = {}): SavedView => ({
  ...{ id, list: "targets", name: id, search, isShared: false, isOwn: true, owner: "kim", isDefault: false },
  ...{ updatedAt: "2026-11-01T00:00:00Z", version: 1 },
  ...change,
});

describe("the search that a view keeps", () => {
  it("is filters and order without the page, as texts", () => {
    expect(keptSearch({ q: "a", limit: 50, page: 3, view: "x", tab: undefined })).toEqual({ q: "a", limit: "50" });
  });

  it("is found again in an address, whatever the order of its parts, an own view before one of others", () => {
    const views = [view("shared", { q: "a", show: "high" }, { isOwn: false }), view("own", { show: "high", q: "a" })];
    expect(viewOfSearch(views, { q: "a", show: "high", page: 2 })?.id).toBe("own");
    expect(viewOfSearch(views, { q: "a" })).toBeUndefined();
    expect(viewOfSearch(views, {})).toBeUndefined();
  });

  it("is opened when the address names the view, or by choice when the address has no filter", () => {
    const views = [view("a", { q: "a" }, { isDefault: true }), view("b", { q: "b" })];
    expect(viewToOpen(views, { view: "b" })?.id).toBe("b");
    expect(viewToOpen(views, { view: "gone" })).toBeUndefined();
    expect(viewToOpen(views, {})?.id).toBe("a");
    expect(viewToOpen(views, { page: 2 })?.id).toBe("a");
    expect(viewToOpen(views, { q: "c" })).toBeUndefined();
  });
});
