import type { Finding, Severity } from "@wsc-dashboard/wsc-core";
import { useState } from "react";
import { expect, it } from "vitest";
import { groupFindings } from "../../domain-ui/finding-groups.ts";
import { renderIn } from "../../testing/render-in.tsx";
import { FindingTable } from "./finding-table.tsx";

const risks: readonly Severity[] = ["high", "medium", "low"];
const findings: readonly Finding[] = Array.from({ length: 600 }, (_, index) => ({
  number: `F-${index}`,
  severity: risks[index % 3] ?? null,
  item: "XSS",
  method: "GET",
  url: `https://a.example.com/page-${index}`,
  parameter: "q",
  evidence: null,
  fingerprint: String(index),
  otherFields: [],
}));
const everything = groupFindings(findings, "severity");
const withoutHigh = groupFindings(
  findings.filter(({ severity }) => severity !== "high"),
  "severity",
);
const some = groupFindings(findings.slice(100, 137), "item");
const none = { changes: new Map(), selected: new Set<string>() };

it("a long list has exactly the rows of the latest filter, each once and in order, also when it changes twice in a moment", async () => {
  let show: (groups: typeof everything) => void = () => {};
  function List() {
    const [groups, setGroups] = useState(everything);
    show = setGroups;
    return (
      <FindingTable
        {...none}
        groups={groups}
        grouping="severity"
        hasHosts={false}
        current=""
        onOpen={() => {}}
        onSelect={() => {}}
      />
    );
  }
  await renderIn("en", () => <List />);
  const shown = () => [...document.querySelectorAll(".finding-row[id]")].map(({ id }) => id);
  const expectRows = (groups: typeof everything) =>
    expect.poll(shown).toEqual(groups.flatMap((group) => group.findings.map(({ number }) => number)));
  await expectRows(everything);
  const kept = document.getElementById("F-301");
  show(withoutHigh);
  await expectRows(withoutHigh);
  expect(document.getElementById("F-301")).toBe(kept);
  show(everything);
  await expectRows(everything);
  show(some);
  await expectRows(some);
  show(everything);
  await expectRows(everything);
  show(some);
  show(everything);
  show(withoutHigh);
  await expectRows(withoutHigh);
});
