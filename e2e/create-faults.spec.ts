import { faultTable } from "../apps/bff/test/fault-table.ts";
import { errorTextOf, fieldTextOf } from "../apps/web/src/messages/error-text.ts";
import { expect, languages, test } from "./fixtures.ts";
import { newJobForm } from "./new-job-form.ts";
import { wordsOf } from "./words.ts";

const validityMs = 600;
const lagMs = 200;
// The waits that make sure of an absence are minutes in earnest; here the whole of it takes seconds.
test.use({
  stackOptions: {
    name: "create faults",
    provesMemos: true,
    settings: {
      WSC_UPSTREAM_TIMEOUT_MS: "3000",
      WSC_RECONCILE_STEP_MS: "300",
      WSC_SIGNATURE_VALIDITY_MS: String(validityMs),
      WSC_INDEX_LAG_MS: String(lagMs),
    },
  },
});

const attemptsBeforeReview = 3;
const throttleMs = 1000;

/** One row for each kind of thing a person is shown; that every row leads to its outcome is a test of the server. */
const shown = [
  "503 with code 500",
  "429 with code 420",
  "401 with the rejected key 200",
  "silence after it was carried out",
  "160433, an unknown item",
].map((name) => {
  const row = faultTable.find((candidate) => candidate.name === name);
  if (row === undefined) throw new Error(`no row of the table is called ${name}`);
  return row;
});

for (const [index, { name, effect, create: outcome }] of shown.entries()) {
  const language = languages[index % languages.length] ?? "en";
  const words = wordsOf(language);
  const { create } = words;

  test(`${name}: createJob ends, in ${language}, as ${outcome.kind}, and is never resent while a job may exist`, async ({
    page,
    visit,
    stack,
    showOnly,
    emulator,
    expectAlive,
    endSubmissions,
  }) => {
    await showOnly([]);
    const target = stack.demoSite.origin;
    await visit("/jobs/new", { language, theme: index % 2 === 0 ? "light" : "dark" });
    const form = newJobForm(page, words);
    await form.fill(target);
    const playFault = (): void => {
      emulator.addFault({ operation: "createJob", times: 1_000_000, effect });
    };
    playFault();
    // As long as the list says nothing the doubt stays, however fast the rest of it goes by.
    if (outcome.kind === "unknown") {
      emulator.addFault({ operation: "*", times: 1_000_000, effect: { kind: "empty", status: 200 } });
    }
    await form.start(target).click();
    const heading = (text: string) => page.getByRole("heading", { name: text, exact: true });

    if (outcome.kind === "created") {
      await expect(page).toHaveURL(/\/jobs\/\d+$/);
      await expect(heading(new URL(target).host)).toBeVisible();
    } else if (outcome.kind === "unknown") {
      await expect(heading(create.doubtTitle)).toBeVisible();
      await expect(page.getByText(create.doubtText)).toBeVisible();
      await expect(heading(create.failedTitle)).toHaveCount(0);
      emulator.clearFaults();
      playFault();
      await expect(heading(create.reviewTitle)).toBeVisible();
      await expect(page.getByText(create.reviewText)).toBeVisible();
      await expect(page.getByRole("button", { name: create.backToForm })).toHaveCount(0);
    } else if (outcome.kind === "waiting") {
      const { title, next } = errorTextOf(words, outcome.code);
      await expect(heading(create.retryWaitTitle)).toBeVisible();
      await expect(page.getByRole("main")).toContainText(title);
      await expect(page.getByRole("main")).toContainText(next);
      await expect(heading(create.failedTitle)).toHaveCount(0);
    } else {
      const { title, next } = errorTextOf(words, outcome.code);
      const alert = page.getByRole("alert");
      await expect(heading(create.failedTitle)).toBeVisible();
      await expect(alert).toContainText(title);
      await expect(alert).toContainText(next);
      if (outcome.field) {
        const { path, step } = outcome.field;
        await page.getByRole("button", { name: create.backToStep(create.stepNames[step]) }).click();
        const field =
          path === "startUrl" ? form.startUrl : page.getByRole("group", { name: create.checks, exact: true });
        await expect(field).toHaveAccessibleDescription(new RegExp(RegExp.escape(fieldTextOf(words, outcome.code))));
        await expect(form.startUrl).toHaveValue(target);
      } else {
        await page.getByRole("button", { name: create.backToForm }).click();
        await expect(form.start(target)).toBeVisible();
      }
    }
    await expectAlive();
    await endSubmissions();
    const calls = emulator.requests().filter(({ operation }) => operation === "createJob");
    if (outcome.kind === "waiting") expect(calls).not.toEqual([]);
    else expect(calls).toHaveLength(outcome.kind === "unknown" ? attemptsBeforeReview : 1);
    // In doubt nothing is sent before the last signature has run out and the list must know.
    const pauseMs = outcome.kind === "waiting" ? throttleMs : validityMs + lagMs;
    for (const [number, { receivedAt }] of calls.slice(1).entries()) {
      expect(Date.parse(receivedAt) - Date.parse(calls[number]?.receivedAt ?? "")).toBeGreaterThanOrEqual(pauseMs);
    }
  });
}
