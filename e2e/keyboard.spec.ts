import type { Locator, Page } from "@playwright/test";
import { helpWords } from "../apps/web/src/messages/help-words.ts";
import { hangLimitMs } from "../scripts/hang-limit.ts";
import { axeComplaints } from "./axe.ts";
import { expect, tabTo, test } from "./fixtures.ts";
import { allJobStates, jobStates, manyJobs } from "./job-states.ts";
import { moveTo } from "./move-to.ts";
import { newJobForm } from "./new-job-form.ts";
import { wordsOf } from "./words.ts";

test.use({ stackOptions: { name: "resets", settings: {} } });

const look = { language: "en", theme: "light" } as const;
const words = wordsOf("en");
const { create, jobs, report, shell } = words;
const jobPage = /\/jobs\/\d+$/;
const heading = (page: Page, name: string): Locator => page.getByRole("heading", { name, exact: true });
const pathOf = (state: keyof typeof jobStates): string => `/jobs/${jobStates[state].instanceNo}`;

/** Fails unless somebody who looks at the page sees where the focus is. */
async function expectVisibleFocus(target: Locator): Promise<void> {
  await expect(target).toBeFocused();
  // Polled: the style sheet may arrive after the page has been built.
  const isDrawn = () =>
    target.evaluate((element) => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
      return (outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2) || boxShadow !== "none";
    });
  await expect.poll(isDrawn, { message: `focus on ${target}` }).toBe(true);
}

/** Goes to an element by Tab alone and presses a key there. */
async function use(target: Locator, key: "Enter" | "Space" = "Enter"): Promise<void> {
  await expect(async () => {
    await tabTo(target);
    await expect(target).toBeFocused({ timeout: 1_000 });
  }).toPass({ timeout: hangLimitMs });
  await expectVisibleFocus(target);
  await target.page().keyboard.press(key);
}

test("a job is created by keyboard alone", async ({ page, visit, stack, showOnly, emulator }) => {
  const language = "ko";
  await showOnly([]);
  emulator.changeSettings({ paceMs: 60_000 });
  const texts = wordsOf(language);
  const form = newJobForm(page, texts);
  await visit("/jobs", { language, theme: "dark" });
  // A press of Tab before the page has its data would be lost.
  await expect(page.getByRole("link", { name: texts.jobs.newJob, exact: true }).first()).toBeVisible();
  await use(page.getByRole("link", { name: texts.shell.skipToContent }));
  await use(page.getByRole("link", { name: texts.jobs.newJob, exact: true }).first());
  await tabTo(form.startUrl);
  await page.keyboard.type(stack.demoSite.origin);
  // Enter goes to the next step, and the reading begins at its heading.
  await page.keyboard.press("Enter");
  await expect(heading(page, texts.create.stepNames.signin)).toBeFocused();
  await use(form.next);
  await expect(heading(page, texts.create.stepNames.checks)).toBeFocused();
  const speed = page.getByRole("radio", { name: texts.create.speedWords["1"].name, exact: true });
  await tabTo(speed);
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("radio", { name: texts.create.speedWords["2"].name, exact: true })).toBeChecked();
  await page.keyboard.press("Enter");
  await expect(heading(page, texts.create.stepNames.when)).toBeFocused();
  // From any step straight to the agreement.
  await page.keyboard.press("Control+Enter");
  await expect(form.consent).toBeFocused();
  await page.keyboard.press("Space");
  await expect(form.consent).toBeChecked();
  await use(form.start(stack.demoSite.origin));
  await expect(page).toHaveURL(jobPage);
  const [sent] = emulator.requests().filter(({ operation }) => operation === "createJob");
  expect(sent?.body).toMatchObject({ StartUrl: new URL(stack.demoSite.origin).href, Speed: "2" });
});

