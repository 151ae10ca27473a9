import type { Page } from "@playwright/test";
import { type JobList, targetHostOf } from "@wsc-dashboard/wsc-core";
import { demoSiteWeaknesses } from "@wsc-dashboard/wsc-emulator";
import { hangLimitMs } from "../scripts/hang-limit.ts";
import { expect, test } from "./fixtures.ts";
import { moveTo } from "./move-to.ts";
import { newJobForm } from "./new-job-form.ts";
import { formatsOf, wordsOf } from "./words.ts";

// Of its own: job numbers begin anew when another file resets the account, and kept reports go by number.
test.use({ stackOptions: { name: "journey", settings: {} } });

const theme = "light";
const rowOf = (page: Page, text: string) => page.getByRole("row").filter({ hasText: text });
const jobPage = /\/jobs\/\d+$/;
const yearMs = 366 * 86_400_000;

// The texts of the other languages are looked at page by page.
const language = "ko";
const words = wordsOf(language);
const { jobs, report } = words;
const statusOf = (code: keyof typeof jobs.statusWords): string => jobs.statusWords[code];

test("a job appears at once, progresses, and its report lists every planted weakness", async ({
  page,
  visit,
  stack,
  emulator,
  ask,
}) => {
  const memo = `memo ${language} <b>&amp;`;
  emulator.changeSettings({ paceMs: 1_000 });
  await visit("/jobs", { language, theme });
  await page.getByRole("link", { name: jobs.newJob, exact: true }).click();
  const form = newJobForm(page, words);
  await form.startUrl.fill(stack.demoSite.origin);
  await form.advanceTo("checks");
  await page.getByLabel(words.create.memo, { exact: true }).fill(memo);
  await form.advanceTo("review", "checks");
  await form.consent.check();
  emulator.addFault({ operation: "createJob", times: 1, effect: { kind: "latency", ms: hangLimitMs } });
  await form.start(stack.demoSite.origin).click();

  // At once: before its number is known the list already names it.
  await page.getByRole("main").getByRole("link", { name: words.create.toList }).click();
  const { host } = new URL(stack.demoSite.origin);
  await expect(page.getByRole("listitem").or(page.getByRole("row")).filter({ hasText: host }).first()).toBeVisible();
  emulator.clearFaults();
  const row = rowOf(page, memo);
  await expect(row).toContainText(host);

  const isDiagnosed = async (): Promise<boolean> =>
    ((await ask("/api/jobs")).body as JobList).jobs.some((job) => job.memo === memo && job.status.code === 3);
  await expect.poll(isDiagnosed, { intervals: [100] }).toBe(true);
  // From here on slow enough to be looked at; as soon as it was, it may end.
  emulator.changeSettings({ paceMs: 10_000 });
  const seen: number[] = [];
  // With the pace it falls once; apart from that it rises.
  const hasRisen = async (): Promise<boolean> => {
    const bar = row.getByRole("progressbar");
    const value = Number(await bar.getAttribute("aria-valuenow", { timeout: 500 }).catch(() => 0));
    if (value > 0 && value < 100 && value !== seen.at(-1)) seen.push(value);
    return (seen.at(-1) ?? 0) > (seen.at(-2) ?? 100);
  };
  await expect.poll(hasRisen, { intervals: [100] }).toBe(true);
  emulator.changeSettings({ paceMs: 0 });

  await expect(row).toContainText(statusOf(4));
  await row.getByRole("link", { name: jobs.openReportOf(host) }).click();
  await expect(page.getByRole("heading", { level: 1, name: host })).toBeVisible();
  const findings = page.getByRole("article");
  await expect(findings).toHaveCount(demoSiteWeaknesses.length);
  for (const { item, method, path, parameter } of demoSiteWeaknesses) {
    const finding = findings
      .filter({ has: page.getByRole("heading", { name: item }) })
      .filter({ hasText: `${stack.demoSite.origin}${path}` })
      .filter({ has: page.getByText(parameter, { exact: true }) })
      .filter({ has: page.getByText(method, { exact: true }) });
    await expect(finding, `${item} ${method} ${path} ${parameter}`).toHaveCount(1);
  }
  await expect(page.getByText(memo)).toBeVisible();
});

