import type { Locator, Page } from "@playwright/test";
import type { TargetList } from "@wsc-dashboard/wsc-core";
import type { EmulatorControl } from "@wsc-dashboard/wsc-emulator";
import type { WizardStep } from "../apps/web/src/features/job-wizard/wizard-search.ts";
import { channelWords } from "../apps/web/src/messages/channel-words.ts";
import { errorTextOf } from "../apps/web/src/messages/error-text.ts";
import { monthlyWords } from "../apps/web/src/messages/monthly-words.ts";
import { ownChannelWords } from "../apps/web/src/messages/own-channel-words.ts";
import { planWords } from "../apps/web/src/messages/plan-words.ts";
import { targetDetailWords } from "../apps/web/src/messages/target-detail-words.ts";
import { pageHangLimitMs } from "../scripts/hang-limit.ts";
import { auditStates } from "./audit-states.ts";
import { speak } from "./check-everywhere.ts";
import { comparedJobs } from "./compared-jobs.ts";
import { dropDraft } from "./drop-draft.ts";
import { expect } from "./fixtures.ts";
import { allJobStates, jobStates, manyJobs } from "./job-states.ts";
import { fillLogin, newJobForm } from "./new-job-form.ts";
import type { PageState, Stage } from "./page-state.ts";
import { scheduleStates } from "./schedule-states.ts";

const jobPath = (state: keyof typeof jobStates): string => `/jobs/${jobStates[state].instanceNo}`;
const hostOf = (state: keyof typeof jobStates): string => new URL(jobStates[state].startUrl).host;
const always = 1_000_000;

async function open(page: Page, path: string, shown: Locator): Promise<void> {
  await page.goto(path);
  await expect(shown).toBeVisible();
}
/** Goes there inside the app, which takes a fraction of starting it. Not for what the page has read before, nor from an open dialog. */
async function go({ page, language }: Stage, path: string, shown: Locator): Promise<void> {
  await speak(page, language);
  await page.evaluate((to) => history.pushState(null, "", to), path);
  await expect(shown).toBeVisible();
}
const heading = (page: Page, name: string, level?: number): Locator =>
  page.getByRole("heading", { name, exact: true, ...(level === undefined ? {} : { level }) });

const detail = (name: string, state: keyof typeof jobStates): PageState => ({
  name: `job detail, ${name}`,
  reach: (stage) => go(stage, jobPath(state), heading(stage.page, hostOf(state), 1)),
});

/** A form that is still open would keep what was thrown away. */
async function dropDraftOf(page: Page): Promise<void> {
  const { origin } = new URL(page.url());
  await page.goto("about:blank");
  await dropDraft(page.request, origin);
}

/** Goes through the form by its own buttons. */
async function createStep({ page, words, target }: Stage, step: WizardStep) {
  const form = newJobForm(page, words);
  await dropDraftOf(page);
  await open(page, "/jobs/new", form.startUrl);
  if (step === "target") return;
  await form.startUrl.fill(target);
  await form.advanceTo(step);
  if (step === "signin") {
    await page.getByRole("radio", { name: words.create.signInHeaders }).check();
    await expect(page.getByLabel(words.create.headerValue(1))).toBeVisible();
  }
  if (step === "checks") {
    await page.getByRole("radio", { name: words.create.checksChosen }).check();
    await expect(page.getByLabel(words.create.otherChecks)).toBeVisible();
  }
  if (step === "when") {
    await page.getByRole("radio", { name: words.create.whenAt }).check();
    await expect(page.getByLabel(words.create.localTime)).toBeVisible();
  }
}

let port = 1000;
/** Nothing listens there, which the gateway accepts: what is in doubt about one target must not hold back another. */
function freshTarget(): string {
  port += 1;
  return `http://127.0.0.1:${port}/`;
}

/** Sends a form that meets a fault. */
async function send(stage: Stage, fault: Parameters<EmulatorControl["addFault"]>[0]["effect"], shown: Locator) {
  const { page, words, emulator } = stage;
  const target = freshTarget();
  emulator.addFault({ operation: "createJob", times: always, effect: fault });
  const form = newJobForm(page, words);
  await dropDraftOf(page);
  await open(page, "/jobs/new", form.startUrl);
  await form.fill(target);
  await form.start(target).click();
  await expect(shown).toBeVisible();
  emulator.clearFaults();
}

