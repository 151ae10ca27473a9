import type { BrowserContext, Page } from "@playwright/test";
import type { Draft } from "@wsc-dashboard/wsc-core";
import { demoMember, demoSignInForm, type JobSeed } from "@wsc-dashboard/wsc-emulator";
import { fieldTextOf } from "../apps/web/src/messages/error-text.ts";
import { expect, test } from "./fixtures.ts";
import { moveTo } from "./move-to.ts";
import { fillLogin, newJobForm } from "./new-job-form.ts";
import { startOwnServer } from "./own-server.ts";
import { formatsOf, wordsOf } from "./words.ts";

test.use({
  stackOptions: {
    name: "wizard",
    settings: { WSC_BUDGET_PER_DAY: "0", WSC_BUDGET_PER_USER_HOUR: "0" },
  },
});

// The last file of all: its tests are shared by the workers, so that none of them is left idle.
test.describe.configure({ mode: "parallel" });

const light = { language: "en", theme: "light" } as const;
const en = wordsOf("en");
const { create, errors, jobs, review, signIn, target: targetWords } = en;
const jobPage = /\/jobs\/\d+$/;
const stepLink = (page: Page, step: keyof typeof create.stepNames) =>
  page.getByRole("navigation", { name: create.steps }).getByRole("link", { name: new RegExp(create.stepNames[step]) });

let foreignNo = 1_000;
/** A finished job of somebody else: with a number that no job of this dashboard ever had, though the account begins anew. */
function foreignJob(startUrl: string, change: Partial<JobSeed> = {}): JobSeed {
  foreignNo += 1;
  return { instanceNo: String(foreignNo), startUrl, status: 4, ...change };
}

test.beforeEach(async ({ showOnly, emulator }) => {
  await showOnly([]);
  emulator.changeSettings({ paceMs: 60_000 });
});

/** Counts from now on what a person does on a page: presses of the pointer, and of keys. */
async function countActs(page: Page): Promise<{ clicks(): Promise<number>; keys(): Promise<number> }> {
  await page.evaluate(() => {
    const counts = { clicks: 0, keys: 0 };
    if (!("counts" in globalThis)) {
      const counted = (): typeof counts => (globalThis as unknown as { counts: typeof counts }).counts;
      addEventListener("pointerdown", () => (counted().clicks += 1), true);
      addEventListener("keydown", ({ key }) => (counted().keys += key === "Control" ? 0 : 1), true);
    }
    Object.assign(globalThis, { counts });
  });
  const read = (name: "clicks" | "keys"): Promise<number> =>
    page.evaluate((of) => (globalThis as unknown as { counts: Record<string, number> }).counts[of] ?? 0, name);
  return { clicks: () => read("clicks"), keys: () => read("keys") };
}

