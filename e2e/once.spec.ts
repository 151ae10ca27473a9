import type { Locator } from "@playwright/test";
import { isSettled, type Submission } from "@wsc-dashboard/wsc-core";
import type { EmulatorControl } from "@wsc-dashboard/wsc-emulator";
import { expect, test } from "./fixtures.ts";
import { moveTo } from "./move-to.ts";
import { newJobForm } from "./new-job-form.ts";
import { wordsOf } from "./words.ts";

// The gateway holds a call back until the test lets it go, however long that takes.
test.use({ stackOptions: { name: "once", settings: { WSC_UPSTREAM_TIMEOUT_MS: "600000" } } });
const held = { operation: "createJob", effect: { kind: "latency", ms: 600_000 } } as const;

const words = wordsOf("en");
const { create, jobs } = words;
const look = { language: "en", theme: "light" } as const;
const jobPage = /\/jobs\/\d+$/;
const created = (emulator: EmulatorControl) =>
  emulator.requests().filter(({ operation }) => operation === "createJob").length;

type Ask = (path: string) => Promise<{ readonly body: unknown }>;

/** What is still open would look for its job in the next test's account, and hold back its target there. */
async function untilSettled(ask: Ask): Promise<void> {
  const areSettled = async (): Promise<boolean> => {
    const { submissions } = (await ask("/api/submissions")).body as { submissions: Submission[] };
    return submissions.every(({ state }) => isSettled(state));
  };
  await expect.poll(areSettled).toBe(true);
}

/** Fails unless everything that was asked for has ended and the upstream has seen this many createJobs. */
async function expectCreated(count: number, emulator: EmulatorControl, ask: Ask): Promise<void> {
  await untilSettled(ask);
  expect(created(emulator)).toBe(count);
}

test.beforeEach(async ({ showOnly, emulator }) => {
  await showOnly([]);
  emulator.changeSettings({ paceMs: 60_000 });
});

const repeatedStarts: Readonly<Record<string, (start: Locator) => Promise<void>>> = {
  "a double click": (start) => start.dblclick(),
  "ten simultaneous clicks": (start) =>
    start.evaluate((button: HTMLButtonElement) => {
      for (let click = 0; click < 10; click += 1) button.click();
    }),
  ...Object.fromEntries(
    ["Enter", "Space", "Control+Enter"].map((key) => [
      `${key} pressed twice`,
      async (start: Locator) => {
        await start.focus();
        await start.page().keyboard.press(key);
        await start.page().keyboard.press(key);
      },
    ]),
  ),
};

test("a double click, ten clicks at once and a key pressed twice create one job each", async ({
  page,
  visit,
  stack,
  emulator,
  ask,
  showOnly,
}) => {
  const target = stack.demoSite.origin;
  const form = newJobForm(page, words);
  await visit("/jobs/new", look);
  for (const [name, startTwice] of Object.entries(repeatedStarts)) {
    await test.step(name, async () => {
      // A page about a job would ask for it once more.
      await moveTo(page, "/jobs/new");
      await expect(form.startUrl).toHaveValue("");
      await showOnly([]);
      emulator.clearRequests();
      await form.fill(target);
      await startTwice(form.start(target));
      await expect(page).toHaveURL(jobPage);
      await expectCreated(1, emulator, ask);
    });
  }
});

test("reloading during sending shows the outcome and sends nothing more", async ({
  page,
  visit,
  stack,
  emulator,
  ask,
}) => {
  const target = stack.demoSite.origin;
  const form = newJobForm(page, words);
  emulator.addFault(held);
  await visit("/jobs/new", look);
  await form.fill(target);
  await form.start(target).click();
  await expect(page).toHaveURL(/submission=/);
  await expect(page.getByRole("heading", { name: create.sendingTitle })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("heading", { name: create.sendingTitle })).toBeVisible();
  emulator.clearFaults();
  await expect(page).toHaveURL(jobPage);
  await expectCreated(1, emulator, ask);
});

test("reloading at the moment of the click creates one job or none, and the form is empty", async ({
  page,
  visit,
  stack,
  emulator,
  ask,
}) => {
  const target = stack.demoSite.origin;
  const form = newJobForm(page, words);
  await visit("/jobs/new", look);
  await form.fill(target);
  await form.start(target).evaluate((button: HTMLButtonElement) => {
    button.click();
    location.reload();
  });
  await page.waitForLoadState();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.goto("/jobs/new");
  await expect(form.startUrl).toHaveValue("");
  await untilSettled(ask);
  expect(created(emulator)).toBeLessThanOrEqual(1);
});

test("a lost response, a reload and another click create one job", async ({
  page,
  visit,
  stack,
  emulator,
  ask,
  allowConsole,
}) => {
  allowConsole(/net::ERR_FAILED/);
  const target = stack.demoSite.origin;
  const form = newJobForm(page, words);
  await visit("/jobs/new", look);
  await form.fill(target);
  await page.route(
    "**/api/jobs",
    async (route) => {
      if (route.request().method() === "POST") await route.fetch();
      await route.abort();
    },
    { times: 1 },
  );
  await form.start(target).click();
  await expect(page.getByRole("alert")).toContainText(words.errors.DASHBOARD_UNREACHABLE.title);
  // A new page in the same tab, as after a reload, and without the question whether to leave.
  await page.goto("/jobs/new", { waitUntil: "commit" });
  await form.fill(target);
  await form.start(target).click();
  await expect(page).toHaveURL(jobPage);
  await expectCreated(1, emulator, ask);
});

