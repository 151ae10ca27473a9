import type { Page } from "@playwright/test";
import type { Draft } from "@wsc-dashboard/wsc-core";
import { demoMember } from "@wsc-dashboard/wsc-emulator";
import { fieldTextOf } from "../apps/web/src/messages/error-text.ts";
import { expect, languages, test } from "./fixtures.ts";
import { fillLogin, newJobForm } from "./new-job-form.ts";
import { wordsOf } from "./words.ts";

test.use({
  stackOptions: {
    name: "wizard",
    settings: { WSC_BUDGET_PER_DAY: "0", WSC_BUDGET_PER_USER_HOUR: "0" },
  },
});

const light = { language: "en", theme: "light" } as const;
const en = wordsOf("en");
const { create, errors, jobs, review, signIn, target: targetWords } = en;
const jobPage = /\/jobs\/\d+$/;
const stepLink = (page: Page, step: keyof typeof create.stepNames) =>
  page.getByRole("navigation", { name: create.steps }).getByRole("link", { name: new RegExp(create.stepNames[step]) });

test.beforeEach(async ({ showOnly, emulator }) => {
  await showOnly([]);
  emulator.changeSettings({ paceMs: 60_000 });
});

/** Counts what a person does on a page: presses of the pointer, and of keys. */
async function countActs(page: Page): Promise<{ clicks(): Promise<number>; keys(): Promise<number> }> {
  await page.evaluate(() => {
    const counts = { clicks: 0, keys: 0 };
    addEventListener("pointerdown", () => (counts.clicks += 1), true);
    addEventListener("keydown", ({ key }) => (counts.keys += key === "Control" ? 0 : 1), true);
    Object.assign(globalThis, { counts });
  });
  const read = (name: "clicks" | "keys"): Promise<number> =>
    page.evaluate((of) => (globalThis as unknown as { counts: Record<string, number> }).counts[of] ?? 0, name);
  return { clicks: () => read("clicks"), keys: () => read("keys") };
}

test("a target that was scanned before is scanned again with three clicks, everything but secrets filled in", async ({
  page,
  visit,
  stack,
  showOnly,
}) => {
  const target = stack.demoSite.origin;
  const { host } = new URL(target);
  const [first = ""] = await showOnly([{ startUrl: target, status: 4, memo: "quarterly" }]);
  await visit("/jobs", light);
  const again = page.getByRole("link", { name: jobs.rescanOf(host) });
  await again.waitFor();
  const acts = await countActs(page);
  await again.click();
  const form = newJobForm(page, en);
  await expect(page.getByRole("heading", { level: 1, name: create.rescanTitle(host) })).toBeVisible();
  await expect(page.getByText(review.used("0", "3"))).toBeVisible();
  await form.consent.click();
  await form.start(target).click();
  await expect(page).toHaveURL(jobPage);
  expect(page.url()).not.toContain(first);
  expect(await acts.clicks()).toBe(3);
  expect(await acts.keys()).toBe(0);
});

test("a new target takes four clicks beside the typing", async ({ page, visit, stack, emulator }) => {
  const target = stack.demoSite.origin;
  await visit("/jobs", light);
  const opener = page.getByRole("link", { name: jobs.newJob, exact: true }).first();
  await opener.waitFor();
  const acts = await countActs(page);
  await opener.click();
  const form = newJobForm(page, en);
  // The page may be gone to with the first key: nothing has to be clicked before.
  await form.startUrl.pressSequentially(target);
  await form.toReview.click();
  await form.consent.click();
  await form.start(target).click();
  await expect(page).toHaveURL(jobPage);
  expect(await acts.clicks()).toBeLessThanOrEqual(4);
  expect(emulator.requests().filter(({ operation }) => operation === "createJob")).toHaveLength(1);
});

test("back and forward walk the steps, with everything typed and nothing of it in the address", async ({
  page,
  visit,
}) => {
  await visit("/jobs/new", light);
  const form = newJobForm(page, en);
  const typed = "https://walk.example.com/";
  const heading = (name: string) => page.getByRole("heading", { name, exact: true });
  const urls = new Set<string>();
  page.on("framenavigated", () => urls.add(page.url()));
  await form.startUrl.fill(typed);
  await form.next.click();
  await page.getByRole("radio", { name: create.signInHeaders }).check();
  await page.getByLabel(create.headerValue(1)).fill("SID=walk-canary");
  await form.next.click();
  await expect(heading(create.stepNames.checks)).toBeVisible();
  await page.goBack();
  await expect(heading(create.stepNames.signin)).toBeFocused();
  await expect(page.getByLabel(create.headerValue(1))).toHaveValue("SID=walk-canary");
  await page.goBack();
  await expect(form.startUrl).toHaveValue(typed);
  await page.goForward();
  await page.goForward();
  await expect(heading(create.stepNames.checks)).toBeVisible();
  await expect(stepLink(page, "target")).toContainText(create.stepStates.done);
  await expect(stepLink(page, "signin")).toContainText(create.stepStates.done);
  await expect(stepLink(page, "checks")).toContainText(create.stepStates.optional);
  expect([...urls, page.url()].filter((url) => /walk/.test(decodeURIComponent(url)))).toEqual([]);
});

