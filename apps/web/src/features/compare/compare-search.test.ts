import { describe, expect, it } from "vitest";
import { outcomes } from "../../domain-ui/outcome-mark.tsx";
import { readCompareSearch } from "./compare-search.ts";

describe("the URL of a comparison", () => {
  it("contains two jobs, or only the later one", () => {
    expect(readCompareSearch({ base: "1", head: "2" })).toEqual({ base: "1", head: "2" });
    expect(readCompareSearch({ head: "2", show: "fixed,new" })).toEqual({ head: "2", show: "new,fixed" });
    expect(readCompareSearch({ head: "90071992547409931" })).toEqual({ head: "90071992547409931" });
  });

  it.each([{ base: "../x" }, { base: "-1" }, { base: "" }, { base: ["1"] }, { base: "9".repeat(21) }, { base: null }])(
    "falls back for %j and keeps the other side",
    (broken) => {
      expect(readCompareSearch({ ...broken, head: "2" })).toEqual({ head: "2" });
    },
  );

  it("contains the grouping, and drops an unknown one", () => {
    expect(readCompareSearch({ head: "2", group: "domain" })).toEqual({ head: "2", group: "domain" });
    for (const group of ["none", "host", "", ["item"], 1])
      expect(readCompareSearch({ head: "2", group })).toEqual({ head: "2" });
  });

  it.each(["", outcomes.join(), "high", "NEW", "<script>", ["new"]])("that shows %j shows everything", (show) => {
    expect(readCompareSearch({ head: "2", show })).toEqual({ head: "2" });
  });
});
