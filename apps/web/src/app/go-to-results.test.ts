import { isPagePath } from "@wsc-dashboard/wsc-core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findDestinations } from "./go-to-results.ts";

const pages = [
  { name: "Jobs", path: "/jobs" },
  { name: "Targets", path: "/targets" },
];
const hosts = ["shop.example.com", "jobs.example.com:8443", "[2001:db8::1]:8080"];
const find = (typed: string) =>
  findDestinations(typed, pages, hosts, (number) => `Job ${number}`).map(({ path }) => path);

describe("going to something by its name", () => {
  it("offers the pages as long as nothing is typed", () => {
    expect(find("  ")).toEqual(["/jobs", "/targets"]);
  });

  it("finds pages and targets in any case, pages first", () => {
    expect(find("JOBS")).toEqual(["/jobs", "/targets/jobs.example.com%3A8443"]);
    expect(find("nothing")).toEqual([]);
  });

  it("takes digits for the number of a job, but neither zero nor more than 20 digits", () => {
    expect(find("7000042")).toEqual(["/jobs/7000042"]);
    expect(find("8443")).toEqual(["/jobs/8443", "/targets/jobs.example.com%3A8443"]);
    expect(find("0")[0]).not.toBe("/jobs/0");
    expect(find("1".repeat(21))).toEqual([]);
  });

  it("leads to pages that exist, whatever is typed, and to no more than can be looked over", () => {
    fc.assert(
      fc.property(fc.string(), (typed) => {
        const many = Array.from({ length: 1000 }, (_, index) => `host-${index}.example.com`);
        const found = findDestinations(typed, pages, [...hosts, ...many], (number) => number);
        expect(found.length).toBeLessThanOrEqual(12);
        for (const { path } of found) expect(isPagePath(path)).toBe(true);
      }),
    );
  });
});
