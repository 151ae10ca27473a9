import type { Finding } from "@wsc-dashboard/wsc-core";
import { expect, it } from "vitest";
import { createSieve } from "./finding-sieve.ts";
import { keepSameList } from "./use-sifted-findings.ts";

const finding = (number: string, url: string | null): Finding => ({
  number,
  severity: null,
  item: "XSS",
  method: null,
  url,
  parameter: null,
  evidence: null,
  fingerprint: number,
  otherFields: [],
});
const findings = [finding("1", "https://a.example.com/x"), finding("2", "https://b.example.com/"), finding("3", null)];

function sift(path: string | undefined, isFixed: boolean, from: readonly Finding[] = findings) {
  const sieve = createSieve({ path }, new Map(), () => (isFixed ? "fixed" : "open"));
  for (const one of from) sieve.add(one);
  return sieve.result(true);
}

it("the list stays the same one when only what is known of its findings has changed", () => {
  const before = sift(undefined, false);
  const after = keepSameList(before, sift(undefined, true));
  expect(after.found).toBe(before.found);
  expect([...after.facets.verdict]).toEqual([["fixed", 3]]);
  expect(keepSameList(before, sift("/x", true)).found).toEqual([findings[0]]);
});

it("several hosts are noticed whatever the filter leaves", () => {
  expect(sift("/x", false).hasHosts).toBe(true);
  expect(sift(undefined, false, findings.slice(1)).hasHosts).toBe(false);
});
