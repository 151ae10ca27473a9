import type { Page } from "@playwright/test";
import type { EmulatorControl } from "@wsc-dashboard/wsc-emulator";
import type { WizardStep } from "../apps/web/src/features/job-wizard/wizard-search.ts";
import { speak } from "./check-everywhere.ts";
import { dropDraft } from "./drop-draft.ts";
import { expect } from "./fixtures.ts";
import { jobStates } from "./job-states.ts";
import { fillLogin, newJobForm } from "./new-job-form.ts";
import { go, headingOf, open, type PageState, type Stage } from "./page-state.ts";

const always = 1_000_000;
const rescanHost = new URL(jobStates.completed.startUrl).host;

/** A form that is still open would keep what was thrown away. */
async function dropDraftOf(page: Page): Promise<void> {
  if (page.url() === "about:blank") return;
  const { origin } = new URL(page.url());
  await page.goto("about:blank");
  await dropDraft(page.request, origin);
}

async function openForm({ page, words }: Stage): Promise<void> {
  await dropDraftOf(page);
  await open(page, "/jobs/new", newJobForm(page, words).startUrl);
}

/** Goes back to a step of the open form by its list of steps. */
async function returnTo({ page, language, words: { create } }: Stage, step: WizardStep): Promise<void> {
  await speak(page, language);
  const steps = page.getByRole("navigation", { name: create.steps });
  await steps.getByRole("link", { name: new RegExp(RegExp.escape(create.stepNames[step])) }).click();
  await expect(headingOf(page, create.stepNames[step])).toBeFocused();
}

let port = 1000;
/** Nothing listens there, which the gateway accepts: what is in doubt about one target must not hold back another. */
function freshTarget(): string {
  port += 1;
  return `http://127.0.0.1:${port}/`;
}

/** Sends a form that meets a fault. */
async function send(stage: Stage, fault: Parameters<EmulatorControl["addFault"]>[0]["effect"], title: string) {
  const { page, words, emulator } = stage;
  const target = freshTarget();
  emulator.addFault({ operation: "createJob", times: always, effect: fault });
  await openForm(stage);
  const form = newJobForm(page, words);
  await form.fill(target);
  await form.start(target).click();
  await expect(headingOf(page, title)).toBeVisible();
  emulator.clearFaults();
}

/** The form for a new job in every state: one form is walked through, each state begins where the one before has left it. */
export const formStates: readonly PageState[] = [
  { name: "new job, target", reach: openForm },
  {
    name: "new job, target with errors",
    reach: async ({ page, language, words }) => {
      await speak(page, language);
      const form = newJobForm(page, words);
      await form.startUrl.fill("ftp://example.com");
      await form.next.click();
      await expect(page.getByRole("alert")).toBeVisible();
    },
  },
  {
    name: "new job, restored draft at a time that clocks skip",
    reach: async ({ page, language, words, target }) => {
      await speak(page, language);
      // The draft of the state before may still be on its way.
      const saved = page.waitForResponse(
        (answer) => answer.url().endsWith("/api/drafts") && (answer.request().postData()?.includes(target) ?? false),
      );
      await newJobForm(page, words).startUrl.fill(target);
      await saved;
      await open(page, "/jobs/new?step=when", page.getByRole("button", { name: words.create.startOver }));
      await page.getByRole("radio", { name: words.create.whenAt }).check();
      await page.getByLabel(words.create.localTime).fill("2027-03-28T02:30");
      await page.getByLabel(words.create.zone, { exact: true }).selectOption("Europe/Berlin");
      await expect(page.getByRole("button", { name: words.review.takeTime("2027-03-28 03:30") })).toBeVisible();
    },
  },
  {
    name: "new job, a time",
    reach: async ({ page, language, words }) => {
      await speak(page, language);
      await page.getByLabel(words.create.localTime).fill("");
      await page.getByLabel(words.create.zone, { exact: true }).selectOption("Asia/Seoul");
      await expect(page.getByRole("button", { name: words.review.takeTime("2027-03-28 03:30") })).toHaveCount(0);
    },
  },
  {
    name: "new job, review",
    reach: async ({ page, language, words }) => {
      await speak(page, language);
      await page.getByRole("radio", { name: words.create.whenNow }).check();
      await newJobForm(page, words).advanceTo("review", "when");
    },
  },
  {
    name: "new job, review with an error",
    reach: async ({ page, language, words, target }) => {
      await speak(page, language);
      await newJobForm(page, words).start(target).click();
      await expect(page.getByRole("alert")).toBeVisible();
    },
  },
  {
    name: "new job, chosen checks",
    reach: async (stage) => {
      const { page, words } = stage;
      await returnTo(stage, "checks");
      await page.getByRole("radio", { name: words.create.checksChosen }).check();
      await expect(page.getByLabel(words.create.otherChecks)).toBeVisible();
    },
  },
  {
    name: "new job, server of another company",
    reach: async (stage) => {
      const { page, words } = stage;
      await speak(page, stage.language);
      await page.getByRole("radio", { name: words.create.checksAll }).check();
      await returnTo(stage, "target");
      await page.getByRole("radio", { name: words.target.managed }).check();
      await page.getByRole("button", { name: words.target.getFile }).click();
      await expect(page.getByText(words.target.notVerified)).toBeVisible();
    },
  },
  {
    name: "new job, review with the call to be sent and the settings to hand over",
    reach: async ({ page, language, words }) => {
      await speak(page, language);
      await page.getByRole("checkbox", { name: words.target.managedConsentText }).check();
      await newJobForm(page, words).toReview.click();
      await page.getByText(words.review.exact).click();
      await expect(page.getByRole("button", { name: words.review.copyCurl })).toBeVisible();
    },
  },
  {
    name: "new job, sign-in with headers",
    reach: async (stage) => {
      const { page, words } = stage;
      await returnTo(stage, "signin");
      await page.getByRole("radio", { name: words.create.signInHeaders }).check();
      await expect(page.getByLabel(words.create.headerValue(1))).toBeVisible();
    },
  },
  {
    name: "new job, sign-in that was tried",
    reach: async ({ page, language, words, target }) => {
      await speak(page, language);
      await fillLogin(page, words, target);
      await page.getByRole("button", { name: words.signIn.test }).click();
      await expect(page.getByText(words.signIn.excerptHint)).toBeVisible();
    },
  },
  {
    name: "new job, leaving it",
    reach: async ({ page, language, words }) => {
      await speak(page, language);
      await page.getByRole("link", { name: words.shell.product }).click();
      await expect(page.getByRole("dialog", { name: words.create.leaveTitle })).toBeVisible();
    },
  },
  {
    name: "new job, refused",
    reach: (stage) => send(stage, { kind: "service-error", code: "160451" }, stage.words.create.failedTitle),
  },
  {
    name: "new job, unknown outcome",
    reach: (stage) => send(stage, { kind: "gateway-error", code: "500" }, stage.words.create.doubtTitle),
  },
  {
    name: "list with submissions on their way",
    reach: (stage) => go(stage, "/jobs", headingOf(stage.page, stage.words.jobs.pendingTitle)),
  },
  {
    name: "re-scan form",
    reach: async (stage) => {
      const { page, words } = stage;
      const path = `/jobs/new?from=${jobStates.completed.instanceNo}&step=review`;
      await go(stage, path, headingOf(page, words.create.rescanTitle(rescanHost)));
      await page.getByRole("button", { name: words.create.start(rescanHost), exact: true }).click();
      await expect(page.getByRole("alert")).toBeVisible();
    },
  },
];
