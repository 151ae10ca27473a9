import { describe, expect, it } from "vitest";
import { isPagePath, pagePaths } from "./page-paths.ts";

describe("the path of a page", () => {
  it("matches every path of the table, with valid parameters", () => {
    for (const path of Object.values(pagePaths)) {
      expect(
        isPagePath(
          path.replace("$instanceNo", "7000101").replace("$id", "0b7e-1").replace("$host", "shop.example.com%3A8443"),
        ),
        path,
      ).toBe(true);
    }
  });

  it.each([
    ["an unknown page", "/elsewhere"],
    ["a page with a slash at its end", "/jobs/"],
    ["a page below another one", "/targets/a/b"],
    ["a target without a name", "/targets/"],
    ["a target with a space", "/targets/a b"],
    ["a page in capitals", "/Jobs"],
    ["a page after something else", "/x/jobs"],
    ["a job number with letters", "/jobs/12a"],
    ["a job number that is too long", `/jobs/${"1".repeat(21)}`],
    ["a schedule without an id", "/schedules/"],
    ["a schedule id that leads elsewhere", "/schedules/..%2fjobs"],
    ["the parameter itself", "/jobs/$instanceNo"],
    ["nothing", ""],
  ])("is not %s", (_, path) => {
    expect(isPagePath(path)).toBe(false);
  });
});
