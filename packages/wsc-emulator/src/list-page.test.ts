import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { listPage } from "./list-page.ts";

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

describe("listPage", () => {
  it("numbers pages 11 to 20 on page 12 of 23, as the contract's sample", () => {
    const { record_data: _, ...counters } = listPage(numbers(229), 10, 12);
    expect(counters).toEqual({ total_cnt: 229, total_page_cnt: 23, current_start_page: 11, current_end_page: 20 });
  });

  it("numbers pages 1 to 1 without jobs", () => {
    expect(listPage([], 10, 1)).toEqual({
      total_cnt: 0,
      total_page_cnt: 0,
      current_start_page: 1,
      current_end_page: 1,
      record_data: [],
    });
  });

  it("shows every record once and in order when all pages are read, and nothing past the end", () => {
    fc.assert(
      fc.property(fc.nat(500), fc.integer({ min: 1, max: 100 }), (count, limit) => {
        const records = numbers(count);
        const pageCount = listPage(records, limit, 1).total_page_cnt;
        const seen = numbers(pageCount).flatMap((index) => listPage(records, limit, index + 1).record_data);
        expect(seen).toEqual(records);
        expect(listPage(records, limit, pageCount + 1).record_data).toEqual([]);
      }),
    );
  });

  it("keeps every existing page inside its block of ten", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5000 }),
        fc.integer({ min: 1, max: 100 }),
        fc.nat(),
        (count, limit, any) => {
          const pageCount = Math.ceil(count / limit);
          const page = (any % pageCount) + 1;
          const { current_start_page: start, current_end_page: end } = listPage(numbers(count), limit, page);
          expect(start % 10).toBe(1);
          expect(start).toBeLessThanOrEqual(page);
          expect(end).toBeGreaterThanOrEqual(page);
          expect(end).toBe(Math.min(start + 9, pageCount));
        },
      ),
    );
  });
});
