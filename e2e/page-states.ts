import type { Page } from "@playwright/test";
import { channelWords } from "../apps/web/src/messages/channel-words.ts";
import { demoWords } from "../apps/web/src/messages/demo-words.ts";
import { errorTextOf } from "../apps/web/src/messages/error-text.ts";
import { monthlyWords } from "../apps/web/src/messages/monthly-words.ts";
import { ownChannelWords } from "../apps/web/src/messages/own-channel-words.ts";
import { planWords } from "../apps/web/src/messages/plan-words.ts";
import { targetDetailWords } from "../apps/web/src/messages/target-detail-words.ts";
import { auditStates } from "./audit-states.ts";
import { comparedJobs } from "./compared-jobs.ts";
import { expect } from "./fixtures.ts";
import { formStates } from "./form-states.ts";
import { allJobStates, jobStates, manyJobs } from "./job-states.ts";
import { mailSettings } from "./mail-settings.ts";
import { go, headingOf, open, type PageState } from "./page-state.ts";
import { scheduleStates } from "./schedule-states.ts";
import { untilCounted } from "./until-counted.ts";

const jobPath = (state: keyof typeof jobStates): string => `/jobs/${jobStates[state].instanceNo}`;
const hostOf = (state: keyof typeof jobStates): string => new URL(jobStates[state].startUrl).host;
const always = 1_000_000;

const detail = (name: string, state: keyof typeof jobStates): PageState => ({
  name: `job detail, ${name}`,
  reach: (stage) => go(stage, jobPath(state), headingOf(stage.page, hostOf(state), 1)),
});

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

