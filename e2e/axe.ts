import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

type Violation = Awaited<ReturnType<AxeBuilder["analyze"]>>["violations"][number];

const options = {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  resultTypes: ["violations"] as "violations"[],
};

/** `colours`: nothing but the contrast of texts, which is most of the work; `structure`: everything else. */
export type AxeScope = "everything" | "colours" | "structure";

const scopes: Readonly<Record<AxeScope, object>> = {
  everything: options,
  colours: { ...options, runOnly: { type: "rule", values: ["color-contrast"] } },
  structure: { ...options, rules: { "color-contrast": { enabled: false } } },
};

/** What axe has against the page as it is now, a line each; empty when it has nothing. */
export async function axeComplaints(page: Page, scope: AxeScope = "everything"): Promise<string[]> {
  const violations = await findViolations(page, scopes[scope]);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(" ")} ${node.any[0]?.message ?? node.all[0]?.message ?? ""}`),
  );
}

async function findViolations(page: Page, wanted: object): Promise<Violation[]> {
  // Bringing axe into a page takes longer than running it; it stays there until the page is left.
  const again = await page.evaluate(async (choice) => {
    const { axe } = globalThis as unknown as {
      axe?: { run(what: Document, how: object): Promise<{ violations: object[] }> };
    };
    return axe === undefined ? null : (await axe.run(document, choice)).violations;
  }, wanted);
  if (again !== null) return again as Violation[];
  // The other way opens a second page, and there are no frames to look into.
  return (await new AxeBuilder({ page }).options(wanted).setLegacyMode(true).analyze()).violations;
}