test("what was typed is there again on the next visit, without secrets and agreements, until somebody starts over", async ({
  page,
  visit,
  ask,
}) => {
  await visit("/jobs/new", light);
  const form = newJobForm(page, en);
  await form.startUrl.fill("https://draft.example.com/");
  await form.next.click();
  await page.getByRole("radio", { name: create.signInHeaders }).check();
  await page.getByLabel(create.headerValue(1)).fill("SID=draft-canary");
  await page.getByRole("link", { name: en.shell.product }).click();
  const dialog = page.getByRole("dialog", { name: create.leaveTitle });
  await expect(dialog).toContainText(create.leaveSecretsText);
  await dialog.getByRole("button", { name: create.leave, exact: true }).click();
  await expect(page).toHaveURL(/\/jobs$/);
  const kept = async () => ((await ask("/api/drafts")).body as { kept: { draft: Draft } | null }).kept;
  await expect.poll(async () => (await kept())?.draft.startUrl).toBe("https://draft.example.com/");
  expect(JSON.stringify(await kept())).not.toContain("draft-canary");

  await page.getByRole("link", { name: jobs.newJob, exact: true }).first().click();
  await expect(form.startUrl).toHaveValue("https://draft.example.com/");
  const note = page.getByText(/^Draft of /);
  await expect(note).toBeVisible();
  await stepLink(page, "signin").click();
  await expect(page.getByRole("radio", { name: create.signInHeaders })).toBeChecked();
  await expect(page.getByLabel(create.headerValue(1))).toHaveValue("");
  // A form without secrets is left without a question.
  await page.getByRole("link", { name: en.shell.product }).click();
  await expect(page).toHaveURL(/\/jobs$/);

  await page.goto("/jobs/new");
  await page.getByRole("button", { name: create.startOver }).click();
  await expect(form.startUrl).toHaveValue("");
  await expect(note).toHaveCount(0);
  await expect.poll(kept).toBeNull();
});

test("a job with a login form reports what only members see, and no value of it stays in the browser", async ({
  page,
  visit,
  stack,
  emulator,
}) => {
  test.setTimeout(90_000);
  emulator.changeSettings({ paceMs: 100 });
  const { origin } = stack.demoSite;
  const isMembersOnly = (path: string): boolean => path.startsWith("/account");
  const [hidden] = stack.demoSite.weaknesses("member").filter(({ path }) => isMembersOnly(path));
  await visit("/jobs/new", light);
  const form = newJobForm(page, en);
  await form.startUrl.fill(origin);
  await form.next.click();
  await fillLogin(page, en, origin);
  await page.getByRole("button", { name: signIn.test }).click();
  const seen = page.getByRole("region", { name: signIn.test });
  await expect(seen).toContainText(`${origin}/account`);
  await expect(seen).toContainText("boat_session");
  // The page greets by name, and the part of it that is the typed ID is masked.
  await expect(seen).toContainText("Signed in as [REDACTED] Sailor");
  await expect(seen).not.toContainText(demoMember.password);
  await form.toReview.click();
  await expect(page.getByText(signIn.formHidden)).toBeVisible();
  await form.consent.check();
  await form.start(origin).click();
  const report = page.getByRole("link", { name: jobs.openReport, exact: true });
  await expect(report).toBeVisible({ timeout: 45_000 });
  const left = await page.evaluate(() =>
    [
      document.documentElement.outerHTML,
      JSON.stringify(localStorage),
      JSON.stringify(sessionStorage),
      location.href,
      JSON.stringify(history.state),
    ].join("\n"),
  );
  expect(left).not.toContain(demoMember.password);
  await report.click();
  await expect(
    page
      .getByRole("article")
      .filter({ hasText: `${origin}${hidden?.path}` })
      .first(),
  ).toBeVisible();
});

