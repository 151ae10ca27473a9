import type { Page } from "@playwright/test";
import { addMonths, monthAt, type Schedule } from "@wsc-dashboard/wsc-core";
import { expect } from "./fixtures.ts";
import type { PageState, Stage } from "./page-state.ts";

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

const openForm = async (page: Page): Promise<void> => {
  await page.goto(`/schedules/${kept}?edit=1`);
  await expect(page.getByRole("complementary").getByRole("listitem")).toHaveCount(10);
};

/** The pages of schedules in every state. */
export const scheduleStates: readonly PageState[] = [
  {
    name: "schedules",
    reach: async (stage) => {
      await keepSchedule(stage);
      await stage.page.goto("/schedules");
      await expect(stage.page.getByRole("link", { name: stage.words.schedules.editOf(host) })).toBeVisible();
    },
  },
  {
    name: "calendar of scans",
    reach: async ({ page }) => {
      const nextMonth = addMonths(monthAt(new Date(), "Asia/Seoul"), 1);
      await page.goto(`/schedules/calendar?month=${nextMonth}`);
      await expect(page.getByRole("main").getByRole("link", { name: host })).toBeVisible();
    },
  },
  {
    name: "schedules, deleting one",
    reach: async ({ page, words }) => {
      await page.goto("/schedules");
      await page.getByRole("button", { name: words.schedules.removeOf(host) }).click();
      await expect(page.getByRole("dialog")).toBeVisible();
    },
  },
  {
    name: "one schedule",
    reach: async ({ page, words }) => {
      await page.goto(`/schedules/${kept}`);
      await expect(page.getByRole("heading", { name: words.schedules.settings })).toBeVisible();
    },
  },
  { name: "schedule form", reach: ({ page }) => openForm(page) },
  {
    name: "schedule form with errors",
    reach: async ({ page, words }) => {
      await openForm(page);
      await page.getByRole("button", { name: words.schedules.save, exact: true }).click();
      await expect(page.getByRole("alert")).toBeFocused();
    },
  },
  {
    name: "new schedule, every week with blackout hours",
    reach: async ({ page, words }) => {
      await page.goto("/schedules/new");
      await page.getByRole("radio", { name: words.schedules.everyWords.week }).check();
      await page.getByRole("button", { name: words.schedules.addBlackout }).click();
      await expect(page.getByLabel(words.schedules.from, { exact: true })).toBeVisible();
    },
  },
  {
    name: "schedule that does not exist",
    reach: async ({ page, words, change }) => {
      await change("DELETE", `/api/schedules/${kept}`);
      await page.goto(`/schedules/${kept}`);
      await expect(page.getByRole("link", { name: words.schedules.toList })).toBeVisible();
    },
  },
];
