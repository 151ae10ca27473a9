import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createListWalk, type WalkStep } from "./list-walk.ts";

const hour = 3_600_000;
const now = Date.UTC(2026, 10, 23, 3);
const since = now - hour / 6;
const limit = 100;
const maxPages = 40;

interface Row {
  readonly id: string;
  readonly start: number | null;
}
interface Gateway {
  readonly rows: readonly Row[];
  /** Rows it gives on a page, whatever is asked for. */
  readonly cap: number;
  /** How it counts its last page: by its own size, by the one that was asked for, or not at all. */
  readonly pageCount: "own" | "asked" | "none";
}

/** Walks as the search does; `seen` has the ids of all rows that came. */
function walkThrough({ rows, cap, pageCount }: Gateway, change: (page: number) => object = () => ({})) {
  const walk = createListWalk({ since, limit, maxPages });
  const seen = new Set<string>();
  let step: WalkStep = { kind: "read", page: 1 };
  let calls = 0;
  while (step.kind === "read") {
    const { page } = step;
    calls += 1;
    const size = Math.min(cap, limit);
    const given = rows.slice((page - 1) * size, page * size);
    for (const { id } of given) seen.add(id);
    const pageCounts = { own: Math.ceil(rows.length / size), asked: Math.ceil(rows.length / limit), none: null };
    step = walk.take({
      ids: given.map(({ id }) => id),
      starts: given.map(({ start }) => start),
      received: given.length,
      total: rows.length,
      pageCount: pageCounts[pageCount],
      ...change(calls),
    });
  }
  return { step, calls, seen };
}

/** Rows of the newest `count` half hours, the newest first. */
const rowsOf = (count: number): Row[] =>
  Array.from({ length: count }, (_, index) => ({ id: `${index}`, start: now - (index * hour) / 2 }));

describe("a walk through the list", () => {
  /** Up to 400 rows within three days; in one of three lists some have no start. */
  const anyRows = fc
    .tuple(fc.noShrink(fc.integer({ min: 0, max: 40 })), fc.nat(2))
    .chain(([tens, nulls]) => {
      const minutes = fc.integer({ min: 0, max: 72 * 60 });
      const start = nulls === 0 ? fc.option(minutes, { freq: 20 }) : minutes;
      return fc.array(start, { minLength: tens * 10, maxLength: tens * 10 + 9 });
    })
    .map((ages) => ages.map((age, index) => ({ id: `${index}`, start: age === null ? null : now - age * 60_000 })));
  const byStart = (one: Row, other: Row) => (other.start ?? 0) - (one.start ?? 0);
  const orders: readonly ((rows: readonly Row[]) => Row[])[] = [
    (rows) => rows.toSorted(byStart),
    (rows) => rows.toSorted(byStart).toReversed(),
    (rows) => [...rows],
  ];

  it("is complete only when every row that can have started since was read, for any order, page size and count", () => {
    const kinds = new Set<string>();
    fc.assert(
      fc.property(
        anyRows,
        fc.nat(2),
        fc.integer({ min: 1, max: 150 }),
        fc.constantFrom("own", "asked", "none"),
        (rows, order, cap, pageCount) => {
          const given = orders[order]?.(rows) ?? [];
          const { step, calls, seen } = walkThrough({ rows: given, cap, pageCount });
          expect(calls).toBeLessThanOrEqual(maxPages);
          kinds.add(step.kind === "complete" ? step.by : step.kind);
          if (step.kind !== "complete") return;
          for (const { id, start } of given) if (start === null || start >= since) expect(seen).toContain(id);
        },
      ),
      { numRuns: 500 },
    );
    expect([...kinds].sort()).toEqual(["count", "order", "unproven"]);
  });

  it("reads the first and the last page of a list in descending order, of any length", () => {
    for (const count of [500, 3_000, 100_000]) {
      const { step, calls } = walkThrough({ rows: rowsOf(count), cap: limit, pageCount: "own" });
      expect({ step, calls }).toEqual({ step: { kind: "complete", by: "order" }, calls: 2 });
    }
  });

  it("does not accept an order that the last page breaks, or that rows without a start or with equal starts do not show", () => {
    const falling = rowsOf(10_000);
    const youngestLast = [...falling.slice(1), { id: "x", start: now }];
    const unstartedLast = [...falling.slice(1), { id: "x", start: null }];
    const ofOneDay = falling.map(({ id }) => ({ id, start: now - 48 * hour }));
    const unstartedFirst = [{ id: "x", start: null }, ...falling.slice(1)];
    for (const rows of [falling.toReversed(), youngestLast, unstartedLast, ofOneDay, unstartedFirst]) {
      const { step, calls } = walkThrough({ rows, cap: limit, pageCount: "own" });
      expect(step).toEqual({ kind: "unproven", gap: "LIST_ORDER_UNPROVEN" });
      expect(calls).toBeLessThanOrEqual(maxPages);
    }
  });

  it("counts the rows of a short list in any order, for any page size", () => {
    for (const cap of [10, 20, 50, 100]) {
      for (const pageCount of ["own", "asked", "none"] as const) {
        const rows = rowsOf(250).toReversed();
        expect(walkThrough({ rows, cap, pageCount })).toMatchObject({
          step: { kind: "complete", by: "count" },
          calls: Math.ceil(250 / cap),
        });
      }
    }
  });

  it("proves nothing without a count, with unreadable rows, a changing count, or repeated pages", () => {
    const gateway: Gateway = { rows: rowsOf(250).toReversed(), cap: 20, pageCount: "own" };
    const gap = (change: (page: number) => object) => walkThrough(gateway, change).step;
    expect(gap(() => ({ total: null }))).toEqual({ kind: "unproven", gap: "LIST_COUNT_MISSING" });
    expect(gap(() => ({ received: 21 }))).toEqual({ kind: "unproven", gap: "LIST_ROWS_UNREADABLE" });
    expect(gap((page) => ({ total: page < 3 ? 250 : 251 }))).toEqual({ kind: "unproven", gap: "LIST_CHANGED" });
    expect(gap(() => ({ ids: rowsOf(20).map(({ id }) => id) }))).toEqual({
      kind: "unproven",
      gap: "LIST_WALK_INCOMPLETE",
    });
    expect(walkThrough({ rows: [], cap: 20, pageCount: "own" })).toMatchObject({
      step: { kind: "complete", by: "count" },
    });
  });

  it("does not rely on descending starts once another order was observed", () => {
    const walk = createListWalk({ since, limit, maxPages, isOrderRefuted: true });
    const rows = rowsOf(100);
    const page = { ids: rows.map(({ id }) => id), starts: rows.map(({ start }) => start), received: 100 };
    expect(walk.take({ ...page, total: 9_000, pageCount: 90 })).toEqual({ kind: "read", page: 90 });
    expect(walk.take({ ids: ["x"], starts: [0], received: 1, total: 9_000, pageCount: 90 })).toEqual({
      kind: "unproven",
      gap: "LIST_ORDER_UNPROVEN",
    });
  });
});