test("the back button leads to a form marked as sent, and sends nothing", async ({
  page,
  visit,
  stack,
  emulator,
  ask,
}) => {
  const target = stack.demoSite.origin;
  const form = newJobForm(page, words);
  emulator.addFault(held);
  await visit("/jobs/new", look);
  await form.fill(target);
  await form.start(target).click();
  await expect(page).toHaveURL(/submission=/);
  await page.goBack();
  await expect(page.getByRole("heading", { name: create.sentTitle })).toBeVisible();
  await expect(form.start(target)).toBeHidden();
  await page.keyboard.press("Control+Enter");
  await page.getByRole("link", { name: create.seeOutcome }).click();
  emulator.clearFaults();
  await expect(page).toHaveURL(jobPage);
  await expectCreated(1, emulator, ask);
});

test("a second tab with the same URL shows the submission and sends nothing", async ({
  page,
  context,
  visit,
  stack,
  emulator,
  ask,
}) => {
  const target = stack.demoSite.origin;
  const form = newJobForm(page, words);
  emulator.addFault(held);
  await visit("/jobs/new", look);
  await form.fill(target);
  await form.start(target).click();
  await expect(page).toHaveURL(/submission=/);
  const second = await context.newPage();
  await second.goto(page.url());
  await expect(second.getByRole("heading", { name: create.sendingTitle })).toBeVisible();
  emulator.clearFaults();
  await expect(page).toHaveURL(jobPage);
  await expect(second).toHaveURL(page.url());
  await expectCreated(1, emulator, ask);
});

test("two tabs with a form each send one createJob, and the second reports the waiting job", async ({
  page,
  context,
  visit,
  stack,
  emulator,
  ask,
  endSubmissions,
}) => {
  const target = stack.demoSite.origin;
  const other = await context.newPage();
  await visit("/jobs/new", look);
  await other.goto("/jobs/new");
  await newJobForm(page, words).fill(target);
  await newJobForm(other, words).fill(target);
  await newJobForm(page, words).start(target).click();
  await newJobForm(other, words).start(target).click();
  await expect(page).toHaveURL(jobPage);
  await expect(other.getByRole("main")).toContainText(words.errors["160453"].title);
  await expect(other.getByRole("heading", { name: create.retryWaitTitle })).toBeVisible();
  await endSubmissions();
  await expectCreated(2, emulator, ask);
  expect(emulator.requests().filter(({ operation, code }) => operation === "createJob" && code === "0")).toHaveLength(
    1,
  );
});

test("going back and forward after a job was created sends nothing again", async ({
  page,
  visit,
  stack,
  emulator,
  ask,
}) => {
  const target = stack.demoSite.origin;
  const form = newJobForm(page, words);
  await visit("/jobs", look);
  await page.getByRole("link", { name: jobs.newJob, exact: true }).first().click();
  await form.fill(target);
  await form.start(target).click();
  await expect(page).toHaveURL(jobPage);
  const job = page.url();
  await page.goBack();
  await expect(page).not.toHaveURL(job);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.goForward();
  await expect(page).toHaveURL(job);
  await page.goBack();
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expectCreated(1, emulator, ask);
});

test("a refused form can be corrected and sent again, with one createJob per click", async ({
  page,
  visit,
  stack,
  emulator,
  ask,
}) => {
  const target = stack.demoSite.origin;
  const form = newJobForm(page, words);
  emulator.addFault({ operation: "createJob", effect: { kind: "service-error", code: "169201" } });
  await visit("/jobs/new", look);
  await form.fill(target);
  await form.start(target).click();
  await page.getByRole("button", { name: create.backToForm }).click();
  await expectCreated(1, emulator, ask);
  await expect(form.consent).not.toBeChecked();
  await form.consent.check();
  await form.start(target).click();
  await expect(page).toHaveURL(jobPage);
  await expectCreated(2, emulator, ask);
});

test("without consent nothing is sent, and the error summary and the focused field report it", async ({
  page,
  visit,
  stack,
  emulator,
  ask,
}) => {
  const target = stack.demoSite.origin;
  const form = newJobForm(page, words);
  const { title } = words.errors.CONSENT_REQUIRED;
  await visit("/jobs/new", look);
  await form.startUrl.fill(target);
  await form.toReview.click();
  await form.start(target).click();
  await expect(page.getByRole("alert")).toContainText(title);
  await expect(form.consent).toBeFocused();
  await expect(form.consent).toHaveAccessibleDescription(new RegExp(RegExp.escape(title)));
  await expectCreated(0, emulator, ask);
  // Corrected, the same form goes out.
  await form.consent.check();
  await form.start(target).click();
  await expect(page).toHaveURL(jobPage);
  await expectCreated(1, emulator, ask);
});
