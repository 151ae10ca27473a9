import { describe, expect, it } from "vitest";
import { findCodes } from "./error-codes.tsx";

const codes = [
  { code: "160455", title: "This does not count as a re-scan.", next: "Start it as a new job." },
  { code: "BUDGET_EXHAUSTED", title: "The limit is reached.", next: "Wait." },
];

describe("the search for an error code", () => {
  it("finds by number, by word and in any case", () => {
    expect(findCodes(codes, "1604")).toEqual([codes[0]]);
    expect(findCodes(codes, " budget ")).toEqual([codes[1]]);
    expect(findCodes(codes, "NEW JOB")).toEqual([codes[0]]);
    expect(findCodes(codes, "")).toEqual(codes);
    expect(findCodes(codes, "nothing")).toEqual([]);
  });
});