test.describe("in the form for a job", () => {
  /** Keys as an input method sends them. */
  const enterOfInputMethod = {
    type: "keyDown",
    key: "Enter",
    code: "Enter",
    windowsVirtualKeyCode: 229,
  } as const;

  test("no Enter submits it or ends a step in the middle of a syllable, and leaving it with a credential asks first", async ({
    page,
    context,
    visit,
    stack,
    showOnly,
    emulator,
  }) => {
    await showOnly([]);
    const form = newJobForm(page, words);
    await visit("/jobs/new", look);
    await form.startUrl.fill(stack.demoSite.origin);
    await form.advanceTo("checks");
    const memo = page.getByLabel(create.memo, { exact: true });
    await test.step("Enter that ends an IME composition does not leave the step", async () => {
      await memo.focus();
      const browser = await context.newCDPSession(page);
      await browser.send("Input.imeSetComposition", { text: "診断", selectionStart: 2, selectionEnd: 2 });
      await browser.send("Input.dispatchKeyEvent", enterOfInputMethod);
      await browser.send("Input.insertText", { text: "診断" });
      await expect(memo).toHaveValue("診断");
      await expect(heading(page, create.stepNames.checks)).toBeVisible();
      // The same key with nothing being composed goes on.
      await page.keyboard.press("Enter");
      await expect(heading(page, create.stepNames.when)).toBeVisible();
    });
    await test.step("Enter in a field of the form never submits it", async () => {
      await form.toReview.click();
      await form.consent.check();
      await form.consent.focus();
      await page.keyboard.press("Enter");
      await page.getByRole("button", { name: create.editStep(create.stepNames.checks) }).click();
      await memo.fill("memo");
      await page.keyboard.press("Enter");
      await expect(heading(page, create.stepNames.when)).toBeVisible();
      await page.getByRole("navigation", { name: create.steps }).getByRole("link").first().click();
      await form.startUrl.focus();
      await page.keyboard.press("Enter");
      await expect(heading(page, create.stepNames.signin)).toBeVisible();
      expect(emulator.requests().filter(({ operation }) => operation === "createJob")).toEqual([]);
      await expect(page).not.toHaveURL(/submission/);
    });
    await test.step("leaving it with a credential value asks for confirmation, and Esc stays", async () => {
      await page.getByRole("radio", { name: create.signInHeaders }).check();
      const value = page.getByLabel(create.headerValue(1));
      await value.fill("SID=not-kept");
      const leave = page.getByRole("banner").getByRole("link", { name: jobs.title, exact: true });
      await leave.focus();
      await page.keyboard.press("Enter");
      const dialog = page.getByRole("dialog", { name: create.leaveTitle });
      await expect(dialog.getByRole("button", { name: create.stay })).toBeFocused();
      await page.keyboard.press("Escape");
      await expect(dialog).toBeHidden();
      await expect(value).toHaveValue("SID=not-kept");
      await expect(leave).toBeFocused();
      await page.keyboard.press("Enter");
      await use(dialog.getByRole("button", { name: create.leave, exact: true }));
      await expect(page).toHaveURL(/\/jobs$/);
    });
  });
});

test("dialogs hold the focus, begin at the safe button, close with Esc and confirm with Tab and Enter; findings are walked, filtered and grouped", async ({
  page,
  visit,
  showOnly,
  emulator,
}) => {
  await showOnly(allJobStates);
  await visit(pathOf("waiting"), look);
  for (const { state, kind, open, title, keep: keepName, act: actName } of [
    {
      state: "waiting",
      kind: "cancel",
      open: jobs.cancel,
      title: jobs.confirmCancelTitle,
      keep: jobs.keepWaiting,
      act: jobs.confirmCancel,
    },
    {
      state: "running",
      kind: "stop",
      open: jobs.stop,
      title: jobs.confirmStopTitle,
      keep: jobs.keepRunning,
      act: jobs.confirmStop,
    },
  ] as const) {
    await test.step(kind, async () => {
      await moveTo(page, pathOf(state));
      const opener = page.getByRole("button", { name: open, exact: true });
      const dialog = page.getByRole("dialog", { name: title });
      const keep = dialog.getByRole("button", { name: keepName });

      await use(opener);
      await expectVisibleFocus(keep);
      for (let presses = 0; presses < 8; presses += 1) {
        await page.keyboard.press("Tab");
        const where = await page.evaluate(() => {
          const { activeElement } = document;
          return activeElement === document.body || activeElement?.closest("dialog") !== null
            ? "inside"
            : activeElement?.outerHTML;
        });
        expect(where).toBe("inside");
      }
      await page.keyboard.press("Escape");
      await expect(dialog).toBeHidden();
      await expectVisibleFocus(opener);

      await page.keyboard.press("Enter");
      await expect(keep).toBeFocused();
      // On the safe button Enter does nothing but close.
      await page.keyboard.press("Enter");
      await expect(dialog).toBeHidden();
      await expect(opener).toBeFocused();
      expect(emulator.requests().filter(({ operation }) => operation === `${kind}Job`)).toEqual([]);

      await page.keyboard.press("Space");
      await use(dialog.getByRole("button", { name: actName, exact: true }));
      await expect(dialog).toBeHidden();
      await expect(opener).toHaveCount(0);
      expect(emulator.requests().filter(({ operation }) => operation === `${kind}Job`)).toHaveLength(1);
      // The button is gone; the focus is not lost to the page's beginning.
      await expect
        .poll(() => page.evaluate(() => document.activeElement?.closest("main, [role=main]") !== null))
        .toBe(true);
    });
  }
  const findings = page.getByRole("article");
  await test.step("brackets move between findings in a report", async () => {
    await moveTo(page, `${pathOf("completed")}/report`);
    await expect(findings).toHaveCount(4);
    await page.keyboard.press("]");
    await expect(findings.nth(0)).toBeFocused();
    await page.keyboard.press("]");
    await expect(findings.nth(1)).toBeFocused();
    await page.keyboard.press("[");
    await expect(findings.nth(0)).toBeFocused();
  });
  await test.step("the findings of a report are filtered and grouped by keyboard", async () => {
    await use(page.getByRole("checkbox", { name: report.severityName.medium }), "Space");
    await expect(findings).toHaveCount(2);
    await page.keyboard.press("/");
    await page.keyboard.type("offers");
    await expect(findings).toHaveCount(1);
    await use(page.getByRole("button", { name: report.clearFilters }));
    await expect(findings).toHaveCount(4);
  });
});

