import type { Locator, Page } from "@playwright/test";
import { type Submission, targetHostOf } from "@wsc-dashboard/wsc-core";
import type { EmulatorControl } from "@wsc-dashboard/wsc-emulator";
import { checkEverywhere, speak, wideScreen } from "./check-everywhere.ts";
import { type Change, expect, test } from "./fixtures.ts";
import { newJobForm } from "./new-job-form.ts";
import { formatsOf, type Messages, wordsOf } from "./words.ts";

test.use({
  stackOptions: {
    name: "submissions",
    provesMemos: true,
    settings: {
      // What takes minutes before a real gateway takes a moment here.
      WSC_SIGNATURE_VALIDITY_MS: "100",
      WSC_INDEX_LAG_MS: "50",
      WSC_RECONCILE_STEP_MS: "30",
      WSC_DISPATCH_TICK_MS: "40",
    },
  },
});

const light = { language: "en", theme: "light" } as const;
const en = wordsOf("en");
const dayMs = 86_400_000;
const inDays = (days: number): string => new Date(Date.now() + days * dayMs).toISOString().slice(0, 10);
const consent = { textVersion: "1", accepted: true };

/** The part of the list that holds what has not become a job yet. */
const pendingOf = (page: Page, { jobs }: Messages): Locator => page.getByRole("region", { name: jobs.pendingTitle });
const rowOf = (page: Page, words: Messages, url: string): Locator =>
  pendingOf(page, words)
    .getByRole("listitem")
    .filter({ hasText: targetHostOf(url) });

/** Nobody listens there: the gateway takes such a target, and tests never meet on one. */
let port = 1;
const freshTarget = (): string => {
  port += 1;
  return `http://127.0.0.1:${port}/`;
};

test.beforeEach(async ({ showOnly, emulator }) => {
  await showOnly([]);
  emulator.changeSettings({ paceMs: 60_000 });
});

test.afterEach(({ endSubmissions }) => endSubmissions());

/** Chooses a time in the form's step "When". */
async function chooseTime(page: Page, { create }: Messages, localTime: string, zone: string): Promise<void> {
  await page.getByRole("radio", { name: create.whenAt }).check();
  await page.getByLabel(create.localTime).fill(localTime);
  await page.getByLabel(create.zone, { exact: true }).selectOption(zone);
}

test("a job is reserved, is shown at the top of the list with both times, and is cancelled", async ({
  page,
  visit,
  emulator,
}) => {
  const language = "ja";
  const words = wordsOf(language);
  const { create, submissions } = words;
  const target = freshTarget();
  const host = targetHostOf(target);
  const localTime = `${inDays(10)}T02:00`;
  const time = formatsOf(language).bothTimes(new Date(`${localTime}:00+09:00`).toISOString(), "Asia/Seoul");
  await visit("/jobs/new", { language, theme: "light" });
  const form = newJobForm(page, words);
  await form.startUrl.fill(target);
  await form.advanceTo("when");
  await chooseTime(page, words, localTime, "Asia/Seoul");
  await expect(page.locator("form")).toContainText(time);
  await form.next.click();
  await expect(page.getByText(create.reservedNote)).toBeVisible();
  await form.consent.check();
  await page.getByRole("button", { name: create.reserve(host), exact: true }).click();
  await expect(page.getByRole("heading", { name: create.reservedTitle(time) })).toBeVisible();
  await page.getByRole("link", { name: create.toList }).click();
  const row = rowOf(page, words, target);
  await expect(row).toContainText(submissions.reservedFor(time));
  await row.getByRole("button", { name: submissions.cancelOf(host) }).click();
  await expect(page.getByRole("button", { name: submissions.keep })).toBeFocused();
  await page.getByRole("button", { name: submissions.confirmCancel, exact: true }).click();
  await expect(row).toHaveCount(0);
  expect(emulator.requests().filter(({ operation }) => operation === "createJob")).toEqual([]);
});

/** The last Sunday of March to come: clocks in Berlin skip the hour after two. */
function nextSpringInBerlin(): string {
  for (let year = new Date().getUTCFullYear(); ; year += 1) {
    const last = new Date(Date.UTC(year, 2, 31));
    last.setUTCDate(31 - last.getUTCDay());
    if (last.getTime() > Date.now() + dayMs) return last.toISOString().slice(0, 10);
  }
}