/** The stack in which `pageStates` can be reached. */
export const pageStackOptions = {
  name: "pages",
  settings: { WSC_BACKGROUND_READ_MS: "150", ...mailSettings },
} as const;

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
      reach: (stage) => go(stage, "/jobs?q=nothing-like-it", headingOf(stage.page, stage.words.jobs.zeroTitle)),
    },
    {
      name: "list past its end",
      reach: (stage) => go(stage, "/jobs?page=7", headingOf(stage.page, stage.words.jobs.pastEndTitle)),
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
      reach: async (stage) => {
        const { page, words, emulator } = stage;
        emulator.addFault({ operation: "searchJobs", times: always, effect: { kind: "gateway-error", code: "210" } });
        await go(stage, `/jobs?q=${Math.random()}`, headingOf(page, words.jobs.failedTitle));
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
      reach: async (stage) => {
        await go(stage, "/jobs/new", headingOf(stage.page, stage.words.shell.forbiddenTitle, 1));
        await stage.persona("admin");
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
        await open(page, "/jobs", headingOf(page, words.jobs.emptyTitle));
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
      reach: (stage) => go(stage, "/jobs/99", headingOf(stage.page, stage.words.jobs.oneFailedTitle, 1)),
    },
    {
      name: "demo on a server without a demo site",
      reach: (stage) => go(stage, "/demo", headingOf(stage.page, demoWords[stage.language].unavailable, 1)),
    },
    {
      name: "page that does not exist",
      reach: (stage) => go(stage, "/owners", headingOf(stage.page, stage.words.shell.notFoundTitle, 1)),
    },
    {
      name: "cancel dialog",
      reach: async (stage) => {
        const { page, words } = stage;
        const cancel = page.getByRole("button", { name: words.jobs.cancel, exact: true });
        await go(stage, jobPath("waiting"), cancel);
        await cancel.click();
        await expect(page.getByRole("dialog", { name: words.jobs.confirmCancelTitle })).toBeVisible();
      },
    },
    {
      name: "stop dialog with an error",
      reach: async (stage) => {
        const { page, words, emulator } = stage;
        const stop = page.getByRole("button", { name: words.jobs.stop, exact: true });
        await go(stage, jobPath("running"), stop);
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
      reach: async (stage) => {
        const { page, words } = stage;
        await go(stage, jobPath("completed"), headingOf(page, hostOf("completed"), 1));
        await page.keyboard.press("?");
        await expect(page.getByRole("dialog", { name: words.shell.keys })).toBeVisible();
      },
    },
    {
      name: "one's own notifications",
      reach: (stage) =>
        go(stage, "/settings/own-notifications", stage.page.getByLabel(ownChannelWords[stage.language].names)),
    },
    {
      name: "notification channels, a new one",
      reach: async (stage) => {
        const { page, language } = stage;
        const words = channelWords[language];
        await go(stage, "/settings/notifications", headingOf(page, words.title, 1));
        await page.getByRole("button", { name: words.create }).first().click();
        await expect(page.getByRole("dialog").getByRole("textbox", { name: words.name })).toBeVisible();
      },
    },
    {
      name: "account menu",
      reach: async (stage) => {
        const { page, words } = stage;
        await go(stage, jobPath("completed"), headingOf(page, hostOf("completed"), 1));
        const account = page.getByRole("button", { name: new RegExp(`^${RegExp.escape(words.shell.account)}`) });
        // Narrow screens have everything in one menu.
        if (await account.isVisible()) await account.click();
        else await page.getByRole("button", { name: words.shell.menu, exact: true }).click();
        await expect(page.getByText(words.shell.productVersion)).toBeVisible();
      },
    },
  ],
  forms: formStates,
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
      reach: async (stage) => {
        const { page, words } = stage;
        await go(stage, `${jobPath("completed")}/report?item=XSS`, page.getByRole("article").nth(1));
        await page.getByRole("button", { name: words.report.exportReport }).click();
        await expect(page.getByRole("dialog", { name: words.report.exportTitle })).toBeVisible();
      },
    },
    {
      name: "report with the choices for paper",
      reach: async (stage) => {
        const { page, words } = stage;
        await go(stage, `${jobPath("completed")}/report`, page.getByRole("article").nth(3));
        await page.getByRole("button", { name: words.report.print }).click();
        await expect(page.getByRole("dialog", { name: words.report.printTitle })).toBeVisible();
      },
    },
    {
      name: "comparison without a predecessor",
      reach: (stage) =>
        go(
          stage,
          `/compare?head=${jobStates.clean.instanceNo}`,
          headingOf(stage.page, stage.words.compare.failedTitle),
        ),
    },
    {
      name: "comparison with an expired report",
      reach: (stage) =>
        go(
          stage,
          `/compare?base=${jobStates.expired.instanceNo}&head=${jobStates.completed.instanceNo}`,
          stage.page.getByText(stage.words.compare.chooseOther),
        ),
    },
    {
      name: "comparison of nothing",
      reach: (stage) => go(stage, "/compare", headingOf(stage.page, stage.words.compare.nothingChosenTitle, 1)),
    },
    {
      name: "targets",
      reach: (stage) => go(stage, "/targets", stage.page.getByRole("table").getByText(hostOf("completed")).first()),
    },
    {
      name: "report that has expired",
      reach: (stage) => go(stage, `${jobPath("expired")}/report`, stage.page.getByText(stage.words.report.expiredText)),
    },
    {
      name: "report that is not there yet",
      reach: (stage) =>
        go(stage, `${jobPath("running")}/report`, headingOf(stage.page, stage.words.report.notReadyTitle, 1)),
    },
    {
      name: "report that will never be",
      reach: (stage) =>
        go(stage, `${jobPath("stopped")}/report`, headingOf(stage.page, stage.words.report.noReportTitle, 1)),
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
      reach: (stage) => go(stage, "/targets?q=nothing-like-it", headingOf(stage.page, stage.words.targets.zeroTitle)),
    },
    {
      name: "one target",
      reach: async (stage) => {
        const { page, words, language } = stage;
        for (const host of describedHosts) await describeTarget(page, host);
        await go(stage, "/targets/compared.example.com", headingOf(page, words.targets.course));
        await expect(page.getByText("Online shop")).toBeVisible();
        await expect(headingOf(page, targetDetailWords[language].section)).toBeVisible();
      },
    },
    {
      name: "one target, being described",
      reach: async (stage) => {
        const { page, language } = stage;
        const words = targetDetailWords[language];
        await go(stage, "/targets/compared.example.com", headingOf(page, words.section));
        await page.getByRole("button", { name: words.edit, exact: true }).click();
        await expect(page.getByRole("dialog").getByLabel(words.service)).toHaveValue("Online shop");
      },
    },
    {
      name: "a target that was never scanned",
      reach: async (stage) => {
        const { page, language } = stage;
        await go(stage, "/targets/never-scanned.example.com", headingOf(page, "never-scanned.example.com", 1));
        await expect(headingOf(page, targetDetailWords[language].section)).toBeVisible();
      },
    },
    {
      name: "a target that nobody knows",
      reach: (stage) =>
        go(stage, "/targets/nobody.example.com", headingOf(stage.page, stage.words.targets.oneFailedTitle)),
    },
    {
      name: "overview",
      reach: async (stage) => {
        const { page, words } = stage;
        await go(stage, "/", page.locator("[data-trend]").first());
        await page.getByText(words.overview.asTable).click();
      },
    },
    {
      name: "monthly report",
      reach: (stage) => go(stage, "/reports/monthly", headingOf(stage.page, monthlyWords[stage.language].openEnd)),
    },
    {
      name: "targets with a trend",
      reach: (stage) => go(stage, "/targets", stage.page.locator("[data-trend]").first()),
    },
    {
      name: "targets, several chosen, with the preview of a plan",
      reach: async (stage) => {
        const { page, language } = stage;
        const [words, plans] = [targetDetailWords[language], planWords[language]];
        await go(stage, "/targets", page.getByRole("checkbox", { name: words.select("compared.example.com") }));
        await page.getByRole("checkbox", { name: words.select("compared.example.com") }).check();
        await page.getByRole("region", { name: words.selectionBar }).getByRole("button", { name: plans.open }).click();
        await page.getByRole("dialog").getByRole("button", { name: plans.preview }).click();
        await expect(page.getByRole("dialog").getByRole("table")).toBeVisible();
      },
    },
    {
      name: "report with what changed since the run before",
      reach: async (stage) => {
        const { page, words } = stage;
        await go(stage, `/jobs/${comparedJobs.base.instanceNo}/report`, page.getByRole("article").first());
        await expect(page.getByRole("main").getByText(words.compare.outcomes.new).first()).toBeVisible();
      },
    },
    {
      name: "overview of a new installation",
      reach: async ({ page, words, showOnly }) => {
        await showOnly([]);
        await forgetTargets(page);
        await untilCounted(page, ({ targets }) => targets.length === 0);
        await open(page, "/", headingOf(page, words.overview.emptyTitle));
      },
    },
    {
      name: "report that cannot be read",
      reach: async (stage) => {
        const { page, words, emulator, showOnly } = stage;
        // With an id that is not cached.
        const instanceNo = String(8_300_000 + Math.floor(Math.random() * 90_000));
        await showOnly([{ ...jobStates.clean, instanceNo }]);
        emulator.addFault({ operation: "getReport", times: always, effect: { kind: "gateway-error", code: "300" } });
        await go(stage, `/jobs/${instanceNo}/report`, headingOf(page, words.report.failedTitle, 1));
        emulator.clearFaults();
      },
    },
  ],
};
