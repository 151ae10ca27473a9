import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createListWalk, type KnownOrder, type WalkStep } from "./list-walk.ts";

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
  /** Rows per page that the gateway sends, whatever limit was requested. */
  readonly cap: number;
  /** How it computes its last page: from its own page size, from the requested one, or not at all. */
  readonly pageCount: "own" | "asked" | "none";
}

/** Walks as the search does; `seen` holds the ids of all rows received. */
function walkThrough(
  { rows, cap, pageCount }: Gateway,
  change: (call: number, page: number) => object | null = () => ({}),
  knownOrder: KnownOrder = null,
) {
  const walk = createListWalk({ since, limit, maxPages, knownOrder });
  const seen = new Set<string>();
  let step: WalkStep = { kind: "read", page: 1 };
  let calls = 0;
  while (step.kind === "read") {
    const { page } = step;
    calls += 1;
    const size = Math.min(cap, limit);
    const given = rows.slice((page - 1) * size, page * size);
    for (const { id } of given) seen.add(id);
    const changes = change(calls, page);
    if (changes === null) {
      step = walk.skipBeyondEnd();
      continue;
    }
    const pageCounts = { own: Math.ceil(rows.length / size), asked: Math.ceil(rows.length / limit), none: null };
    step = walk.take({
      ids: given.map(({ id }) => id),
      starts: given.map(({ start }) => start),
      received: given.length,
      total: rows.length,
      pageCount: pageCounts[pageCount],
      ...changes,
    });
  }
  return { step, calls, seen };
}

/** Rows at the newest `count` half hours, newest first. */
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
        fc.nat(2),
        (rows, order, cap, pageCount, known) => {
          const given = orders[order]?.(rows) ?? [];
          const knownOrder = [null, "newest-first", "oldest-first"][known] as KnownOrder;
          const { step, calls, seen } = walkThrough({ rows: given, cap, pageCount }, () => ({}), knownOrder);
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

  it("takes jobs of one second for a list in order, and a list of few different starts for none", () => {
    const paired = rowsOf(10_000).map(({ id }, index) => ({ id, start: now - Math.floor(index / 4) * hour }));
    const days = rowsOf(10_000).map(({ id }, index) => ({ id, start: now - (48 + (index < 9_990 ? 0 : 24)) * hour }));
    for (const [knownOrder, turn] of [
      [null, (rows: Row[]) => rows],
      ["oldest-first", (rows: Row[]) => rows.toReversed()],
    ] as const) {
      const walk = (rows: Row[]) =>
        walkThrough({ rows: turn(rows), cap: limit, pageCount: "own" }, () => ({}), knownOrder).step;
      expect(walk(paired)).toEqual({ kind: "complete", by: "order" });
      expect(walk(days)).toMatchObject({ kind: "unproven" });
    }
  });

  it("looks at some pages from the youngest job on, although nothing can be proven", () => {
    const rows = rowsOf(10_000).map((row, index) => (index === 0 ? { ...row, start: null } : row));
    const forwards = walkThrough({ rows, cap: limit, pageCount: "own" });
    const backwards = walkThrough(
      { rows: rows.toReversed(), cap: limit, pageCount: "own" },
      () => ({}),
      "oldest-first",
    );
    for (const { step, calls, seen } of [forwards, backwards]) {
      expect({ step, calls }).toEqual({ step: { kind: "unproven", gap: "LIST_ORDER_UNPROVEN" }, calls: 10 });
      for (const { id } of rows.slice(0, 800)) expect(seen).toContain(id);
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

  it("does not rely on falling or rising starts once another order was observed", () => {
    const unproven = { kind: "unproven", gap: "LIST_ORDER_UNPROVEN" };
    const falling: Gateway = { rows: rowsOf(10_000), cap: limit, pageCount: "own" };
    const rising: Gateway = { ...falling, rows: falling.rows.toReversed() };
    for (const knownOrder of ["oldest-first", "unordered"] as const) {
      expect(walkThrough(falling, () => ({}), knownOrder).step, knownOrder).toEqual(unproven);
    }
    for (const knownOrder of [null, "newest-first", "unordered"] as const) {
      expect(walkThrough(rising, () => ({}), knownOrder).step, String(knownOrder)).toEqual(unproven);
    }
  });

  describe("of a list that is known to come oldest first", () => {
    const gateway = (rows: readonly Row[], cap = limit): Gateway => ({ rows, cap, pageCount: "own" });
    const walkRising = (rows: readonly Row[], cap = limit, change?: (call: number, page: number) => object | null) =>
      walkThrough(gateway(rows, cap), change, "oldest-first");

    it("reads its first and its last page, goes back from there to what is old enough, and looks behind the end", () => {
      for (const [count, cap, most] of [
        [500, 100, 3],
        [100_000, 100, 3],
        [100_050, 100, 4],
        [100_000, 10, 9],
      ] as const) {
        const { step, calls } = walkRising(rowsOf(count).toReversed(), cap);
        expect({ step, isCheap: calls <= most }, `${count} by ${cap}, ${calls} calls`).toEqual({
          step: { kind: "complete", by: "order" },
          isCheap: true,
        });
      }
    });

    it("proves nothing when rows stand behind the end, the last page is not full, or a row is out of order or untold", () => {
      const rising = rowsOf(10_000).toReversed();
      const last = 100;
      const behind = (_: number, page: number) =>
        page > last ? { ids: ["new"], starts: [now], received: 1, total: 10_000 } : {};
      expect(walkRising(rising, limit, behind).step).toEqual({ kind: "unproven", gap: "LIST_CHANGED" });
      const grown = (_: number, page: number) => (page > last ? { total: 10_001 } : {});
      expect(walkRising(rising, limit, grown).step).toEqual({ kind: "unproven", gap: "LIST_CHANGED" });
      const short = (call: number) => (call === 2 ? { ids: ["9"], starts: [now], received: 1 } : {});
      const youngestFirst = [{ id: "x", start: now }, ...rising.slice(1)];
      const untoldFirst = [{ id: "x", start: null }, ...rising.slice(1)];
      const untoldLast = [...rising.slice(0, -3), { id: "x", start: null }, ...rising.slice(-2)];
      const swapped = [...rising.slice(0, -2), ...rising.slice(-2).toReversed()];
      const unproven = { kind: "unproven", gap: "LIST_ORDER_UNPROVEN" };
      expect(walkRising(rising, limit, short).step).toEqual(unproven);
      for (const rows of [untoldFirst, untoldLast, swapped]) expect(walkRising(rows).step).toEqual(unproven);
      expect(walkRising(youngestFirst).step).toMatchObject({ kind: "unproven" });
    });

    it("needs no count behind the end, takes rows that come once more for nothing new, and counts where that page is refused", () => {
      const rising = rowsOf(1_000).toReversed();
      const untold = (_: number, page: number) => (page > 10 ? { total: null } : {});
      const again = (_: number, page: number) =>
        page > 10 ? { ids: rowsOf(100).map(({ id }) => id), starts: [], received: 100 } : {};
      for (const change of [untold, again]) {
        expect(walkRising(rising, limit, change).step).toEqual({ kind: "complete", by: "order" });
      }
      const refused = (_: number, page: number) => (page > 10 ? null : {});
      expect(walkRising(rising, limit, refused).step).toEqual({ kind: "complete", by: "count" });
      const long = rowsOf(10_000).toReversed();
      const refusedLong = (_: number, page: number) => (page > 100 ? null : {});
      expect(walkRising(long, limit, refusedLong).step).toEqual({ kind: "unproven", gap: "LIST_ORDER_UNPROVEN" });
    });
  });
});
