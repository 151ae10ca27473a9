import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextRuns } from "./run-times.ts";
import { blackoutOf, ruleOf, shownRuns, upcomingRuns } from "./schedule-rows.ts";

const hour = 3_600_000;
const begin = Date.parse("2026-03-20T00:00:00Z");

describe("the runs shown with a schedule", () => {
  it("are those after the moment of asking, however often and in whatever order it was asked before", () => {
    const row = fc.record({
      rule: fc
        .record({
          every: fc.constant("day"),
          localTime: fc.constantFrom("00:00", "02:30", "13:59"),
          zone: fc.constantFrom("Asia/Seoul", "Europe/Berlin"),
        })
        .map((rule) => JSON.stringify(rule)),
      blackout: fc.constantFrom("[]", '[{"days":["sun"],"from":"00:00","to":"06:00"}]'),
    });
    // Around a change of clocks; includes the exact instants of runs.
    const at = fc.oneof(
      fc.integer({ min: 0, max: 20 * 24 * hour }),
      fc.integer({ min: 0, max: 20 * 48 }).map((half) => (half * hour) / 2),
    );
    fc.assert(
      fc.property(row, fc.array(at, { minLength: 1, maxLength: 6 }), (asked, offsets) => {
        for (const offset of offsets) {
          const expected = nextRuns(ruleOf(asked), blackoutOf(asked), begin + offset, shownRuns);
          expect(upcomingRuns(asked, begin + offset)).toEqual(expected);
        }
      }),
    );
  });
});
