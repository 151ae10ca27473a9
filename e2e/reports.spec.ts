import { readdir, readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { type JobList, reportExpiresAt, wallTimeAt } from "@wsc-dashboard/wsc-core";
import type { JobSeed } from "@wsc-dashboard/wsc-emulator";
import { createFormats } from "../apps/web/src/messages/formats.ts";
import { axeComplaints } from "./axe.ts";
import { comparedJobs, longJobs } from "./compared-jobs.ts";
import { expect, test, type Verbs } from "./fixtures.ts";
import { moveTo, moveToNextPage } from "./move-to.ts";
import { wordsOf } from "./words.ts";

test.use({ stackOptions: { name: "reports", settings: {} } });

const { compare, jobs, report, shell } = wordsOf("en");
const look = { language: "en", theme: "light" } as const;
const { base, head, first } = comparedJobs;
const dayMs = 86_400_000;
const hourMs = 3_600_000;
const focusedFinding = (page: Page) => page.evaluate(() => document.activeElement?.closest("[data-finding]")?.id ?? "");

/** The texts at the ends of a report, one by one where the vendor lists several in one; times are written anew. */
function leavesOf(value: unknown): readonly string[] {
  if (typeof value === "string") return /^\d{4}\/\d{2}\/\d{2} /.test(value) ? [] : value.split(", ").filter(Boolean);
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(leavesOf) : [];
}

/** Adds the jobs unless a test before this one did. */
async function ensureJobs({ ask, addJobs }: Pick<Verbs, "ask" | "addJobs">, seeds: readonly JobSeed[]): Promise<void> {
  const { jobs } = (await ask("/api/jobs?limit=100")).body as JobList;
  const shown = new Set(jobs.map(({ instanceNo }) => instanceNo));
  await addJobs(seeds.filter(({ instanceNo }) => instanceNo === undefined || !shown.has(instanceNo)));
}

test.beforeEach(({ ask, addJobs }) => ensureJobs({ ask, addJobs }, [first, base, head]));

test("a link leads to a finding, keys walk, fold and copy, evidence is taken apart, and a number of the tables shows what it counts", async ({
  page,
  context,
  visit,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const path = `/jobs/${base.instanceNo}/report`;
  await test.step("a link to a finding scrolls there and gives it the focus; one the filters hide is spoken of", async () => {
    await visit(`${path}#L-01`, look);
    await expect.poll(() => focusedFinding(page)).toBe("L-01");
    await expect(page.getByRole("navigation").locator("[aria-current=location]")).toContainText("L-01");
    await expect(page.locator("#L-01")).toBeInViewport();
    await page.goto(`${path}?sev=high#L-01`);
    await expect(page.getByText(report.linkedHidden("L-01"))).toBeVisible();
    await page.goto(`${path}#X-99`);
    await expect(page.getByRole("article")).toHaveCount(4);
  });
  await test.step("evidence is taken apart and the payload is marked, not run", async () => {
    const finding = page.locator("#M-01");
    await expect(finding.getByText(report.evidenceKinds.request, { exact: true })).toBeVisible();
    await expect(finding.getByText(report.evidenceKinds.response, { exact: true })).toBeVisible();
    await expect(finding.locator("mark")).toHaveText([/%3Cscript%3E/, "<script>alert(1)</script>"]);
  });
  await test.step("the keys go through the findings, fold evidence and copy the link", async () => {
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
    await expect.poll(copied).toBe(`${new URL(page.url()).origin}${path}#H-01`);
    await page.getByRole("button", { name: `${report.copyMarkdown}: H-01` }).click();
    await expect.poll(copied).toContain("## H-01 · High risk · `SSI Injection`");
    // A search of the browser finds what has been folded away.
    expect(await page.evaluate(() => (globalThis as unknown as { find(text: string): boolean }).find("mark-low"))).toBe(
      true,
    );
  });
  await test.step("a number of the tables leads to the findings it counts, and the address says so", async () => {
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
});

test("a report is saved in every format, and a failure stays in the dialog with its code", async ({
  page,
  visit,
  ask,
  emulator,
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
  allowStatuses(404);
  await emulator.reset(false);
  await expect.poll(async () => (await ask(`/api/jobs/${base.instanceNo}`)).status).toBe(404);
  await page.getByRole("button", { name: report.exportReport }).click();
  await page.getByRole("button", { name: report.exportNames.csv, exact: true }).click();
  const dialog = page.getByRole("dialog", { name: report.exportTitle });
  await expect(dialog.getByRole("alert")).toContainText(report.exportFailed);
  await expect(dialog.getByText("JOB_NOT_FOUND")).toBeAttached();
});

test("a report and its comparison stay when their year ends while nothing answers, and close by themselves once something does", async ({
  page,
  context,
  visit,
  emulator,
  allowStatuses,
  allowConsole,
  addJobs,
}) => {
  allowStatuses(410);
  allowConsole(/ERR_INTERNET_DISCONNECTED/);
  // The gateway tells whole seconds.
  const closes = Math.ceil(Date.now() / 1000) * 1000 + hourMs;
  const days =
    [365, 366].find((count) => reportExpiresAt(new Date(closes - count * dayMs)).getTime() === closes) ?? 365;
  const endedAt = new Date(closes - days * dayMs).toISOString();
  const [instanceNo] = await addJobs([{ ...base, instanceNo: "8700008", endedAt }]);
  await context.clock.install();
  await visit(`/jobs/${instanceNo}/report`, look);
  await expect(page.getByText(jobs.lessThanADay)).toBeVisible();
  const comparison = await context.newPage();
  await comparison.goto(`/compare?base=${instanceNo}&head=${head.instanceNo}`);
  await expect(comparison.getByText(compare.explained.fixed)).toBeVisible();
  await context.setOffline(true);
  emulator.changeSettings({ clockOffsetMs: 2 * hourMs });
  const asked = page.waitForEvent("requestfailed", (request) => request.url().endsWith(`/${instanceNo}/report`));
  await context.clock.fastForward(2 * hourMs);
  await asked;
  await expect(page.getByRole("article")).toHaveCount(4);
  await context.setOffline(false);
  await expect(page.getByText(report.expiredText)).toBeVisible();
  await expect(page.getByText("160701")).toBeVisible();
  // Of the base, whether or not the answer tells when its year ended.
  await expect(comparison.getByText(compare.chooseOther)).toContainText("earlier");
  await expect(comparison.getByText(compare.explained.fixed)).toBeHidden();
  await expect(page.getByRole("article")).toHaveCount(0);
});

test("paper is asked for in a language, with a label and with all evidence; the screen is as before afterwards", async ({
  page,
  visit,
  addJobs,
}) => {
  const long = Array.from({ length: 60 }, (_, line) => `line ${line} of the answer`).join("\n");
  const findings = base.findings.map((finding, index) =>
    index === 0 ? { ...finding, evidence: `${finding.evidence}\n${long}` } : finding,
  );
  await addJobs([{ ...base, instanceNo: "8700007", findings }]);
  // The browser's own dialog would wait for a person.
  await page.addInitScript(() => {
    window.print = () => {
      document.documentElement.dataset.printed = document.documentElement.lang;
    };
  });
  await visit("/jobs/8700007/report", look);
  await expect(page.getByRole("article")).toHaveCount(4);
  const ja = wordsOf("ja").report;
  await page.emulateMedia({ media: "print" });
  await expect(page.getByText(report.linesLeftOut("63"))).toBeVisible();
  await expect(page.getByText("line 59 of the answer")).toBeHidden();
  await page.emulateMedia({ media: null });
  await page.getByRole("button", { name: report.print }).click();
  const dialog = page.getByRole("dialog", { name: report.printTitle });
  await dialog.getByLabel(report.printLanguage).selectOption("ja");
  await dialog.getByLabel(report.printLabel).fill('社外秘 "; } body { display: none }');
  await dialog.getByRole("radio", { name: report.printEvidence.full }).check();
  await dialog.getByRole("button", { name: report.printNow, exact: true }).click();
  await expect(page.locator("html")).toHaveAttribute("data-printed", "ja");
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("heading", { name: ja.scope })).toBeVisible();
  await expect(page.getByText("line 59 of the answer")).toBeVisible();
  await expect(page.getByText(ja.linesLeftOut("63"))).toBeHidden();
  const margins = () =>
    page.evaluate(() =>
      document.adoptedStyleSheets.flatMap(({ cssRules }) => [...cssRules].map((rule) => rule.cssText)),
    );
  expect(await margins()).toEqual([expect.stringContaining("社外秘")]);
  await page.emulateMedia({ media: null });
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(page.getByRole("heading", { name: report.scope })).toBeVisible();
  expect((await margins()).join()).not.toContain("社外秘");
});

test("a reader in English on a UTC machine sees the times of the dashboard's zone everywhere, or of a zone of their own", async ({
  page,
  context,
  visit,
}) => {
  const seoul = createFormats("en", "Asia/Seoul", wordsOf("en").formatWords);
  const newYork = createFormats("en", "America/New_York", wordsOf("en").formatWords);
  const ended = base.endedAt;
  const pages = [
    "/jobs",
    "/targets",
    "/schedules",
    "/audit",
    "/settings",
    `/compare?base=${base.instanceNo}&head=${head.instanceNo}`,
  ];
  const reportPath = `/jobs/${base.instanceNo}/report`;
  await visit(reportPath, look);
  await expect(page.getByText(report.finished(seoul.zoned(ended)))).toBeVisible();
  for (const path of pages) {
    await moveToNextPage(page, path);
    await expect(page.getByRole("contentinfo").last(), path).toContainText("Asia/Seoul (KST)");
  }
  await moveToNextPage(page, reportPath);
  await page.getByRole("button", { name: shell.changeTimeZone }).click();
  await page.getByRole("radio", { name: shell.timeZoneOwn }).check();
  await page.getByRole("combobox", { name: shell.timeZoneOwn }).selectOption("America/New_York");
  await page.getByRole("button", { name: shell.close, exact: true }).click();
  await expect(page.getByText(report.finished(newYork.zoned(ended)))).toBeVisible();
  await page.reload();
  await expect(page.getByText(report.finished(newYork.zoned(ended)))).toBeVisible();
  await page.emulateMedia({ media: "print" });
  await expect(page.getByText(report.finished(newYork.zoned(ended)))).toBeVisible();
  await expect(
    page
      .getByText(shell.timesIn("America/New_York"))
      .or(page.getByText(/America\/New_York \(/))
      .last(),
  ).toBeVisible();
  await page.emulateMedia({ media: null });
  await page.getByRole("button", { name: report.exportReport }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: report.exportNames.csv, exact: true }).click();
  const text = await readFile(await (await download).path(), "utf8");
  expect(text).toContain("(America/New_York)");
  const { hour, minute } = wallTimeAt(new Date(ended), "America/New_York");
  expect(text).toContain(` ${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}:`);
  await context.clearCookies({ name: "wsc_zone" });
});

test.describe("a report of more findings than anybody reads one after the other", () => {
  const path = `/jobs/${longJobs.head.instanceNo}/report`;
  const total = longJobs.head.findings.length;
  const rows = (page: Page) => page.locator(".finding-row[id]");
  const opened = (page: Page) => page.getByRole("article");

  test.beforeEach(({ ask, addJobs }) => ensureJobs({ ask, addJobs }, [longJobs.base, longJobs.head]));

  test("is a list of lines, which keys go through and open; findings are picked, copied and saved, and files and paper hold what is shown", async ({
    page,
    context,
    visit,
  }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.addInitScript(() => {
      window.print = () => {
        document.documentElement.dataset.printed = String(
          document.querySelectorAll("[data-printed-findings] article").length,
        );
      };
    });
    await visit(path, look);
    await test.step("is a list of lines, which keys go through and open", async () => {
      await expect(rows(page)).toHaveCount(total);
      await expect(opened(page)).toHaveCount(0);
      // Elements and texts.
      const nodes = await rows(page).evaluateAll((all) => {
        const countOf = (node: Node): number => [...node.childNodes].reduce((sum, child) => sum + countOf(child), 1);
        return Math.max(...all.map(countOf));
      });
      expect(nodes).toBeLessThanOrEqual(20);
      await page.keyboard.press("j");
      await page.keyboard.press("j");
      await expect(page.locator("#H-02 [data-finding]")).toBeFocused();
      await page.keyboard.press("Enter");
      await expect(page).toHaveURL(/#H-02$/);
      await expect(opened(page)).toBeFocused();
      await expect(opened(page)).toContainText(report.position("2", String(total)));
      await page.keyboard.press("]");
      await expect(page).toHaveURL(/#H-03$/);
      await page.keyboard.press("k");
      await expect(page.locator("#H-02 [data-finding]")).toBeFocused();
      await page.keyboard.press("Enter");
      await page.keyboard.press("Escape");
      await expect(opened(page)).toHaveCount(0);
      await expect(page.locator("#H-02 [data-finding]")).toBeFocused();
      expect((await axeComplaints(page)).join("\n")).toBe("");
    });
    await test.step("lets several findings be picked, copied and saved", async () => {
      await page.getByRole("checkbox", { name: report.selectFinding("H-02") }).check();
      await page.getByRole("checkbox", { name: report.selectFinding("H-05") }).click({ modifiers: ["Shift"] });
      await expect(page.getByText(report.selected("4"), { exact: true })).toBeVisible();
      await page.getByRole("button", { name: report.copyMarkdown, exact: true }).click();
      const copied = () => page.evaluate(() => navigator.clipboard.readText());
      await expect
        .poll(async () => (await copied()).match(/^## H-0\d/gm))
        .toEqual(["## H-02", "## H-03", "## H-04", "## H-05"]);
      await page.getByRole("button", { name: report.exportSelected("4") }).click();
      const download = page.waitForEvent("download");
      await page.getByRole("button", { name: report.exportNames.csv, exact: true }).click();
      expect((await download).suggestedFilename()).toContain(`_4-of-${total}.csv`);
      await page.getByRole("button", { name: report.clearSelection }).click();
      await expect(page.locator(".finding-row input:checked")).toHaveCount(0);
    });
    await test.step("is narrowed by what is counted, and files and paper hold what is shown", async () => {
      await page.getByRole("button", { name: report.item, exact: true }).click();
      await page.getByRole("button", { name: "SSI Injection 24" }).click();
      await expect(page).toHaveURL((url) => url.searchParams.get("item") === "SSI Injection");
      await expect(page.getByText(report.shown("24", String(total)), { exact: true })).toBeVisible();
      await page.getByRole("button", { name: report.change, exact: true }).click();
      await page.getByRole("button", { name: `${compare.outcomes.new} 4` }).click();
      await expect(rows(page)).toHaveCount(4);
      await page.getByRole("button", { name: report.exportReport }).click();
      await expect(page.getByRole("radio", { name: report.exportShown("4", String(total)) })).toBeChecked();
      const download = page.waitForEvent("download");
      await page.getByRole("button", { name: report.exportNames.json, exact: true }).click();
      const file = await download;
      expect(file.suggestedFilename()).toContain(`_4-of-${total}.json`);
      const written = JSON.parse(await readFile(await file.path(), "utf8"));
      const numbers = await rows(page).evaluateAll((all) => all.map(({ id }) => id));
      expect(written.findings.map(({ number }: { number: string }) => number).sort()).toEqual(numbers.sort());
      expect(written.selection).toMatchObject({ shown: 4, total, filter: { item: "SSI Injection", change: "new" } });

      await page.getByRole("button", { name: report.print }).click();
      await page.getByRole("radio", { name: report.printEvidenceLong.full }).check();
      await page.getByRole("button", { name: report.printNow, exact: true }).click();
      await expect(page.locator("html")).toHaveAttribute("data-printed", "4");
      await page.evaluate(() => dispatchEvent(new Event("afterprint")));
      await expect(page.locator("[data-printed-findings]")).toHaveCount(0);
    });
  });

  test("is opened at a finding far down by its link, and found by the browser's own search", async ({
    page,
    visit,
  }) => {
    await visit(`${path}#L-20`, look);
    await expect(opened(page)).toContainText("L-20");
    await expect(page.locator("#L-20")).toBeInViewport();
    await expect(page.locator("#L-20 [data-finding]")).toHaveAttribute("aria-current", "true");
    await expect(rows(page)).toHaveCount(total);
    const find = (text: string) =>
      page.evaluate((wanted) => (globalThis as unknown as { find(text: string): boolean }).find(wanted), text);
    expect(await find("/area-1/page-41")).toBe(true);
    await page.goto(`${path}?sev=high#L-20`);
    await expect(page.getByText(report.linkedHidden("L-20"))).toBeVisible();
    await expect(opened(page)).toContainText(report.hiddenByFilters);
  });
});

test("every text of a report of any shape stands on the page, but for the sign-in data", async ({
  page,
  visit,
  emulator,
  addJobs,
}) => {
  const folder = new URL("../packages/wsc-core/fixtures/", import.meta.url);
  const names = (await readdir(folder)).filter((name) => /^getReport\.(?!error)/.test(name));
  expect(names.length).toBeGreaterThan(3);
  for (const [index, name] of names.entries()) {
    const body = JSON.parse(await readFile(new URL(name, folder), "utf8"));
    const instanceNo = String(8_710_001 + index);
    // Of a host of their own: the other tests compare what they find on theirs.
    await addJobs([{ ...base, instanceNo, startUrl: "https://shapes.example.com/" }]);
    emulator.addFault({ operation: "getReport", times: 1, effect: { kind: "body", body } });
    await visit(`/jobs/${instanceNo}/report`, look);
    await expect(page.getByRole("heading", { name: report.scope })).toBeVisible();
    const text = (await page.locator("main").textContent()) ?? "";
    const { Login_Info: secret, ...shown } = body.resources ?? body;
    for (const word of leavesOf(shown)) expect(text, `${name}: ${word}`).toContain(word);
    if (secret !== "") expect(text).not.toContain(secret);
  }
});

test("two runs are compared from the report on", async ({ page, visit, allowStatuses }) => {
  const language = "ko";
  // The run before had another scope, so none is proposed.
  allowStatuses(404);
  const words = wordsOf(language);
  await visit(`/jobs/${head.instanceNo}/report`, { language, theme: "dark" });
  // The later run left a place out, so that none is suggested; a person may compare all the same.
  await expect(page.getByText(words.report.notComparable.scope)).toBeVisible();
  await page.getByRole("link", { name: words.report.compareWith }).click();
  await page.getByLabel(words.compare.earlier, { exact: true }).selectOption(base.instanceNo);
  await expect(page.getByRole("heading", { name: words.compare.sentence("1", "4", "1", "1") })).toBeVisible();
  const { settings, reasons } = words.compare;
  await expect(page.getByRole("rowheader", { name: settings.exclusions })).toBeVisible();
  await expect(page.getByText(reasons.excluded)).toBeVisible();
  await page.getByRole("combobox", { name: words.report.groupBy }).selectOption(words.report.groups.domain);
  await expect(page).toHaveURL(/[?&]group=domain/);
  await expect(page.getByRole("heading", { level: 3, name: /^compared\.example\.com/ })).toHaveCount(4);
  await page.getByRole("link", { name: "L-01" }).first().click();
  await expect(page).toHaveURL(new RegExp(`/jobs/${base.instanceNo}/report#L-01$`));
});

test("another earlier run can be chosen, and runs of two targets are refused", async ({
  page,
  visit,
  allowStatuses,
  addJobs,
}) => {
  allowStatuses(422, 404, 410);
  await visit(`/compare?head=${head.instanceNo}`, look);
  await page.getByLabel(compare.earlier, { exact: true }).selectOption(first.instanceNo);
  await expect(page).toHaveURL((url) => url.searchParams.get("base") === first.instanceNo);
  // The other way round, what is gone would be called new.
  await moveTo(page, `/compare?base=${head.instanceNo}&head=${first.instanceNo}&show=fixed`);
  await expect(page).toHaveURL((url) => url.search === `?base=${first.instanceNo}&head=${head.instanceNo}&show=fixed`);
  const outcome = (name: keyof typeof compare.outcomes) =>
    page.getByRole("heading", { name: new RegExp(`^${compare.outcomes[name]} \\d`), level: 2 });
  await expect(outcome("fixed")).toBeVisible();
  await expect(outcome("new")).toBeHidden();
  await page.getByRole("checkbox", { name: compare.outcomes.new }).check();
  await expect(outcome("new")).toBeVisible();
  await expect(page).toHaveURL((url) => url.searchParams.get("show") === "new,fixed");
  await addJobs([{ ...first, instanceNo: "8700009", startUrl: "https://elsewhere.example.com/" }]);
  await moveTo(page, `/compare?base=8700009&head=${head.instanceNo}`);
  await expect(page.getByText(wordsOf("en").errors.COMPARE_TARGETS_DIFFER.title)).toBeVisible();
  await moveTo(page, "/compare");
  await expect(page.getByRole("heading", { name: compare.nothingChosenTitle })).toBeVisible();
});