test("a known target is scanned again with three clicks or five key actions, and a new one takes four clicks besides typing", async ({
  page,
  visit,
  stack,
  showOnly,
  emulator,
}) => {
  const target = stack.demoSite.origin;
  const { host } = new URL(target);
  const form = newJobForm(page, en);
  const creates = () => emulator.requests().filter(({ operation }) => operation === "createJob");
  /** The list of an account that holds one finished job of the target; a page about a job would ask for it once more. */
  const showKnown = async (): Promise<string> => {
    const [known = ""] = await showOnly([foreignJob(target, { memo: "quarterly" })]);
    // A job of somebody else reaches an idle list within a minute; the button asks at once.
    await page.getByRole("button", { name: jobs.refresh, exact: true }).click();
    await expect(page.getByRole("row").filter({ hasText: known })).toBeVisible();
    emulator.clearRequests();
    return known;
  };
  await visit("/jobs", light);
  await test.step("three clicks, with everything prefilled except secrets", async () => {
    const known = await showKnown();
    const acts = await countActs(page);
    await page.getByRole("link", { name: jobs.rescanOf(host) }).click();
    await expect(page.getByRole("heading", { level: 1, name: create.rescanTitle(host) })).toBeVisible();
    await expect(page.getByText(review.used("0", "3"))).toBeVisible();
    await form.consent.click();
    await form.start(target).click();
    await expect(page).toHaveURL(jobPage);
    expect(page.url()).not.toContain(known);
    expect(await acts.clicks()).toBe(3);
    expect(await acts.keys()).toBe(0);
  });
  await test.step("five key actions, none of them a bare Enter", async () => {
    await moveTo(page, "/jobs");
    await expect(page.getByRole("heading", { level: 1, name: jobs.title })).toBeVisible();
    await showKnown();
    const acts = await countActs(page);
    await page.keyboard.press("j");
    await page.keyboard.press("r");
    await expect(page.getByRole("heading", { name: create.review })).toBeFocused();
    // With nothing else missing the way to the start leads over the agreement.
    await page.keyboard.press("Control+Enter");
    await expect(form.consent).toBeFocused();
    await expect(form.consent).toHaveAccessibleDescription(new RegExp(RegExp.escape(errors.CONSENT_REQUIRED.title)));
    await page.keyboard.press("Space");
    expect(creates()).toEqual([]);
    await page.keyboard.press("Control+Enter");
    await expect(page).toHaveURL(jobPage);
    expect(await acts.keys()).toBeLessThanOrEqual(5);
    expect(await acts.clicks()).toBe(0);
  });
  await test.step("four clicks besides typing", async () => {
    await moveTo(page, "/jobs");
    await expect(page.getByRole("heading", { level: 1, name: jobs.title })).toBeVisible();
    await showOnly([]);
    emulator.clearRequests();
    const acts = await countActs(page);
    await page.getByRole("link", { name: jobs.newJob, exact: true }).first().click();
    // The page may be gone to with the first key: nothing has to be clicked before.
    await form.startUrl.pressSequentially(target);
    await form.toReview.click();
    await form.consent.click();
    await form.start(target).click();
    await expect(page).toHaveURL(jobPage);
    expect(await acts.clicks()).toBeLessThanOrEqual(4);
    expect(creates()).toHaveLength(1);
  });
});