test("a time that is missing, past, too far away or shown by no clock is refused at its field without leaving the step", async ({
  page,
  visit,
}) => {
  const { create, errors } = en;
  const form = newJobForm(page, en);
  await visit("/jobs/new", light);
  await form.startUrl.fill(freshTarget());
  await form.advanceTo("when");
  for (const [localTime, zone, code] of [
    [`${nextSpringInBerlin()}T02:30`, "Europe/Berlin", "LOCAL_TIME_MISSING"],
    ["2020-01-01T02:00", "UTC", "LOCAL_TIME_PAST"],
    [`${inDays(500)}T02:00`, "UTC", "LOCAL_TIME_TOO_FAR"],
    ["", "UTC", "160432"],
  ] as const) {
    await test.step(code, async () => {
      await chooseTime(page, en, localTime, zone);
      await form.next.click();
      await expect(page.getByRole("alert")).toContainText(errors[code].title);
      await expect(page.getByLabel(create.localTime)).toHaveAccessibleDescription(
        new RegExp(RegExp.escape(errors[code].title)),
      );
      await page.getByRole("radio", { name: create.whenNow }).check();
      await expect(page.getByRole("alert")).toHaveCount(0);
    });
  }
});

test("typed values are carried over to the schedule, credential values only in memory", async ({ page, visit }) => {
  const { create, review } = en;
  const target = freshTarget();
  const form = newJobForm(page, en);
  await visit("/jobs/new", light);
  await form.startUrl.fill(target);
  await form.next.click();
  await page.getByRole("radio", { name: create.signInHeaders }).check();
  await page.getByLabel(create.headerValue(1)).fill("SID=carry-canary-3");
  for (const _ of ["checks", "when"]) await form.next.click();
  await page.getByRole("radio", { name: create.whenAt }).check();
  await page.getByLabel(create.localTime).fill(`${inDays(10)}T03:30`);
  await page.getByLabel(create.zone, { exact: true }).selectOption("Asia/Tokyo");
  await page.getByRole("radio", { name: create.whenRepeat }).check();
  await page.getByRole("button", { name: review.toSchedule, exact: true }).click();
  await expect(page).toHaveURL(/\/schedules\/new$/);
  await expect(page.getByLabel(create.startUrl)).toHaveValue(target);
  await expect(page.getByLabel(create.headerValue(1))).toHaveValue("SID=carry-canary-3");
  await expect(page.getByRole("checkbox", { name: create.consentText })).not.toBeChecked();
  expect(await page.evaluate(() => JSON.stringify(history.state))).not.toContain("carry-canary-3");
  // What memory held is gone with the page; the rest is still there.
  await page.reload();
  await expect(page.getByLabel(create.startUrl)).toHaveValue(target);
  await expect(page.getByRole("radio", { name: create.signInNone })).toBeChecked();
});

test("a reservation that was sent meanwhile is explained, not cancelled", async ({
  page,
  visit,
  allowStatuses,
  change,
}) => {
  allowStatuses(409);
  const target = freshTarget();
  const when = { kind: "at", localTime: `${inDays(5)}T02:00`, zone: "UTC" };
  const { submission } = await change<{ submission: Submission }>("POST", "/api/jobs", {
    startUrl: target,
    consent,
    when,
  });
  await visit("/jobs", light);
  await rowOf(page, en, target).getByRole("button").first().click();
  await change("DELETE", `/api/submissions/${submission.id}`);
  await expect(rowOf(page, en, target)).toHaveCount(0);
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: en.submissions.confirmCancel, exact: true }).click();
  await expect(dialog.getByRole("alert")).toContainText(en.errors.SUBMISSION_IN_FLIGHT.title);
  await dialog.getByRole("button", { name: en.shell.close, exact: true }).click();
  await expect(dialog).toHaveCount(0);
});

