import { readdirSync, readFileSync } from "node:fs";
import { readRecording } from "@wsc-dashboard/wsc-core/upstream";
import { demoSiteWeaknesses, settingsOfRecording } from "@wsc-dashboard/wsc-emulator";
import { expect, test } from "./fixtures.ts";
import { newJobForm } from "./new-job-form.ts";
import { wordsOf } from "./words.ts";

// Of its own: job numbers begin anew when another file resets the account, and kept reports go by number.
test.use({ stackOptions: { name: "dialects", settings: {} } });

const directory = new URL("../packages/wsc-core/fixtures/recordings/", import.meta.url);
const language = "en";
const words = wordsOf(language);

/** Everything else on the site would only take longer. */
const check = "SQL Injection";
const planted = demoSiteWeaknesses.filter(({ item }) => item === check);

test.describe("an account with recorded answers", () => {
  for (const file of readdirSync(directory)) {
    test(`in ${file}: a job is requested, found in the list, and its report lists every finding`, async ({
      page,
      visit,
      stack,
      emulator,
    }) => {
      const recording = readRecording(readFileSync(new URL(file, directory), "utf8"));
      const memo = `memo of ${file}`;
      emulator.changeSettings({ ...settingsOfRecording(recording), paceMs: 0 });
      await visit("/jobs/new", { language, theme: "light" });
      const form = newJobForm(page, words);
      await form.startUrl.fill(stack.demoSite.origin);
      await form.advanceTo("checks");
      await page.getByRole("radio", { name: words.create.checksChosen }).check();
      await page.getByRole("checkbox", { name: check }).check();
      await page.getByLabel(words.create.memo, { exact: true }).fill(memo);
      await form.advanceTo("review", "checks");
      await form.consent.check();
      await form.start(stack.demoSite.origin).click();
      await expect(page).toHaveURL(/\/jobs\/\d+$/);
      await expect(page.getByText(memo).first()).toBeVisible();

      await page.getByRole("link", { name: words.jobs.openReport, exact: true }).first().click();
      await expect(page.getByRole("article")).toHaveCount(planted.length);
      await expect(page.getByText(memo).first()).toBeVisible();
      expect(emulator.requests().filter(({ operation }) => operation === "createJob")).toHaveLength(1);
    });
  }
});
