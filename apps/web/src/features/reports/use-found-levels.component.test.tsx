import type { Finding, Severity } from "@wsc-dashboard/wsc-core";
import { expect, it } from "vitest";
import { render } from "vitest-browser-react";
import { useFoundLevels } from "./use-found-levels.ts";

const levels: readonly (Severity | null)[] = ["high", "low", null];
const findings = (count: number, host: string): readonly Finding[] =>
  Array.from({ length: count }, (_, index) => ({
    number: `F-${index}`,
    severity: levels[index % 3] ?? null,
    item: index % 2 === 0 ? "XSS" : "LFI",
    method: null,
    url: `https://${host}/page-${index}`,
    parameter: null,
    evidence: null,
    fingerprint: String(index),
    otherFields: [],
  }));

function Levels({ of }: { readonly of: readonly Finding[] }) {
  const { item, domain } = useFoundLevels(of);
  const text = [...item, ...domain].map(([name, found]) => `${name} ${[...found].map(String).sort().join()}`);
  return <p>{text.length === 0 ? "nothing yet" : text.join("; ")}</p>;
}
const allOf = (host: string): string => `XSS high,low,null; LFI high,low,null; ${host} high,low,null`;

it("the severities of each check and host are those of the shown report, of a short one at once and of a long one when it has been read", async () => {
  const screen = await render(<Levels of={findings(60, "short.example.com")} />);
  expect(screen.container.textContent).toBe(allOf("short.example.com"));
  await screen.rerender(<Levels of={findings(3000, "long.example.com")} />);
  expect(screen.container.textContent).not.toContain("short.example.com");
  await expect.element(screen.getByText(allOf("long.example.com"))).toBeVisible();
});