test.describe("a submission that needs review", () => {
  /** Sends what no answer comes back for, until the list that is open says so. */
  async function inReview(
    { page, change, emulator }: { page: Page; change: Change; emulator: EmulatorControl },
    target = freshTarget(),
  ): Promise<string> {
    emulator.addFault({ operation: "createJob", times: 3, effect: { kind: "reset", when: "before" } });
    await change("POST", "/api/jobs", { startUrl: target, consent });
    await expect(rowOf(page, en, target)).toContainText(en.jobs.submissionStates.NEEDS_REVIEW);
    return target;
  }
  const open = async (page: Page, target: string): Promise<Locator> => {
    await rowOf(page, en, target)
      .getByRole("button", { name: en.submissions.decideOf(targetHostOf(target)) })
      .click();
    return page.getByRole("dialog", { name: en.submissions.resolveTitle });
  };

  test("is bound to a job by its id, resent once after a confirmation of the fee, or dropped; others see it without actions", async ({
    page,
    context,
    baseURL,
    visit,
    stack,
    emulator,
    allowStatuses,
    change,
  }) => {
    allowStatuses(404, 422);
    const { submissions: words, errors } = en;
    const creates = () => emulator.requests().filter(({ operation }) => operation === "createJob").length;
    await visit("/jobs", light);
    await test.step("is bound to a job by its id, which is validated by form and server", async () => {
      const target = await inReview({ page, change, emulator });
      const dialog = await open(page, target);
      const number = dialog.getByLabel(words.number);
      const confirm = dialog.getByRole("button", { name: words.confirmExists });
      await expect(dialog.getByRole("button", { name: words.decideLater })).toBeFocused();
      await number.fill("12a");
      await confirm.click();
      await expect(number).toHaveAccessibleDescription(words.numberInvalid);
      await number.fill("424242");
      await confirm.click();
      await expect(number).toHaveAccessibleDescription(new RegExp(RegExp.escape(errors.JOB_NOT_FOUND.title)));
      const [instanceNo = ""] = emulator.addJobs([{ startUrl: target, status: 4 }]);
      await number.fill(instanceNo);
      await confirm.click();
      await expect(dialog).toHaveCount(0);
      await expect(rowOf(page, en, target)).toHaveCount(0);
    });
    await test.step("is dropped, and nothing more is sent", async () => {
      const target = await inReview({ page, change, emulator });
      const before = creates();
      const dialog = await open(page, target);
      await dialog.getByRole("radio", { name: words.drop }).check();
      await dialog.getByRole("button", { name: words.confirmDrop, exact: true }).click();
      await expect(rowOf(page, en, target)).toHaveCount(0);
      expect(creates()).toBe(before);
    });
    await test.step("is resent once after a confirmation of the fee", async () => {
      const target = await inReview({ page, change, emulator }, stack.demoSite.origin);
      const before = creates();
      const dialog = await open(page, target);
      await dialog.getByRole("radio", { name: words.resend }).check();
      await expect(dialog).toContainText(words.resendHint);
      await dialog.getByRole("button", { name: words.confirmResend, exact: true }).dblclick();
      await expect(rowOf(page, en, target)).toHaveCount(0);
      await expect(page.getByRole("table").getByText(targetHostOf(target))).toBeVisible();
      expect(creates()).toBe(before + 1);
    });
    await test.step("is shown to others without actions", async () => {
      const target = await inReview({ page, change, emulator });
      for (const value of ["viewer", "operator"]) {
        await context.addCookies([{ name: "wsc_persona", value, url: baseURL ?? "" }]);
        await page.reload();
        await expect(rowOf(page, en, target)).toBeVisible();
        await expect(rowOf(page, en, target).getByRole("button")).toHaveCount(0);
      }
      await context.addCookies([{ name: "wsc_persona", value: "admin", url: baseURL ?? "" }]);
    });
  });
});

test("an upstream that cuts memos is reported on the page, and only an admin can lift the resend block", async ({
  page,
  context,
  baseURL,
  visit,
  change,
  emulator,
}) => {
  const { submissions: words, errors } = en;
  const [instanceNo = ""] = emulator.addJobs([{ startUrl: freshTarget(), status: 12, memo: "cut" }]);
  const answer = { returnCode: "0", returnDesc: "", returnMessage: "", resources: { instanceNo } };
  emulator.addFault({ operation: "createJob", effect: { kind: "body", body: answer } });
  await change("POST", "/api/jobs", { startUrl: freshTarget(), consent });
  await visit("/jobs", light);
  const notices = page.getByRole("region", { name: words.notices });
  const allow = notices.getByRole("button", { name: words.allowResend });
  const openNotices = () => notices.getByText(errors.MEMO_CUT.title).click();
  await openNotices();
  await expect(allow).toBeVisible();
  await context.addCookies([{ name: "wsc_persona", value: "operator", url: baseURL ?? "" }]);
  await page.reload();
  await openNotices();
  await expect(notices).toContainText(errors.MEMO_CUT.next);
  await expect(allow).toHaveCount(0);
  await context.addCookies([{ name: "wsc_persona", value: "admin", url: baseURL ?? "" }]);
  await page.reload();
  await openNotices();
  await allow.click();
  await expect(notices).toHaveCount(0);
});

