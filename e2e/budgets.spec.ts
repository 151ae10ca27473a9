import { axeComplaints } from "./axe.ts";
import { speak } from "./check-everywhere.ts";
import { expect, languages, test } from "./fixtures.ts";
import { moveTo } from "./move-to.ts";
import { newJobForm } from "./new-job-form.ts";
import { formatsOf, wordsOf } from "./words.ts";

test.use({ stackOptions: { name: "budgets", settings: { WSC_BUDGET_PER_DAY: "5", WSC_BUDGET_PER_USER_HOUR: "0" } } });

const consent = { textVersion: "1", accepted: true };

test("a budget is shown from 80 per cent on, and when it is used up a request is refused with a remedy", async ({
  page,
  visit,
  change,
  showOnly,
  emulator,
  allowStatuses,
}) => {
  allowStatuses(409);
  await showOnly([]);
  emulator.changeSettings({ paceMs: 60_000 });
  const submit = (port: number) => change("POST", "/api/jobs", { startUrl: `http://127.0.0.1:${port}/`, consent });
  emulator.addFault({
    operation: "createJob",
    times: 5,
    effect: {
      kind: "body",
      body: { returnCode: "0", returnDesc: "", returnMessage: "", resources: { instanceNo: 7_000_001 } },
    },
  });
  for (const port of [1, 2, 3]) await submit(port);
  await visit("/jobs", { language: "ja", theme: "dark" });
  const notices = page.getByRole("region", { name: wordsOf("ja").submissions.notices });
  await expect(page.getByRole("heading", { name: wordsOf("ja").jobs.emptyTitle })).toBeVisible();
  await expect(notices).toHaveCount(0);
  await submit(4);
  for (const language of languages) {
    const words = wordsOf(language);
    const number = formatsOf(language).number;
    await speak(page, language);
    await expect(page.getByText(words.submissions.budgetDayNear(number(4), number(5)))).toBeVisible();
    expect(await axeComplaints(page)).toEqual([]);
  }
  await submit(5);
  const words = wordsOf("en");
  await speak(page, "en");
  await moveTo(page, "/jobs/new");
  await expect(page.getByText(words.submissions.budgetDayOver("5"))).toBeVisible();
  const form = newJobForm(page, words);
  await form.fill("http://127.0.0.1:6/");
  await form.start("http://127.0.0.1:6/").click();
  await expect(page.getByRole("alert")).toContainText(words.errors.BUDGET_EXHAUSTED.next);
  await expect(form.consent).toBeChecked();
});