test("the list is searched, filtered and paged, and a report opened, by keyboard", async ({
  page,
  visit,
  showOnly,
}) => {
  await showOnly([...manyJobs(60), ...allJobStates]);
  await visit("/jobs?limit=25", look);
  const rows = page.getByRole("row").filter({ has: page.getByRole("cell") });
  await expect(rows).toHaveCount(25);
  await use(page.getByRole("navigation", { name: jobs.pages }).getByRole("link", { name: jobs.nextPage }));
  await expect(page).toHaveURL(/page=2/);

  await page.keyboard.press("/");
  const search = page.getByRole("searchbox", { name: jobs.search });
  await expectVisibleFocus(search);
  await page.keyboard.type("www.example.com");
  await expect(rows).toHaveCount(1);
  await page.keyboard.press("Tab");
  const status = page.getByLabel(jobs.status, { exact: true });
  await tabTo(status);
  await page.keyboard.type(jobs.statusWords[4].slice(0, 3));
  await expect(page).toHaveURL((url) => url.searchParams.get("status") === "4");
  await expect(rows).toHaveCount(1);
  await use(page.getByRole("link", { name: jobs.openReportOf("www.example.com") }));
  await expect(page.getByRole("article")).toHaveCount(jobStates.completed.findings.length);
});

test("language, theme and shortcuts: each key does what the help says, none while typing, and what was chosen holds for the next visit", async ({
  page,
  context,
  visit,
  showOnly,
}) => {
  const [instanceNo = ""] = await showOnly(manyJobs(3));
  await visit("/jobs", { language: "ko", theme: "light" });
  const target = (index: number): Locator => page.getByRole("link", { name: `host-${index}.example.com` }).first();
  const help = page.getByRole("dialog", { name: shell.keys });
  await test.step("language and theme are changed by keyboard, at once and for the next visit", async () => {
    const [ko, en] = [wordsOf("ko"), wordsOf("en")];
    await tabTo(page.getByLabel(ko.shell.language, { exact: true }));
    await page.keyboard.press("End");
    await expect(page.locator("html")).toHaveAttribute("lang", "en");
    await expect(page.getByRole("heading", { level: 1 })).toContainText(en.jobs.title);
    await tabTo(page.getByLabel(en.shell.theme, { exact: true }));
    await page.keyboard.press("End");
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    await page.reload();
    await expect(page.locator("html")).toHaveAttribute("lang", "en");
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  });
  await test.step("letter shortcuts work with a Hangul layout", async () => {
    await expect(target(0)).toBeVisible();
    const browser = await context.newCDPSession(page);
    const key = { code: "KeyJ", key: "ㅓ", windowsVirtualKeyCode: 74 };
    await browser.send("Input.dispatchKeyEvent", { type: "keyDown", ...key });
    await browser.send("Input.dispatchKeyEvent", { type: "keyUp", ...key });
    await expectVisibleFocus(target(0));
  });
  await test.step("the shortcut help opens with ?, closes with Esc and returns the focus", async () => {
    await page.keyboard.press("?");
    await expect(help).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(help).toBeHidden();
    await expect(target(0)).toBeFocused();
  });
  await test.step("j and k move between rows, Enter opens, g s goes back, n starts a new job", async () => {
    await page.keyboard.press("j");
    await expectVisibleFocus(target(1));
    await page.keyboard.press("k");
    await expectVisibleFocus(target(0));
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(jobPage);
    await page.keyboard.press("g");
    await page.keyboard.press("s");
    await expect(page).toHaveURL(/\/jobs$/);
    await page.keyboard.press("n");
    await expect(newJobForm(page, words).startUrl).toBeVisible();
  });
  await test.step("g d leads to the schedules", async () => {
    await moveTo(page, "/jobs");
    await page.getByRole("heading", { level: 1, name: jobs.title }).waitFor();
    await page.keyboard.press("g");
    await page.keyboard.press("d");
    await expect(page).toHaveURL(/\/schedules$/);
  });
  await test.step("no shortcut fires while typing, or with Control held", async () => {
    await moveTo(page, "/jobs");
    const search = page.getByRole("searchbox", { name: jobs.search });
    await search.focus();
    await page.keyboard.type("n?/j");
    await expect(search).toHaveValue("n?/j");
    await expect(search).toBeFocused();
    await expect(page).toHaveURL((url) => url.pathname === "/jobs" && url.searchParams.get("q") === "n?/j");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    const refresh = page.getByRole("button", { name: jobs.refresh, exact: true });
    await refresh.focus();
    await page.keyboard.press("Control+j");
    await page.keyboard.press("Alt+n");
    await expect(refresh).toBeFocused();
    await expect(page).toHaveURL((url) => url.pathname === "/jobs");
  });
  await test.step("Ctrl+K goes to a page, a target or a job, and Esc returns the focus", async () => {
    await moveTo(page, "/jobs");
    const goToWords = helpWords.en;
    await target(0).focus();
    await page.keyboard.press("Control+k");
    const field = page.getByRole("combobox", { name: goToWords.goToLabel });
    await expect(field).toBeFocused();
    expect(await axeComplaints(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await expect(target(0)).toBeFocused();
    await page.keyboard.press("Control+k");
    await field.fill(instanceNo);
    const chosen = page.getByRole("dialog").getByRole("option", { selected: true });
    await expect(chosen).toHaveText(goToWords.goToJob(instanceNo));
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(`/jobs/${instanceNo}`);
    await page.keyboard.press("Control+k");
    await page.keyboard.press("ArrowUp");
    await expect(chosen).toHaveText(goToWords.title);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1, name: goToWords.title })).toBeVisible();
  });
  await test.step("single-key shortcuts can be switched off, also for the next visit", async () => {
    await moveTo(page, "/jobs");
    await expect(page.getByRole("row").nth(1)).toBeVisible();
    await page.keyboard.press("?");
    await use(page.getByRole("checkbox", { name: helpWords.en.keysOn }), "Space");
    await page.keyboard.press("Escape");
    await page.keyboard.press("n");
    await page.reload();
    await expect(page.getByRole("row").nth(1)).toBeVisible();
    await page.keyboard.press("n");
    await page.keyboard.press("?");
    // A key that is never switched off shows that the page listens.
    await tabTo(page.getByRole("link", { name: shell.skipToContent }));
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expect(page).toHaveURL(/\/jobs$/);
  });
});

