import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "@playwright/test";
import type { AxeResults, Result, RunOptions } from "axe-core";

/** Half as long as `axe.source`, and so half as long in coming into a page. */
const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const options = {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  resultTypes: ["violations"],
} satisfies RunOptions;

/**
 * What another language of the same page can change: names, titles and the attributes for the language. Sizes of targets are
 * measured in English alone, on a wide and on a narrow screen: it takes longer than all of these rules.
 */
const rulesAboutTexts = [
  ...["command", "dialog", "input-field", "meter", "progressbar", "tab", "toggle-field", "tooltip"].map(
    (part) => `aria-${part}-name`,
  ),
  ...["button-name", "link-name", "select-name", "summary-name", "label", "label-title-only"],
  ...["image-alt", "role-img-alt", "svg-img-alt", "empty-heading", "empty-table-header", "table-duplicate-name"],
  ...["document-title", "html-has-lang", "html-lang-valid", "valid-lang", "landmark-unique"],
  "scrollable-region-focusable",
];

/** `texts`: the rules whose outcome depends on the language. */
export type AxeScope = "everything" | "texts";

const scopes: Readonly<Record<AxeScope, RunOptions>> = {
  everything: options,
  texts: { ...options, runOnly: { type: "rule", values: rulesAboutTexts } },
};

/** What axe has against the page as it is now, a line each; empty when it has nothing. */
export async function axeComplaints(page: Page, scope: AxeScope = "everything"): Promise<string[]> {
  const violations = await findViolations(page, scopes[scope]);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(" ")} ${node.any[0]?.message ?? node.all[0]?.message ?? ""}`),
  );
}

/** Brings axe into the page once; it stays there until the page is left. No page of this product has frames to look into. */
async function findViolations(page: Page, wanted: RunOptions): Promise<Result[]> {
  const run = (): Promise<Result[] | null> =>
    page.evaluate(async (choice) => {
      const { axe: present } = globalThis as { axe?: { run(what: Document, how: RunOptions): Promise<AxeResults> } };
      return present === undefined ? null : (await present.run(document, choice)).violations;
    }, wanted);
  const found = await run();
  if (found !== null) return found;
  await page.evaluate(source);
  const foundNow = await run();
  if (foundNow === null) throw new Error("axe did not come into the page");
  return foundNow;
}