for (const language of languages) {
  test(`a sign-in that fails is told at its field, offers another way, and is forgotten once it is corrected (${language})`, async ({
    page,
    visit,
    stack,
    allowStatuses,
  }) => {
    allowStatuses(422);
    const words = wordsOf(language);
    const { origin } = stack.demoSite;
    await visit("/jobs/new", { language, theme: "dark" });
    const form = newJobForm(page, words);
    await form.startUrl.fill(origin);
    await form.next.click();
    await fillLogin(page, words, origin, "wrong-canary-5");
    await page.getByRole("button", { name: words.signIn.test }).click();
    const way = page.getByRole("group", { name: words.create.signInKind, exact: true });
    await expect(way).toHaveAccessibleDescription(fieldTextOf(words, "160351"));
    await expect(page.getByRole("alert")).toContainText(words.errors["160351"].title);
    const other = page.getByRole("button", { name: words.signIn.useHeaders });
    await expect(other).toBeVisible();
    await page.getByLabel(words.signIn.passwordValue, { exact: false }).last().fill("another-canary-5");
    await expect(way).not.toHaveAccessibleDescription(fieldTextOf(words, "160351"));
    await expect(other).toHaveCount(0);
    await expect(page.getByRole("alert")).toHaveCount(0);
  });
}

test("names that no form has are refused with the characters that are in the way", async ({ page, visit, stack }) => {
  await visit("/jobs/new?step=signin", light);
  await fillLogin(page, en, stack.demoSite.origin);
  const name = page.getByLabel(signIn.idParam);
  await name.fill("user name=1");
  await name.blur();
  await expect(name).toHaveAccessibleDescription(new RegExp(RegExp.escape(errors["160332"].title)));
  await expect(page.getByText(signIn.notAllowed("\u2423 ="))).toBeVisible();
  const action = page.getByLabel(signIn.actionUrl);
  await action.fill("shop.example.com/login");
  await action.blur();
  await expect(action).toHaveAccessibleDescription(new RegExp(RegExp.escape(errors["160331"].title)));
  await page.getByRole("button", { name: create.addHttps }).last().click();
  await expect(action).toHaveValue("https://shop.example.com/login");
  await expect(action).not.toHaveAttribute("aria-invalid", "true");
});

test("a server of another company needs its agreement and its file, and its settings can be taken to the console", async ({
  page,
  context,
  visit,
  stack,
  emulator,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { origin } = stack.demoSite;
  await visit("/jobs/new", light);
  const form = newJobForm(page, en);
  await form.startUrl.fill(origin);
  await page.getByRole("radio", { name: targetWords.managed }).check();
  await form.next.click();
  const agreement = page.getByRole("checkbox", { name: targetWords.managedConsentText });
  await expect(agreement).toHaveAccessibleDescription(new RegExp(RegExp.escape(errors["160456"].title)));
  await expect(page.getByRole("alert")).toBeFocused();
  await agreement.check();
  await expect(page.getByRole("alert")).toHaveCount(0);
  await page.getByRole("button", { name: targetWords.getFile }).click();
  await expect(page.getByText(targetWords.notVerified)).toBeVisible();
  const file = page.getByRole("link", { name: /^Download / });
  const download = page.waitForEvent("download");
  await file.click();
  expect((await download).suggestedFilename()).toMatch(/^[\w.-]+$/);
  await expect(page.getByText(targetWords.found.missing).first()).toBeVisible();

  await form.next.click();
  await page.getByRole("radio", { name: create.signInHeaders }).check();
  await page.getByLabel(create.headerValue(1)).fill("SID=console-canary");
  await form.toReview.click();
  await page.getByRole("button", { name: targetWords.copySettings }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain(origin);
  expect(copied).toContain("Cookie");
  expect(copied).not.toContain("console-canary");
  await page.getByText(review.exact).click();
  await page.getByRole("button", { name: review.copyCurl }).click();
  const command = await page.evaluate(() => navigator.clipboard.readText());
  expect(command).toContain("curl --request PUT");
  expect(command).not.toContain("console-canary");
  await expect(page.getByRole("button", { name: review.sendAnyway(new URL(origin).host) })).toBeVisible();
  expect(emulator.requests().filter(({ operation }) => operation === "createJob")).toEqual([]);
});

for (const [code, remedy, step] of [
  ["160451", targetWords.handOver, "target"],
  ["160455", review.newAnyway, "target"],
  ["160433", review.refreshCatalogue, "checks"],
] as const) {
  test(`${code} leads back to its step, with a way on`, async ({ page, visit, stack, showOnly, emulator }) => {
    const target = stack.demoSite.origin;
    const [instanceNo] = await showOnly([{ startUrl: target, status: 4 }]);
    emulator.addFault({ operation: "createJob", effect: { kind: "service-error", code } });
    await visit(`/jobs/new?from=${instanceNo}&step=review`, light);
    const form = newJobForm(page, en);
    await form.consent.check();
    await form.start(target).click();
    await page.getByRole("button", { name: create.backToStep(create.stepNames[step]) }).click();
    await expect(page.getByRole("alert")).toContainText(errors[code].title);
    await expect(page.getByRole("alert")).toBeFocused();
    await expect(page.getByText(remedy, { exact: true }).first()).toBeVisible();
    await expect(stepLink(page, step)).toContainText(create.stepStates.errors);
  });
}
