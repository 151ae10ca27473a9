import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type FactName, factStates } from "../domain/gateway-facts.ts";
import { decodeEnvelope } from "./envelope.ts";
import { observePage, observeReport } from "./observe-answers.ts";
import type { SearchArguments } from "./operations.ts";
import { readJobPage } from "./read-jobs.ts";

const now = new Date("2026-11-28T12:00:00Z");
const zone = "Asia/Seoul";
const list: SearchArguments = { searchBy: null, keyword: "", statusCode: null, limit: 100, page: 1 };

const koreanTime = (agoMs: number): string =>
  new Date(now.getTime() - agoMs + 9 * 3_600_000).toISOString().slice(0, 19).replaceAll("-", "/").replace("T", " ");
const minutes = 60_000;

const row = (number: number, change: Record<string, unknown> = {}): Record<string, unknown> => ({
  ...{ instanceNo: 1000 - number, start_url: `https://shop-${number}.example.com/`, memo: `memo ${number}` },
  ...{ status: "Completed", result_button: "report", start_date: koreanTime((number + 2) * 120 * minutes) },
  ...change,
});

function observe(rows: readonly unknown[], total: number, args: Partial<SearchArguments> = {}, isBare = false) {
  const whole = { ...list, ...args };
  const resources = {
    total_cnt: total,
    total_page_cnt: Math.ceil(total / Math.max(1, rows.length)),
    record_data: rows,
  };
  const decoded = decodeEnvelope(200, JSON.stringify(isBare ? resources : { returnCode: "0", resources }));
  if (decoded.kind !== "success") throw new Error("the answer is no success");
  const { payload, envelope } = decoded;
  const page = readJobPage(payload, { zone, now, statusCode: whole.statusCode });
  if (page === null) throw new Error("the answer is no page");
  const { limit, statusCode } = whole;
  const facts = observePage({ page, payload, envelope, limit, statusCode, now }, whole);
  return new Map(facts.map(({ name, state, value, measure }) => [name, [state, value, measure]]));
}

const rows = (count: number): Record<string, unknown>[] => Array.from({ length: count }, (_, index) => row(index));

describe("an observed page of the list", () => {
  it("shows order, size, count, form and words of a documented gateway", () => {
    expect(Object.fromEntries(observe(rows(100), 250))).toEqual({
      "list-order": ["proven", "newest-first", null],
      "page-size": ["proven", "given", 100],
      "page-count": ["proven", "given", null],
      "status-words": ["proven", "known", null],
      envelope: ["proven", "wrapped", null],
      "number-form": ["proven", "number", null],
    });
  });

  it("shows another order, size, number form and envelope, and unknown words without repeating them", () => {
    const strange = rows(20).map((one) => ({ ...one, instanceNo: String(one.instanceNo), status: "canary words" }));
    const shown = observe(strange.reverse(), 250, {}, true);
    expect(Object.fromEntries(shown)).toMatchObject({
      "list-order": ["refuted", "oldest-first", null],
      "page-size": ["refuted", "capped", 20],
      "status-words": ["refuted", "unknown", 1],
      envelope: ["refuted", "bare", null],
      "number-form": ["refuted", "text", null],
    });
    expect(JSON.stringify([...shown])).not.toContain("canary");
  });

  it("shows nothing of the order, size and count by a search, a filter or a page in the middle", () => {
    const ofList = ["list-order", "page-size", "page-count"] as const;
    for (const args of [{ searchBy: "url", keyword: "shop" }, { statusCode: 4 }] as const) {
      for (const name of ofList) expect(observe(rows(20).reverse(), 250, args).has(name), name).toBe(false);
    }
    const middle = observe(rows(50), 250, { page: 3, limit: 50 });
    expect([middle.has("page-size"), middle.has("page-count")]).toEqual([false, false]);
  });

  it("shows an order only with two or more starts, and none when they rise and fall", () => {
    expect(observe([row(0)], 1).has("list-order")).toBe(false);
    expect(observe([row(0), row(0)], 2).has("list-order")).toBe(false);
    expect(observe([row(1), row(3), row(2)], 3).get("list-order")).toEqual(["refuted", "unordered", null]);
  });

  it("shows an empty page after the end, and nothing by an empty account", () => {
    expect(observe([], 250, { page: 4 }).get("page-beyond-end")).toEqual(["proven", "empty", null]);
    expect(observe([], 0).size).toBe(1);
  });

  it("shows the zone of dates by a running job, and refutes it by a start in the future", () => {
    const running = (agoMs: number) => [row(0, { status: "Scanning", start_date: koreanTime(agoMs) })];
    expect(observe(running(4 * minutes), 1).get("date-zone")).toEqual(["proven", "configured", 4]);
    expect(observe(running(-60 * minutes), 1).get("date-zone")).toEqual(["refuted", "ahead", null]);
    expect(observe(running(70 * minutes), 1).has("date-zone")).toBe(false);
    expect(observe([row(0, { start_date: "soon" })], 1).get("date-zone")).toEqual(["refuted", "unread", null]);
  });
});

describe("an observed search", () => {
  const by = (searchBy: "memo" | "url", keyword: string, memos: readonly string[]) => {
    const found = memos.map((memo, index) => row(index, searchBy === "memo" ? { memo } : { start_url: memo }));
    return observe(found, found.length, { searchBy, keyword }).get(`${searchBy}-search`)?.slice(0, 2) ?? null;
  };

  it("shows whether substrings and other cases match, and whether the keyword is ignored", () => {
    for (const searchBy of ["memo", "url"] as const) {
      expect(by(searchBy, "shop", ["https://shop.example/"])).toEqual(["proven", "part"]);
      expect(by(searchBy, "shop", ["https://SHOP.example/"])).toEqual(["proven", "part-any-case"]);
      expect(by(searchBy, "shop", ["other", "another"])).toEqual(["refuted", "ignored"]);
      expect(by(searchBy, "shop", ["shop"])).toBeNull();
      expect(by(searchBy, "shop", [])).toBeNull();
      // Korean and Japanese texts have several spellings.
      expect(by(searchBy, "점검", ["other"])).toBeNull();
    }
  });

  it("shows a filter that is ignored", () => {
    expect(observe([row(0)], 1, { statusCode: 3 }).get("status-filter")).toEqual(["refuted", "ignored", null]);
    expect(observe([row(0)], 1, { statusCode: 4 }).has("status-filter")).toBe(false);
  });
});

describe("for any page", () => {
  it("facts are our own words with numbers, in linear time", () => {
    const text = fc.oneof(fc.string(), fc.constant(null), fc.integer(), fc.constant({}));
    const anyRow = fc.record({
      instanceNo: fc.oneof(fc.nat(), fc.string()),
      start_date: text,
      memo: text,
      status: text,
    });
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 30 }), fc.nat(100), (some, more) => {
        for (const [name, [state, value]] of observe(some, some.length + more)) {
          expect(factStates, name satisfies FactName).toContain(state);
          expect(value).toMatch(/^[a-z-]{1,20}$/);
        }
      }),
    );
  });
});

describe("an observed report", () => {
  it("shows whether it was read completely, and counts the rest without repeating it", () => {
    expect(observeReport({ unrecognised: {} })).toEqual([
      { name: "report-form", state: "proven", value: "read", measure: null },
    ]);
    expect(observeReport({ unrecognised: { canary: 1, other: 2 } })).toEqual([
      { name: "report-form", state: "refuted", value: "left-over", measure: 2 },
    ]);
    expect(observeReport(null)).toEqual([
      { name: "report-form", state: "refuted", value: "unreadable", measure: null },
    ]);
  });
});