/** Jobs are counted in the background: a page that opens before would show them a minute later. */
async function untilCounted(page: Page, isCounted: (list: TargetList) => boolean): Promise<void> {
  const list = async (): Promise<boolean> => {
    const answer = await page.request.get("/api/targets", { headers: { "X-WSC-Request": "1" } });
    return isCounted((await answer.json()) as TargetList);
  };
  await expect.poll(list, { timeout: pageHangLimitMs }).toBe(true);
}

const describedHosts = ["compared.example.com", "never-scanned.example.com"];

/** Says whose a target is; once is enough. */
async function describeTarget(page: Page, host: string): Promise<void> {
  const { origin } = new URL(page.url());
  await page.request.put(`${origin}/api/targets/${host}/details`, {
    data: {
      ...{ tags: ["pci", "shop", "a-tag-as-long-as-forty-characters-can-be"], owner: "Kim", service: "Online shop" },
      ...{ note: "At night only.\n<b>Hostile</b> \u202etext", version: 0 },
    },
    headers: { "X-WSC-Request": "1", Origin: origin },
  });
}

/** As it was before: what people say about a target makes it one. */
async function forgetTargets(page: Page): Promise<void> {
  const { origin } = new URL(page.url());
  for (const host of describedHosts) {
    const headers = { "X-WSC-Request": "1", Origin: origin };
    await page.request.delete(`${origin}/api/targets/${host}/details`, { data: {}, headers });
  }
}

