import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { comparedJobs } from "./compared-jobs.ts";
import { expect, languages, test } from "./fixtures.ts";
import { wordsOf } from "./words.ts";

test.use({ stackOptions: { name: "reports", settings: {} } });

const { compare, report, shell, targets } = wordsOf("en");
const look = { language: "en", theme: "light" } as const;
const { base, head, first } = comparedJobs;
const focusedFinding = (page: Page) => page.evaluate(() => document.activeElement?.closest("[data-finding]")?.id ?? "");

test.beforeEach(async ({ emulator, ask }) => {
  const isKnown = async (): Promise<boolean> => (await ask(`/api/jobs/${head.instanceNo}`)).status === 200;
  if (await isKnown()) return;
  emulator.addJobs([first, base, head]);
  await expect.poll(isKnown).toBe(true);
});

test("a number of the tables leads to the findings it counts, and the address says so", async ({ page, visit }) => {
  await visit(`/jobs/${base.instanceNo}/report`, look);
  await expect(page.getByRole("article")).toHaveCount(4);
  await page.getByRole("link", { name: report.showCounted("XSS", report.severityName.medium, "1") }).click();
  await expect(page.getByRole("article")).toHaveCount(1);
  await expect(page).toHaveURL(
    (url) => url.searchParams.get("item") === "XSS" && url.searchParams.get("sev") === "medium",
  );
  await page.reload();
  await expect(page.getByRole("article")).toHaveCount(1);
  await page.getByRole("button", { name: report.dropFilter(report.item, "XSS") }).click();
  await expect(page.getByRole("article")).toHaveCount(2);
  await page.getByRole("button", { name: report.clearFilters }).click();
  await expect(page.getByRole("article")).toHaveCount(4);
});

test("a link to a finding scrolls there and gives it the focus; one the filters hide is spoken of", async ({
  page,
  visit,
}) => {
  await visit(`/jobs/${base.instanceNo}/report#L-01`, look);
  await expect.poll(() => focusedFinding(page)).toBe("L-01");
  await expect(page.locator("#L-01")).toBeInViewport();
  await page.goto(`/jobs/${base.instanceNo}/report?sev=high#L-01`);
  await expect(page.getByText(report.linkedHidden("L-01"))).toBeVisible();
  await page.goto(`/jobs/${base.instanceNo}/report#X-99`);
  await expect(page.getByRole("article")).toHaveCount(4);
});

test("the keys go through the findings, fold evidence and copy the link", async ({ page, context, visit }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await visit(`/jobs/${base.instanceNo}/report`, look);
  await expect(page.getByRole("article")).toHaveCount(4);
  await page.keyboard.press("]");
  expect(await focusedFinding(page)).toBe("H-01");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  expect(await focusedFinding(page)).toBe("M-02");
  await page.keyboard.press("k");
  await page.keyboard.press("[");
  expect(await focusedFinding(page)).toBe("H-01");
  const evidence = page.locator("#H-01 [data-evidence]").first();
  await page.keyboard.press("e");
  await expect(evidence).not.toHaveAttribute("open");
  await page.keyboard.press("e");
  await expect(evidence).toHaveAttribute("open");
  await page.keyboard.press("y");
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(copied).toBe(`${new URL(page.url()).origin}/jobs/${base.instanceNo}/report#H-01`);
  await page.getByRole("button", { name: `${report.copyMarkdown}: H-01` }).click();
  await expect.poll(copied).toContain("## H-01 · High risk · `SSI Injection`");
  // A search of the browser finds what has been folded away.
  expect(await page.evaluate(() => (globalThis as unknown as { find(text: string): boolean }).find("mark-low"))).toBe(
    true,
  );
});

test("evidence is taken apart and the payload is marked, not run", async ({ page, visit }) => {
  await visit(`/jobs/${base.instanceNo}/report`, look);
  const finding = page.locator("#M-01");
  await expect(finding.getByText(report.evidenceKinds.request, { exact: true })).toBeVisible();
  await expect(finding.getByText(report.evidenceKinds.response, { exact: true })).toBeVisible();
  await expect(finding.locator("mark")).toHaveText([/%3Cscript%3E/, "<script>alert(1)</script>"]);
});

