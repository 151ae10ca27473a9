import { severities } from "@wsc-dashboard/wsc-core";
import { describe, expect, it } from "vitest";
import { writeChoices } from "../../ui/choice-list.ts";
import { readReportSearch, readSeverities } from "./report-search.ts";

describe("the URL of a report", () => {
  it.each([
    ["high", ["high"]],
    ["low,high", ["high", "low"]],
    ["high,critical", ["high"]],
  ])("reads the levels of %j", (text, levels) => {
    expect(readSeverities(text)).toEqual(levels);
  });

  it.each([undefined, "", "critical", ",,", "HIGH"])("shows every level for %j", (text) => {
    expect(readSeverities(text)).toEqual(["high", "medium", "low"]);
  });

  it("omits the levels when all or none are chosen", () => {
    expect(writeChoices(severities, ["low", "medium", "high"])).toBeUndefined();
    expect(writeChoices(severities, [])).toBeUndefined();
    expect(writeChoices(severities, ["low", "high"])).toBe("high,low");
  });

  it.each([
    [{ group: "colour" }],
    [{ sev: "critical" }],
    [{ q: "" }],
    [{ q: "x".repeat(201) }],
    [{ q: ["a"], sev: 7, group: null }],
  ])("falls back for %j", (raw) => {
    expect(readReportSearch(raw as Record<string, unknown>)).toEqual({});
  });

  it("keeps valid parts of a broken link", () => {
    expect(readReportSearch({ sev: "medium,x", q: "id=", group: "?" })).toEqual({ sev: "medium", q: "id=" });
  });
});