test("a waiting job can be cancelled after a confirmation", async ({ page, visit, stack, emulator }) => {
  emulator.changeSettings({ paceMs: 60_000 });
  await visit("/jobs/new", { language, theme });
  const form = newJobForm(page, words);
  const target = stack.demoSite.origin;
  await form.fill(target);
  await form.start(target).click();
  await expect(page).toHaveURL(jobPage);
  await expect(page.getByText(statusOf(12)).first()).toBeVisible();

  await page.getByRole("button", { name: jobs.cancel, exact: true }).click();
  const dialog = page.getByRole("dialog", { name: jobs.confirmCancelTitle });
  await expect(dialog).toContainText(targetHostOf(target));
  await expect(dialog).toContainText(jobs.confirmCancelText);
  await dialog.getByRole("button", { name: jobs.keepWaiting }).click();
  await expect(dialog).toBeHidden();
  expect(emulator.requests().filter(({ operation }) => operation === "cancelJob")).toEqual([]);

  await page.getByRole("button", { name: jobs.cancel, exact: true }).click();
  await dialog.getByRole("button", { name: jobs.confirmCancel, exact: true }).click();
  await expect(page.getByText(jobs.cancelled(targetHostOf(target))).first()).toBeVisible();
  await expect(page.getByText(jobs.cancelledHint)).toBeVisible();
  await expect(page.getByRole("button", { name: jobs.cancel, exact: true })).toHaveCount(0);
  expect(emulator.requests().filter(({ operation }) => operation === "cancelJob")).toHaveLength(1);
});

test("a running job can be stopped from the list", async ({ page, visit, stack, emulator }) => {
  emulator.changeSettings({ paceMs: 1500 });
  await visit("/jobs/new", { language, theme });
  const form = newJobForm(page, words);
  const target = stack.demoSite.origin.replace("127.0.0.1", "localhost");
  await form.fill(target);
  await form.start(target).click();
  await expect(page).toHaveURL(jobPage);
  const instanceNo = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  await expect(page.getByText(statusOf(13)).first()).toBeVisible();
  // The rest of it would take minutes now.
  emulator.changeSettings({ paceMs: 60_000 });

  await page.getByRole("link", { name: jobs.title, exact: true }).first().click();
  const row = rowOf(page, instanceNo);
  await row.getByRole("button", { name: jobs.stopOf(targetHostOf(target)) }).click();
  const dialog = page.getByRole("dialog", { name: jobs.confirmStopTitle });
  await expect(dialog).toContainText(instanceNo);
  await expect(dialog).toContainText(jobs.confirmStopText);
  await dialog.getByRole("button", { name: jobs.confirmStop, exact: true }).click();
  await expect(dialog).toBeHidden();
  // Only a job that is already told to stop may hurry: a running one would be done first.
  emulator.changeSettings({ paceMs: 100 });
  await expect(row).toContainText(statusOf(93));
  expect(emulator.requests().filter(({ operation }) => operation === "stopJob")).toHaveLength(1);
});

test("an expired report is refused with its expiry date", async ({
  page,
  visit,
  emulator,
  ask,
  allowStatuses,
  addJobs,
}) => {
  const endedAt = new Date(Date.now() - yearMs - 40 * 86_400_000);
  const [instanceNo] = await addJobs([
    {
      startUrl: "https://old.example.com/",
      status: 4,
      startedAt: endedAt.toISOString(),
      endedAt: endedAt.toISOString(),
    },
  ]);
  const { body } = await ask(`/api/jobs/${instanceNo}`);
  const { reportExpiresAt } = (body as { job: { reportExpiresAt: string } }).job;
  expect(Date.parse(reportExpiresAt)).toBeLessThan(Date.now());

  await visit(`/jobs/${instanceNo}`, { language, theme });
  await expect(page.getByText(jobs.reportExpired).first()).toBeVisible();
  await expect(page.getByRole("link", { name: jobs.openReport, exact: true })).toHaveCount(0);

  allowStatuses(410);
  await moveTo(page, `/jobs/${instanceNo}/report`);
  const shut = report.expiredTitle(formatsOf(language).date(reportExpiresAt));
  await expect(page.getByRole("heading", { level: 1, name: shut })).toBeVisible();
  await expect(page.getByText(report.expiredText)).toBeVisible();
  await expect(page.getByRole("article")).toHaveCount(0);

  const direct = await ask(`/api/jobs/${instanceNo}/report`);
  expect(direct.status).toBe(410);
  expect(direct.body).toMatchObject({ code: "160701" });
  expect(emulator.requests().filter(({ operation }) => operation === "getReport")).toEqual([]);
});