test("a syllable in composition is neither searched for nor read as a shortcut", async ({
  page,
  context,
  visit,
  showOnly,
}) => {
  // A running job makes the page ask every second.
  await showOnly([...manyJobs(4), { ...jobStates.crawling }]);
  await visit("/jobs?searchBy=memo", { language: "ko", theme: "light" });
  const asked: string[] = [];
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.pathname === "/api/jobs") asked.push(url.searchParams.get("q") ?? "");
  });
  const ko = wordsOf("ko");
  const search = page.getByRole("searchbox", { name: ko.jobs.search });
  await search.focus();
  const browser = await context.newCDPSession(page);
  const compose = (text: string) =>
    browser.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
  const processKey = async (code: string): Promise<void> => {
    const key = { key: "Process", code, windowsVirtualKeyCode: 229 };
    await browser.send("Input.dispatchKeyEvent", { type: "rawKeyDown", ...key });
    await browser.send("Input.dispatchKeyEvent", { type: "keyUp", ...key });
  };
  await compose("쇼");
  await processKey("KeyN");
  await processKey("Enter");
  await expect(search).toHaveValue("쇼");
  // Longer than the pause after which typing is searched for.
  await page.waitForRequest((request) => new URL(request.url()).pathname === "/api/jobs");
  await page.waitForRequest((request) => new URL(request.url()).pathname === "/api/jobs");
  expect(asked.filter((q) => q !== "")).toEqual([]);
  await expect(page).toHaveURL((url) => url.pathname === "/jobs" && url.searchParams.get("q") === null);
  await browser.send("Input.insertText", { text: "쇼핑몰" });
  await expect(page).toHaveURL((url) => url.searchParams.get("q") === "쇼핑몰");
  await expect.poll(() => [...new Set(asked.filter((q) => q !== ""))]).toEqual(["쇼핑몰"]);
});
