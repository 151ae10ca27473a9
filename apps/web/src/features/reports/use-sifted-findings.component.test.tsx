import type { Finding, FindingChanges, FindingFilter } from "@wsc-dashboard/wsc-core";
import { expect, it } from "vitest";
import { render } from "vitest-browser-react";
import { useSiftedFindings } from "./use-sifted-findings.ts";

const findings: readonly Finding[] = Array.from({ length: 2000 }, (_, index) => ({
  number: `L-${index}`,
  severity: "low",
  item: index % 2 === 0 ? "XSS" : "SSI Injection",
  method: null,
  url: null,
  parameter: null,
  evidence: null,
  fingerprint: String(index),
  otherFields: [],
}));
const noChanges: FindingChanges = new Map();
const isOpen = () => "open" as const;
const everything: FindingFilter = {};
const halves: FindingFilter = { item: "XSS" };

it("a long list shows its beginning at once, and after a change of the filter stays until the new one is complete", async () => {
  const seen: string[] = [];
  function List({ filter }: { readonly filter: FindingFilter }) {
    const { found, isComplete } = useSiftedFindings(findings, filter, noChanges, isOpen);
    const text = `${found.length} ${isComplete ? "all" : "so far"}`;
    if (seen.at(-1) !== text) seen.push(text);
    return <p>{text}</p>;
  }
  const screen = await render(<List filter={everything} />);
  await expect.element(screen.getByText("2000 all")).toBeVisible();
  await screen.rerender(<List filter={halves} />);
  await expect.element(screen.getByText("1000 all")).toBeVisible();
  expect(seen).toEqual(["150 so far", "2000 all", "2000 so far", "1000 all"]);
});
