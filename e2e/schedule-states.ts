import { addMonths, monthAt, type Schedule } from "@wsc-dashboard/wsc-core";
import { speak } from "./check-everywhere.ts";
import { expect } from "./fixtures.ts";
import { go, headingOf, open, type PageState, type Stage } from "./page-state.ts";

const host = "shop.example.com";

/** What the first of the states keeps and the last one deletes. */
let kept = "";

async function keepSchedule({ change }: Stage): Promise<void> {
  const { schedule } = await change<{ schedule: Schedule }>("POST", "/api/schedules", {
    startUrl: `https://${host}/`,
    consent: { textVersion: "1", accepted: true },
    rule: { every: "month", nth: 1, weekdays: ["mon"], localTime: "02:00", zone: "Asia/Seoul" },
    memo: "매월 점검",
    blackout: [{ days: ["mon", "sat"], from: "22:00", to: "06:00" }],
    signIn: { kind: "headers", headers: { Cookie: "a=1" } },
  });
  kept = schedule.id;
}

const openForm = (stage: Stage): Promise<void> =>
  go(stage, `/schedules/${kept}?edit=1`, stage.page.getByRole("complementary").getByRole("listitem").nth(9));

/** The pages of schedules in every state. */
export const scheduleStates: readonly PageState[] = [
  {
    name: "schedules",
    reach: async (stage) => {
      await keepSchedule(stage);
      await go(stage, "/schedules", stage.page.getByRole("link", { name: stage.words.schedules.editOf(host) }));
    },
  },
  {
    name: "calendar of scans",
    reach: async ({ page }) => {
      const nextMonth = addMonths(monthAt(new Date(), "Asia/Seoul"), 1);
      await open(
        page,
        `/schedules/calendar?month=${nextMonth}`,
        page.getByRole("main").getByRole("link", { name: host }),
      );
    },
  },
  {
    name: "schedules, deleting one",
    reach: async (stage) => {
      const { page, words } = stage;
      const remove = page.getByRole("button", { name: words.schedules.removeOf(host) });
      await go(stage, "/schedules", remove);
      await remove.click();
      await expect(page.getByRole("dialog")).toBeVisible();
    },
  },
  {
    name: "one schedule",
    reach: (stage) =>
      go(stage, `/schedules/${kept}`, stage.page.getByRole("heading", { name: stage.words.schedules.settings })),
  },
  { name: "schedule form", reach: openForm },
  {
    name: "schedule form with errors",
    reach: async ({ page, language, words }) => {
      await speak(page, language);
      await page.getByRole("button", { name: words.schedules.save, exact: true }).click();
      await expect(page.getByRole("alert")).toBeFocused();
    },
  },
  {
    name: "new schedule, every week with blackout hours",
    reach: async (stage) => {
      const { page, words } = stage;
      await go(stage, "/schedules/new", headingOf(page, words.schedules.newTitle, 1));
      await page.getByRole("radio", { name: words.schedules.everyWords.week }).check();
      await page.getByRole("button", { name: words.schedules.addBlackout }).click();
      await expect(page.getByLabel(words.schedules.from, { exact: true })).toBeVisible();
    },
  },
  {
    name: "schedule that does not exist",
    reach: async ({ page, words, change }) => {
      await change("DELETE", `/api/schedules/${kept}`);
      await open(page, `/schedules/${kept}`, page.getByRole("link", { name: words.schedules.toList }));
    },
  },
];