test("a re-scan has all values of the earlier request except secrets, and names unknown values", async ({
  page,
  visit,
  stack,
  ask,
  emulator,
  addJobs,
}) => {
  emulator.changeSettings({ paceMs: 0 });
  const { origin } = stack.demoSite;
  await visit("/jobs/new", light);
  const form = newJobForm(page, en);
  await form.startUrl.fill(origin);
  await page.getByLabel(create.excludeUrls).fill(`${origin}/search`);
  await form.next.click();
  await fillLogin(page, en, origin);
  await form.advanceTo("checks", "signin");
  await page.getByRole("radio", { name: create.checksChosen }).check();
  await page.getByRole("checkbox", { name: "LFI" }).check();
  await page.getByRole("radio", { name: create.userAgentWords.Android }).check();
  await page.getByRole("radio", { name: create.speedWords["3"].name, exact: true }).check();
  await page.getByLabel(create.memo, { exact: true }).fill("점검 일지");
  await form.toReview.click();
  await form.consent.check();
  await form.start(origin).click();
  await expect(page.getByRole("link", { name: jobs.openReport, exact: true })).toBeVisible();
  const [, instanceNo = ""] = /\/jobs\/(\d+)/.exec(page.url()) ?? [];

  await moveTo(page, `/jobs/new?from=${instanceNo}&step=review`);
  await expect(page.getByText(create.prefilled.submission)).toBeVisible();
  await expect(page.getByText(create.prefillSecrets)).toBeVisible();
  const told = (text: string) => page.getByRole("definition").filter({ hasText: text });
  for (const text of [
    `${origin}/search`,
    "LFI",
    create.userAgentWords.Android,
    create.speedWords["3"].name,
    "점검 일지",
  ])
    await expect(told(text)).toBeVisible();
  await expect(told(signIn.formOpen)).toBeVisible();
  await form.start(origin).click();
  const summary = page.getByRole("alert");
  await expect(summary).toBeFocused();
  await expect(summary).toContainText(signIn.passwordValue);
  await summary.getByRole("button", { name: signIn.passwordValue }).click();
  await expect(page.getByLabel(signIn.idParam)).toHaveValue(demoSignInForm.idParameter);
  await expect(page.getByLabel(signIn.actionUrl, { exact: false }).first()).toHaveValue(
    `${origin}${demoSignInForm.action}`,
  );
  expect(JSON.stringify(await ask(`/api/jobs/${instanceNo}/settings`))).not.toContain(demoMember.password);

  // Somebody else's job: what its report tells, and what it does not.
  const [foreign] = await addJobs([foreignJob(origin, { excludeUrls: [`${origin}/cart`], items: ["XSS"] })]);
  await visit(`/jobs/new?from=${foreign}`, light);
  await expect(page.getByText(create.prefilled.report)).toBeVisible();
  await expect(page.getByText(create.prefillUnknown([targetWords.hosting, create.speed].join(" · ")))).toBeVisible();
  await expect(page.getByLabel(create.excludeUrls)).toHaveValue(`${origin}/cart`);
  await expect(form.startUrl).not.toBeEditable();
  await expect(page.getByText(create.rescanLocked)).toBeVisible();

  // A new job of the host begins with all checks; those of the latest job are offered.
  await visit("/jobs/new", light);
  await form.startUrl.fill(`${origin}/shop`);
  await form.advanceTo("checks");
  await expect(page.getByRole("radio", { name: create.checksAll })).toBeChecked();
  const take = page.getByRole("button", { name: create.takeEarlierChecks });
  await take.click();
  await expect(page.getByRole("checkbox", { name: "XSS", exact: true })).toBeChecked();
  await expect(page.getByRole("checkbox", { name: "LFI" })).not.toBeChecked();
  await expect(take).toHaveCount(0);
  await expect(page.getByRole("group", { name: create.checks, exact: true })).toBeFocused();
});

test("a refused request is prefilled again after a reload, to be corrected and sent once more", async ({
  page,
  visit,
  stack,
  emulator,
  addJobs,
}) => {
  const { origin } = stack.demoSite;
  const [instanceNo] = await addJobs([foreignJob(origin, { memo: "of the job before" })]);
  emulator.addFault({ operation: "createJob", effect: { kind: "service-error", code: "160433" } });
  await visit(`/jobs/new?from=${instanceNo}`, light);
  const form = newJobForm(page, en);
  await page.getByLabel(create.excludeUrls).fill(`${origin}/logout`);
  await form.advanceTo("checks");
  await page.getByLabel(create.memo, { exact: true }).fill("kept over the reload");
  await form.advanceTo("review", "checks");
  await form.consent.check();
  await form.start(origin).click();
  const back = page.getByRole("button", { name: create.backToStep(create.stepNames.checks) });
  await back.waitFor();
  await page.reload();
  await back.click();
  await expect(page.getByRole("alert")).toBeFocused();
  await expect(page.getByRole("alert")).toContainText(errors["160433"].title);
  await expect(page.getByLabel(create.memo, { exact: true })).toHaveValue("kept over the reload");
  await page.getByRole("radio", { name: create.userAgentWords.iPhone }).check();
  await form.toReview.click();
  await expect(page.getByRole("definition").filter({ hasText: `${origin}/logout` })).toBeVisible();
  await form.consent.check();
  await form.start(origin).click();
  await expect(page).toHaveURL(jobPage);
  const bodies = emulator.requests().filter(({ operation }) => operation === "createJob");
  expect(bodies.map(({ body }) => body)).toMatchObject([
    { UserAgent: "PC Chrome", MasterInstanceNo: instanceNo },
    { UserAgent: "iPhone", MasterInstanceNo: instanceNo },
  ]);
});

