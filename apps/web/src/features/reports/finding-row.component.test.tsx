import type { Finding, FindingChange } from "@wsc-dashboard/wsc-core";
import { expect, it } from "vitest";
import { en } from "../../messages/en.ts";
import { createRowFactory } from "./finding-row.ts";

const finding: Finding = {
  number: "F-1",
  severity: "high",
  item: "XSS",
  method: "GET",
  url: "https://a.example.com/<b>?q=1",
  parameter: "q",
  evidence: null,
  fingerprint: "a",
  otherFields: [],
};

it("a row of a long report has at most 18 nodes, and says what becomes known of its finding later", () => {
  const changes = new Map<string, FindingChange>();
  const verdicts = new Map<string, string>();
  const { create, update } = createRowFactory({
    words: en,
    hasHosts: true,
    changeOf: (number) => changes.get(number),
    verdictOf: (fingerprint) => verdicts.get(fingerprint) ?? "",
    isSelected: () => false,
    isCurrent: () => false,
  });
  const row = create(finding);
  const nodeCount = (): number => row.ownerDocument.evaluate("count(descendant-or-self::node())", row).numberValue;
  expect(nodeCount()).toBeLessThanOrEqual(16);
  const before = row.textContent;
  changes.set("F-1", "new");
  verdicts.set("a", "Risk accepted");
  update(row, finding);
  expect(row.textContent).toBe(`${before}＋ ${en.compare.outcomes.new}Risk accepted`);
  expect(nodeCount()).toBeLessThanOrEqual(18);
  changes.clear();
  verdicts.clear();
  update(row, finding);
  expect(row.textContent).toBe(before);
});