/** Every page in every state it can be in. Each part begins with an account that holds one job of each state. */
export const pageStates: Readonly<Record<string, readonly PageState[]>> = {
  lists: [
    {
      name: "list with jobs of every state",
      reach: async ({ page, words, showOnly }) => {
        await showOnly(allJobStates);
        await open(page, "/jobs", page.getByText(words.jobs.unknownStatus("Under Review")).first());
      },
    },
    {
      name: "list without a match",
      reach: ({ page, words }) => open(page, "/jobs?q=nothing-like-it", heading(page, words.jobs.zeroTitle)),
    },
    {
      name: "list past its end",
      reach: ({ page, words }) => open(page, "/jobs?page=7", heading(page, words.jobs.pastEndTitle)),
    },
    {
      name: "list that is out of date",
      reach: async ({ page, words, emulator }) => {
        emulator.addFault({ operation: "getJobs", times: always, effect: { kind: "gateway-error", code: "200" } });
        const { title } = errorTextOf(words, "200");
        await open(page, "/jobs", page.getByRole("alert").filter({ hasText: title }));
        emulator.clearFaults();
      },
    },
    {
      name: "list that cannot be read",
      reach: async ({ page, words, emulator }) => {
        emulator.addFault({ operation: "searchJobs", times: always, effect: { kind: "gateway-error", code: "210" } });
        await open(page, `/jobs?q=${Math.random()}`, heading(page, words.jobs.failedTitle));
        emulator.clearFaults();
      },
    },
    {
      name: "list for a viewer",
      reach: async ({ page, persona }) => {
        await persona("viewer");
        await open(page, "/jobs", page.getByText(hostOf("waiting")).first());
      },
    },
    {
      name: "new job for a viewer",
      reach: async ({ page, words, persona }) => {
        await open(page, "/jobs/new", heading(page, words.shell.forbiddenTitle, 1));
        await persona("admin");
      },
    },
    {
      name: "list of many pages",
      reach: async ({ page, words, showOnly }) => {
        await showOnly(manyJobs(60));
        await open(page, "/jobs?limit=25&page=2", page.getByRole("navigation", { name: words.jobs.pages }));
      },
    },
    {
      name: "list without any job",
      reach: async ({ page, words, showOnly }) => {
        await showOnly([]);
        await open(page, "/jobs", heading(page, words.jobs.emptyTitle));
      },
    },
  ],
  details: [
    detail("waiting", "waiting"),
    detail("collecting", "crawling"),
    detail("running", "running"),
    detail("stopping", "stopping"),
    detail("completed", "completed"),
    detail("collecting failed", "crawlFailed"),
    detail("scan failed", "scanFailed"),
    detail("cancelled", "cancelled"),
    detail("stopped", "stopped"),
    detail("of an unknown status", "unknown"),
    detail("with an expired report", "expired"),
    {
      name: "job that does not exist",
      reach: (stage) => go(stage, "/jobs/99", heading(stage.page, stage.words.jobs.oneFailedTitle, 1)),
    },
    {
      name: "page that does not exist",
      reach: (stage) => go(stage, "/owners", heading(stage.page, stage.words.shell.notFoundTitle, 1)),
    },
    {
      name: "cancel dialog",
      reach: async ({ page, words }) => {
        const cancel = page.getByRole("button", { name: words.jobs.cancel, exact: true });
        await open(page, jobPath("waiting"), cancel);
        await cancel.click();
        await expect(page.getByRole("dialog", { name: words.jobs.confirmCancelTitle })).toBeVisible();
      },
    },
    {
      name: "stop dialog with an error",
      reach: async ({ page, words, emulator }) => {
        const stop = page.getByRole("button", { name: words.jobs.stop, exact: true });
        await open(page, jobPath("running"), stop);
        emulator.addFault({ operation: "stopJob", times: always, effect: { kind: "service-error", code: "169201" } });
        await stop.click();
        const dialog = page.getByRole("dialog", { name: words.jobs.confirmStopTitle });
        await dialog.getByRole("button", { name: words.jobs.confirmStop, exact: true }).click();
        await expect(dialog.getByRole("alert")).toBeVisible();
        emulator.clearFaults();
      },
    },
    {
      name: "key help",
      reach: async ({ page, words }) => {
        await open(page, jobPath("completed"), heading(page, hostOf("completed"), 1));
        await page.keyboard.press("?");
        await expect(page.getByRole("dialog", { name: words.shell.keys })).toBeVisible();
      },
    },
    {
      name: "one's own notifications",
      reach: ({ page, language }) =>
        open(page, "/settings/own-notifications", page.getByLabel(ownChannelWords[language].names)),
    },
    {
      name: "notification channels, a new one",
      reach: async ({ page, language }) => {
        const words = channelWords[language];
        await open(page, "/settings/notifications", heading(page, words.title, 1));
        await page.getByRole("button", { name: words.create }).first().click();
        await expect(page.getByRole("dialog").getByRole("textbox", { name: words.name })).toBeVisible();
      },
    },
    {
      name: "account menu",
      reach: async ({ page, words }) => {
        await open(page, jobPath("completed"), heading(page, hostOf("completed"), 1));
        const account = page.getByRole("button", { name: new RegExp(`^${RegExp.escape(words.shell.account)}`) });
        // Narrow screens have everything in one menu.
        if (await account.isVisible()) await account.click();
        else await page.getByRole("button", { name: words.shell.menu, exact: true }).click();
        await expect(page.getByText(words.shell.productVersion)).toBeVisible();
      },
    },
  ],
  forms: [
    { name: "new job, target", reach: (stage) => createStep(stage, "target") },
    { name: "new job, sign-in with headers", reach: (stage) => createStep(stage, "signin") },
    {
      name: "new job, sign-in that was tried",
      reach: async (stage) => {
        const { page, words, target } = stage;
        await createStep(stage, "signin");
        await fillLogin(page, words, target);
        await page.getByRole("button", { name: words.signIn.test }).click();
        await expect(page.getByText(words.signIn.excerptHint)).toBeVisible();
      },
    },
    {
      name: "new job, server of another company",
      reach: async (stage) => {
        const { page, words, target } = stage;
        await createStep(stage, "target");
        await newJobForm(page, words).startUrl.fill(target);
        await page.getByRole("radio", { name: words.target.managed }).check();
        await page.getByRole("button", { name: words.target.getFile }).click();
        await expect(page.getByText(words.target.notVerified)).toBeVisible();
      },
    },
    {
      name: "new job, restored draft at a time that clocks skip",
      reach: async (stage) => {
        const { page, words } = stage;
        await createStep(stage, "target");
        await newJobForm(page, words).startUrl.fill("https://www.example.com/");
        const saved = page.waitForResponse(
          (answer) => answer.url().endsWith("/api/drafts") && answer.request().method() === "PUT",
        );
        await saved;
        await open(page, "/jobs/new?step=when", page.getByRole("button", { name: words.create.startOver }));
        await page.getByRole("radio", { name: words.create.whenAt }).check();
        await page.getByLabel(words.create.localTime).fill("2027-03-28T02:30");
        await page.getByLabel(words.create.zone, { exact: true }).selectOption("Europe/Berlin");
        await expect(page.getByRole("button", { name: words.review.takeTime("2027-03-28 03:30") })).toBeVisible();
      },
    },
    { name: "new job, chosen checks", reach: (stage) => createStep(stage, "checks") },
    { name: "new job, a time", reach: (stage) => createStep(stage, "when") },
    { name: "new job, review", reach: (stage) => createStep(stage, "review") },
    {
      name: "new job, review with the call to be sent and the settings to hand over",
      reach: async (stage) => {
        const { page, words } = stage;
        await createStep(stage, "target");
        await page.getByRole("radio", { name: words.target.managed }).check();
        await newJobForm(page, words).startUrl.fill(stage.target);
        await page.getByRole("checkbox", { name: words.target.managedConsentText }).check();
        await newJobForm(page, words).toReview.click();
        await page.getByText(words.review.exact).click();
        await expect(page.getByRole("button", { name: words.review.copyCurl })).toBeVisible();
      },
    },
    {
      name: "new job, review with an error",
      reach: async (stage) => {
        await createStep(stage, "review");
        await newJobForm(stage.page, stage.words).start(stage.target).click();
        await expect(stage.page.getByRole("alert")).toBeVisible();
      },
    },
    {
      name: "new job, target with errors",
      reach: async (stage) => {
        const { page, words } = stage;
        await createStep(stage, "target");
        const form = newJobForm(page, words);
        await form.startUrl.fill("ftp://example.com");
        await form.next.click();
        await expect(page.getByRole("alert")).toBeVisible();
      },
    },
    {
      name: "new job, leaving it",
      reach: async (stage) => {
        const { page, words } = stage;
        await createStep(stage, "signin");
        await page.getByLabel(words.create.headerValue(1)).fill("SID=not-kept");
        await page.getByRole("link", { name: words.shell.product }).click();
        await expect(page.getByRole("dialog", { name: words.create.leaveTitle })).toBeVisible();
      },
    },
    {
      name: "new job, refused",
      reach: (stage) =>
        send(stage, { kind: "service-error", code: "160451" }, heading(stage.page, stage.words.create.failedTitle)),
    },
    {
      name: "new job, unknown outcome",
      reach: (stage) =>
        send(stage, { kind: "gateway-error", code: "500" }, heading(stage.page, stage.words.create.doubtTitle)),
    },
    {
      name: "list with submissions on their way",
      reach: ({ page, words }) => open(page, "/jobs", heading(page, words.jobs.pendingTitle)),
    },
    {
      name: "re-scan form",
      reach: async ({ page, words }) => {
        const host = hostOf("completed");
        await open(
          page,
          `/jobs/new?from=${jobStates.completed.instanceNo}&step=review`,
          heading(page, words.create.rescanTitle(host)),
        );
        await page.getByRole("button", { name: words.create.start(host), exact: true }).click();
        await expect(page.getByRole("alert")).toBeVisible();
      },
    },
  ],
  audit: auditStates,
  schedules: scheduleStates,
  reports: [
    {
      name: "report with findings",
      reach: (stage) => go(stage, `${jobPath("completed")}/report`, stage.page.getByRole("article").first()),
    },
    {
      name: "report filtered down to nothing",
      reach: (stage) =>
        go(
          stage,
          `${jobPath("completed")}/report?q=nothing-like-it`,
          stage.page.getByText(stage.words.report.nothingShown),
        ),
    },
    {
      name: "report without findings",
      reach: (stage) => go(stage, `${jobPath("clean")}/report`, stage.page.getByText(stage.words.report.cleanNote)),
    },
    {
      name: "report narrowed to one check, with an export dialog",
      reach: async ({ page, words }) => {
        await open(page, `${jobPath("completed")}/report?item=XSS`, page.getByRole("article").nth(1));
        await page.getByRole("button", { name: words.report.exportReport }).click();
        await expect(page.getByRole("dialog", { name: words.report.exportTitle })).toBeVisible();
      },
    },
    {
      name: "report with the choices for paper",
      reach: async ({ page, words }) => {
        await open(page, `${jobPath("completed")}/report`, page.getByRole("article").nth(1));
        await page.getByRole("button", { name: words.report.print }).click();
        await expect(page.getByRole("dialog", { name: words.report.printTitle })).toBeVisible();
      },
    },
    {
      name: "comparison without a predecessor",
      reach: ({ page, words }) =>
        open(page, `/compare?head=${jobStates.clean.instanceNo}`, heading(page, words.compare.failedTitle)),
    },
    {
      name: "comparison with an expired report",
      reach: (stage) =>
        go(
          stage,
          `/compare?base=${jobStates.expired.instanceNo}&head=${jobStates.completed.instanceNo}`,
          stage.page.getByText(stage.words.compare.sideFailed.base),
        ),
    },
    {
      name: "comparison of nothing",
      reach: (stage) => go(stage, "/compare", heading(stage.page, stage.words.compare.nothingChosenTitle, 1)),
    },
    {
      name: "targets",
      reach: ({ page }) => open(page, "/targets", page.getByText(hostOf("completed")).first()),
    },
    {
      name: "report that has expired",
      reach: (stage) => go(stage, `${jobPath("expired")}/report`, stage.page.getByText(stage.words.report.expiredText)),
    },
    {
      name: "report that is not there yet",
      reach: (stage) =>
        go(stage, `${jobPath("running")}/report`, heading(stage.page, stage.words.report.notReadyTitle, 1)),
    },
    {
      name: "report that will never be",
      reach: (stage) =>
        go(stage, `${jobPath("stopped")}/report`, heading(stage.page, stage.words.report.noReportTitle, 1)),
    },
    {
      name: "comparison",
      reach: async ({ page, words, showOnly }) => {
        await showOnly(Object.values(comparedJobs));
        await forgetTargets(page);
        const { base, head } = comparedJobs;
        const path = `/compare?base=${base.instanceNo}&head=${head.instanceNo}`;
        await open(page, path, page.getByText(words.compare.reasons.excluded));
        await untilCounted(page, ({ targets }) => targets.length === 1 && (targets[0]?.trend.length ?? 0) > 1);
      },
    },
    {
      name: "targets filtered down to nothing",
      reach: (stage) => go(stage, "/targets?q=nothing-like-it", heading(stage.page, stage.words.targets.zeroTitle)),
    },
    {
      name: "one target",
      reach: async ({ page, words, language }) => {
        for (const host of describedHosts) await describeTarget(page, host);
        await open(page, "/targets/compared.example.com", heading(page, words.targets.course));
        await expect(page.getByText("Online shop")).toBeVisible();
        await expect(heading(page, targetDetailWords[language].section)).toBeVisible();
      },
    },
    {
      name: "one target, being described",
      reach: async ({ page, language }) => {
        const words = targetDetailWords[language];
        await open(page, "/targets/compared.example.com", heading(page, words.section));
        await page.getByRole("button", { name: words.edit, exact: true }).click();
        await expect(page.getByRole("dialog").getByLabel(words.service)).toHaveValue("Online shop");
      },
    },
    {
      name: "a target that was never scanned",
      reach: ({ page, language }) =>
        open(page, "/targets/never-scanned.example.com", heading(page, targetDetailWords[language].section)),
    },
    {
      name: "a target that nobody knows",
      reach: (stage) =>
        go(stage, "/targets/nobody.example.com", heading(stage.page, stage.words.targets.oneFailedTitle)),
    },
    {
      name: "overview",
      reach: async ({ page, words }) => {
        await open(page, "/", page.locator("[data-trend]").first());
        await page.getByText(words.overview.asTable).click();
      },
    },
    {
      name: "monthly report",
      reach: ({ page, language }) => open(page, "/reports/monthly", heading(page, monthlyWords[language].openEnd)),
    },
    {
      name: "targets, several chosen, with the preview of a plan",
      reach: async ({ page, language }) => {
        const [words, plans] = [targetDetailWords[language], planWords[language]];
        await open(page, "/targets", page.getByRole("checkbox", { name: words.select("compared.example.com") }));
        await page.getByRole("checkbox", { name: words.select("compared.example.com") }).check();
        await page.getByRole("region", { name: words.selectionBar }).getByRole("button", { name: plans.open }).click();
        await page.getByRole("dialog").getByRole("button", { name: plans.preview }).click();
        await expect(page.getByRole("dialog").getByRole("table")).toBeVisible();
      },
    },
    {
      name: "targets with a trend",
      reach: ({ page }) => open(page, "/targets", page.locator("[data-trend]").first()),
    },
    {
      name: "report with what changed since the run before",
      reach: ({ page, words }) =>
        open(page, `/jobs/${comparedJobs.base.instanceNo}/report`, page.getByText(words.compare.outcomes.new)),
    },
    {
      name: "overview of a new installation",
      reach: async ({ page, words, showOnly }) => {
        await showOnly([]);
        await forgetTargets(page);
        await untilCounted(page, ({ targets }) => targets.length === 0);
        await open(page, "/", heading(page, words.overview.emptyTitle));
      },
    },
    {
      name: "report that cannot be read",
      reach: async ({ page, words, emulator, showOnly }) => {
        // With an id that is not cached.
        const instanceNo = String(8_300_000 + Math.floor(Math.random() * 90_000));
        await showOnly([{ ...jobStates.clean, instanceNo }]);
        emulator.addFault({ operation: "getReport", times: always, effect: { kind: "gateway-error", code: "300" } });
        await open(page, `/jobs/${instanceNo}/report`, heading(page, words.report.failedTitle, 1));
        emulator.clearFaults();
      },
    },
  ],
};