test("a report is saved in every format, and a failure stays in the dialog with its code", async ({
  page,
  visit,
  allowStatuses,
}) => {
  await visit(`/jobs/${base.instanceNo}/report`, look);
  for (const [format, name] of Object.entries(report.exportNames)) {
    await page.getByRole("button", { name: report.exportReport }).click();
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name, exact: true }).click();
    const file = await download;
    expect(file.suggestedFilename(), format).toMatch(/^[A-Za-z0-9][A-Za-z0-9._-]*$/);
    expect((await readFile(await file.path(), "utf8")).length, format).toBeGreaterThan(100);
    await expect(page.getByText(report.exported(file.suggestedFilename())).first()).toBeVisible();
  }
  allowStatuses(410);
  await page.route("**/report/export?**", (route) =>
    route.fulfill({
      status: 410,
      contentType: "application/problem+json",
      json: { type: "x", title: "x", status: 410, code: "160701", requestId: "r-1", retryable: false },
    }),
  );
  await page.getByRole("button", { name: report.exportReport }).click();
  await page.getByRole("button", { name: report.exportNames.csv, exact: true }).click();
  const dialog = page.getByRole("dialog", { name: report.exportTitle });
  await expect(dialog.getByRole("alert")).toContainText(report.exportFailed);
  await expect(dialog.getByText("160701")).toBeAttached();
});

test("a report that is open when its year ends closes by itself; one whose refresh fails stays", async ({
  page,
  visit,
  allowStatuses,
}) => {
  allowStatuses(410, 502);
  const problem = (status: number, code: string) => ({
    status,
    contentType: "application/problem+json",
    json: { type: "x", title: "x", status, code, requestId: "r-1", retryable: false },
  });
  let answer = "report";
  await page.route(`**/api/jobs/${base.instanceNo}/report`, async (route) => {
    if (answer === "closed") return route.fulfill(problem(410, "160701"));
    if (answer === "silent") return route.fulfill(problem(502, "UPSTREAM_UNREADABLE"));
    const response = await route.fetch();
    answer = "silent";
    await route.fulfill({ json: { ...(await response.json()), expiresAt: new Date(Date.now() + 1500).toISOString() } });
  });
  await visit(`/jobs/${base.instanceNo}/report`, look);
  await expect(page.getByRole("article")).toHaveCount(4);
  await expect(page.getByRole("alert").filter({ hasText: "UPSTREAM_UNREADABLE" })).toBeVisible({ timeout: 10_000 });
  await expect(page.getByRole("article")).toHaveCount(4);
  answer = "report";
  const closing = page.waitForResponse((response) => response.status() === 200 && response.url().endsWith("/report"));
  await page.reload();
  await closing;
  answer = "closed";
  await expect(page.getByText(report.expiredText)).toBeVisible({ timeout: 10_000 });
  await expect(page.getByRole("article")).toHaveCount(0);
});

for (const language of languages) {
  test(`two runs are compared from the report on, in ${language}`, async ({ page, visit }) => {
    const words = wordsOf(language);
    await visit(`/jobs/${head.instanceNo}/report`, { language, theme: "dark" });
    await page.getByRole("link", { name: words.report.compareWith }).click();
    await expect(page.getByRole("heading", { name: words.compare.sentence("1", "4", "1", "1") })).toBeVisible();
    const { settings, reasons } = words.compare;
    await expect(page.getByRole("rowheader", { name: settings.exclusions })).toBeVisible();
    await expect(page.getByText(reasons.excluded)).toBeVisible();
    await page.getByRole("link", { name: "L-01" }).first().click();
    await expect(page).toHaveURL(new RegExp(`/jobs/${base.instanceNo}/report#L-01$`));
  });
}

test("another earlier run can be chosen, and runs of two targets are refused", async ({
  page,
  visit,
  emulator,
  allowStatuses,
}) => {
  allowStatuses(422, 404, 410);
  await visit(`/compare?head=${head.instanceNo}`, look);
  await page.getByLabel(compare.earlier, { exact: true }).selectOption(first.instanceNo);
  await expect(page).toHaveURL((url) => url.searchParams.get("base") === first.instanceNo);
  await page.getByRole("button", { name: compare.swap }).click();
  await expect(page.getByText(compare.wrongWay)).toBeVisible();
  emulator.addJobs([{ ...first, instanceNo: "8700009", startUrl: "https://elsewhere.example.com/" }]);
  await page.goto(`/compare?base=8700009&head=${head.instanceNo}`);
  await expect(page.getByText(wordsOf("en").errors.COMPARE_TARGETS_DIFFER.title)).toBeVisible();
  await page.goto("/compare");
  await expect(page.getByRole("heading", { name: compare.nothingChosenTitle })).toBeVisible();
});

test("the targets say what is open, how it changed and how it went", async ({ page, visit }) => {
  await visit("/targets", look);
  const row = page
    .getByRole("listitem")
    .filter({ has: page.getByRole("link", { name: targets.jobsOf("compared.example.com") }) });
  await expect(row.getByRole("figure")).toBeVisible({ timeout: 20_000 });
  await row.getByRole("link", { name: shell.labelled(targets.compare, "compared.example.com") }).click();
  await expect(page).toHaveURL(/\/compare\?head=8700003/);
});