test("several jobs are cancelled together, with an outcome for each", async ({
  page,
  visit,
  showOnly,
  emulator,
  change,
}) => {
  const hosts = ["a", "b", "c", "d"].map((name) => `https://${name}.example.com/`);
  const [first = "", second = "", third = ""] = await showOnly(
    hosts.map((startUrl, index) => ({ startUrl, status: index === 3 ? 3 : 12 })),
  );
  const { jobs: words, errors } = en;
  await visit("/jobs", light);
  await page.getByRole("checkbox", { name: words.selectPage }).check();
  const bar = page.getByRole("region", { name: words.selectionBar });
  await expect(bar).toContainText(words.selected(4, "4"));
  await expect(bar).toContainText(words.cancellable("3", "4"));
  await bar.getByRole("button", { name: words.cancelSelected }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText(words.confirmManyTitle(3, "3"));
  await expect(dialog).toContainText(words.leftOut(1, "1"));
  await expect(dialog.getByRole("button", { name: words.keepWaiting })).toBeFocused();
  // One is gone by now, and the gateway refuses another.
  await change("POST", `/api/jobs/${first}/cancel`);
  emulator.addFault({ operation: "cancelJob", times: 1, effect: { kind: "service-error", code: "160842" } });
  await dialog.getByRole("button", { name: words.confirmMany(3, "3"), exact: true }).click();
  await expect(dialog.getByRole("heading", { name: words.manyResultTitle("1", "3") })).toBeVisible();
  const outcomes = dialog.getByRole("list", { name: words.manyResults }).getByRole("listitem");
  const refused = emulator.requests().find(({ code }) => code === "160842");
  expect(refused).toBeDefined();
  await expect(outcomes.filter({ hasText: first })).toContainText(errors.JOB_STATE_CONFLICT.title);
  await expect(outcomes.filter({ hasText: errors["160842"].title })).toHaveCount(1);
  await expect(outcomes.getByText(words.resultDone, { exact: true })).toHaveCount(1);
  for (const number of [second, third]) await expect(outcomes.filter({ hasText: number })).toHaveCount(1);
  await dialog.getByRole("button", { name: en.shell.close, exact: true }).click();
  await expect(bar).toHaveCount(0);
});

test("rows are selected by keyboard, and without permission nothing can be done to them", async ({
  page,
  context,
  baseURL,
  visit,
  showOnly,
}) => {
  await showOnly([{ startUrl: "https://a.example.com/", status: 4 }]);
  await visit("/jobs", light);
  await page.getByRole("link", { name: "a.example.com", exact: true }).waitFor();
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  const bar = page.getByRole("region", { name: en.jobs.selectionBar });
  await expect(bar).toContainText(en.jobs.cancellable("0", "1"));
  await expect(bar.getByRole("button", { name: en.jobs.cancelSelected })).toHaveAttribute("aria-disabled", "true");
  await bar.getByRole("button", { name: en.jobs.clearSelection }).click();
  await expect(bar).toHaveCount(0);
  await context.addCookies([{ name: "wsc_persona", value: "viewer", url: baseURL ?? "" }]);
  await page.reload();
  await page.getByRole("link", { name: "a.example.com", exact: true }).waitFor();
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  // Chosen rows can still be compared, which changes nothing.
  await expect(bar.getByRole("button")).toHaveText([en.jobs.clearSelection]);
  await context.addCookies([{ name: "wsc_persona", value: "admin", url: baseURL ?? "" }]);
});

test("axe finds nothing in reservations, their dialogs and chosen rows in any language, and they fit every width", async ({
  page,
  visit,
  showOnly,
  emulator,
  change,
}) => {
  await showOnly([{ startUrl: "https://a.example.com/", status: 12, memo: "m" }]);
  const [reserved, review] = [freshTarget(), freshTarget()];
  const when = { kind: "at", localTime: `${inDays(5)}T02:00`, zone: "Asia/Seoul" };
  await change("POST", "/api/jobs", { startUrl: reserved, consent, when });
  emulator.addFault({ operation: "createJob", times: 3, effect: { kind: "reset", when: "before" } });
  await change("POST", "/api/jobs", { startUrl: review, consent });
  await page.setViewportSize(wideScreen);
  const complaints: string[] = [];
  const openDialog = async (url: string, name: string): Promise<void> => {
    await rowOf(page, en, url).getByRole("button", { name }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
  };
  const { cancelOf, decideOf } = en.submissions;
  await visit("/jobs", light);
  for (const [state, reach] of Object.entries({
    "cancelling a reservation": () => openDialog(reserved, cancelOf(targetHostOf(reserved))),
    "deciding about a submission": () => openDialog(review, decideOf(targetHostOf(review))),
    "chosen rows": () => page.getByRole("checkbox", { name: en.jobs.selectPage }).check(),
  })) {
    await speak(page, "en");
    await expect(rowOf(page, en, review)).toContainText(en.jobs.submissionStates.NEEDS_REVIEW);
    await reach();
    complaints.push(...(await checkEverywhere(page)).map((complaint) => `${state}, ${complaint}`));
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
  }
  expect(complaints).toEqual([]);
});
