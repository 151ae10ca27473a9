import { expect, test } from "./fixtures.ts";
import { jobStates, manyJobs } from "./job-states.ts";
import { wordsOf } from "./words.ts";

// Of its own: the account is walked through for closing reports once an hour.
test.use({ stackOptions: { name: "report reminders", settings: {} } });

const { jobs, submissions } = wordsOf("en");
const dayMs = 86_400_000;

test("a report about to expire is announced in the list, although its job is on another page", async ({
  page,
  visit,
  showOnly,
}) => {
  const [startedAt, endedAt] = [360.6, 360.5].map((days) => new Date(Date.now() - days * dayMs).toISOString());
  const closing = {
    ...jobStates.completed,
    instanceNo: "8700006",
    startUrl: "https://closing.example.com/",
    startedAt,
    endedAt,
  };
  await showOnly([...manyJobs(26), closing]);
  await visit("/jobs?limit=25", { language: "en", theme: "light" });
  await expect(page.getByRole("table")).toBeVisible();
  await expect(page.getByRole("table").getByText("closing.example.com")).toHaveCount(0);
  const reminder = page.getByRole("region", { name: submissions.notices });
  await reminder.getByText(jobs.remindersUrgent(1, "1")).click();
  await reminder.getByRole("link", { name: "closing.example.com" }).click();
  await expect(page).toHaveURL(/\/jobs\/8700006\/report$/);
});