test("back and forward move between steps, keeping typed values, without them in the URL; invalid parameter names are refused with the offending characters", async ({
  page,
  visit,
  stack,
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

  await stepLink(page, "signin").click();
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

test("typed values are restored on the next visit, without secrets and consents, until starting over", async ({
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
  await page.getByRole("banner").getByRole("link", { name: jobs.title, exact: true }).click();
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
  await page.getByRole("banner").getByRole("link", { name: jobs.title, exact: true }).click();
  await expect(page).toHaveURL(/\/jobs$/);

  await page.goto("/jobs/new");
  await page.getByRole("button", { name: create.startOver }).click();
  await expect(form.startUrl).toHaveValue("");
  await expect(note).toHaveCount(0);
  await expect.poll(kept).toBeNull();
});

test("a job with a login form reports members' pages, and no credential stays in the browser", async ({
  page,
  visit,
  stack,
  emulator,
}) => {
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
  // The short ID "demo" is masked as it was typed, not inside other words.
  await expect(seen).toContainText("Signed in as Demo Sailor");
  await expect(seen).not.toContainText(demoMember.password);
  await form.advanceTo("checks", "signin");
  await chooseOneCheck(page);
  await form.toReview.click();
  await expect(page.getByText(signIn.formHidden)).toBeVisible();
  await form.consent.check();
  await form.start(origin).click();
  const report = page.getByRole("link", { name: jobs.openReport, exact: true });
  await expect(report).toBeVisible();
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

/** Signs in as a browser would, with the form's hidden token, and takes the cookie along. */
async function memberCookie(context: BrowserContext, origin: string): Promise<string> {
  const visitor = await context.browser()?.newContext();
  if (visitor === undefined) throw new Error("no browser");
  const page = await visitor.newPage();
  await page.goto(`${origin}${demoSignInForm.page}`);
  await page.getByLabel("Member").fill(demoMember.id);
  await page.getByLabel("Password").fill(demoMember.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(/\/account/);
  const cookies = await visitor.cookies(origin);
  await visitor.close();
  return cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
}

/** Everything else on the site would only take longer. */
async function chooseOneCheck(page: Page): Promise<void> {
  await page.getByRole("radio", { name: create.checksChosen }).check();
  await page.getByRole("checkbox", { name: "SQL Injection" }).check();
}

const orders = (page: Page, origin: string) =>
  page
    .getByRole("article")
    .filter({ hasText: `${origin}/account/orders` })
    .first();

test("a job with a member's cookie reports members' pages", async ({ page, context, visit, stack, emulator }) => {
  emulator.changeSettings({ paceMs: 0 });
  const { origin } = stack.demoSite;
  const cookie = await memberCookie(context, origin);
  await visit("/jobs/new", light);
  const form = newJobForm(page, en);
  await form.startUrl.fill(origin);
  await form.next.click();
  await page.getByRole("radio", { name: create.signInHeaders }).check();
  await page.getByLabel(create.headerValue(1)).fill(cookie);
  await form.advanceTo("checks", "signin");
  await chooseOneCheck(page);
  await form.toReview.click();
  await form.consent.check();
  await form.start(origin).click();
  const report = page.getByRole("link", { name: jobs.openReport, exact: true });
  await expect(report).toBeVisible();
  await report.click();
  await expect(orders(page, origin)).toBeVisible();
  const said = await page.content();
  expect(said).not.toContain(cookie.split("=")[1] ?? cookie);
});

test("a failed sign-in is shown at its field with an alternative, and disappears when corrected", async ({
  page,
  visit,
  stack,
  allowStatuses,
}) => {
  const language = "ja";
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

test("a server of another company needs consent and the ownership file, and its settings can be handed over to the console", async ({
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

test("without the ownership file a job is refused at that choice, and accepted with it", async ({
  page,
  visit,
  emulator,
  allowStatuses,
}) => {
  allowStatuses(422);
  const server = await startOwnServer();
  try {
    const { origin } = server;
    const { host } = new URL(origin);
    await visit("/jobs/new", light);
    const form = newJobForm(page, en);
    await form.startUrl.fill(origin);
    await page.getByRole("radio", { name: targetWords.managed }).check();
    await page.getByRole("checkbox", { name: targetWords.managedConsentText }).check();
    await form.toReview.click();
    await form.consent.check();
    const send = page.getByRole("button", { name: review.sendAnyway(host) });
    await send.click();
    const summary = page.getByRole("alert");
    await expect(summary).toBeFocused();
    await expect(summary).toContainText(errors["160457"].title);
    await summary.getByRole("button", { name: errors["160457"].title }).click();
    await expect(page.getByRole("group", { name: targetWords.hosting, exact: true })).toBeFocused();

    await page.getByRole("button", { name: targetWords.getFile }).click();
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: /^Download / }).click();
    const file = await download;
    const stream = await file.createReadStream();
    server.place(`/.well-known/${file.suggestedFilename()}`, (await stream.toArray()).join(""));
    await page.getByRole("button", { name: targetWords.checkAgain, exact: true }).click();
    await expect(page.getByText(targetWords.verified).first()).toBeVisible();
    await expect(page.getByText(targetWords.found.match, { exact: false })).toBeVisible();
    await expect(summary).toHaveCount(0);
    await form.toReview.click();
    await send.click();
    await expect(page).toHaveURL(jobPage);
    expect(emulator.requests().filter(({ operation }) => operation === "createJob")).toHaveLength(1);
  } finally {
    await server.close();
  }
});

test("an error of the gateway leads back to its step, with a remedy", async ({
  page,
  visit,
  stack,
  showOnly,
  emulator,
}) => {
  const target = stack.demoSite.origin;
  for (const [code, remedy, step] of [
    ["160451", targetWords.handOver, "target"],
    ["160455", review.newAnyway, "target"],
    ["160433", review.refreshCatalogue, "checks"],
  ] as const) {
    await test.step(code, async () => {
      await page.goto("about:blank");
      const [instanceNo] = await showOnly([foreignJob(target)]);
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
});

// The last of this file: a gateway whose clock went ahead and came back holds back what comes next.
test("a reservation signs in when it is due, not before, and its report has members' pages", async ({
  page,
  visit,
  stack,
  ask,
  emulator,
}) => {
  emulator.changeSettings({ paceMs: 0 });
  const { origin } = stack.demoSite;
  const due = Math.floor((Date.now() + 180_000) / 60_000) * 60_000;
  await visit("/jobs/new", light);
  const form = newJobForm(page, en);
  await form.startUrl.fill(origin);
  await form.next.click();
  await fillLogin(page, en, origin);
  await form.advanceTo("checks", "signin");
  await chooseOneCheck(page);
  await form.advanceTo("when", "checks");
  await page.getByRole("radio", { name: create.whenAt }).check();
  await page.getByLabel(create.localTime).fill(new Date(due).toISOString().slice(0, 16));
  await page.getByLabel(create.zone, { exact: true }).selectOption("UTC");
  await form.advanceTo("review", "when");
  await form.consent.check();
  await page.getByRole("button", { name: create.reserve(new URL(origin).host), exact: true }).click();
  const time = formatsOf("en").bothTimes(new Date(due).toISOString(), "UTC");
  await expect(page.getByRole("heading", { name: create.reservedTitle(time) })).toBeVisible();
  expect(emulator.requests().filter(({ operation }) => operation === "createJob")).toEqual([]);
  const report = page.getByRole("link", { name: jobs.openReport, exact: true });
  try {
    // Due is due by the gateway's clock, which the dashboard reads off the gateway's answers.
    emulator.changeSettings({ clockOffsetMs: due - Date.now() + 1_000 });
    const isSent = async (): Promise<boolean> => {
      await ask("/api/jobs");
      return emulator.requests().some(({ operation }) => operation === "createJob");
    };
    await expect.poll(isSent).toBe(true);
    await page.reload();
    await expect(report).toBeVisible();
  } finally {
    emulator.changeSettings({ clockOffsetMs: 0 });
  }
  await report.click();
  await expect(orders(page, origin)).toBeVisible();
});
