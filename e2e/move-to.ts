import { expect, type Page } from "@playwright/test";

/** Goes to a path inside the app, as one of its links would: to start it again takes ten times as long. */
export async function moveTo(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => history.pushState(null, "", to), path);
}

/** Goes to another page inside the app, and waits for its heading in place of the one before. */
export async function moveToNextPage(page: Page, path: string): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 }), path).toBeVisible();
  await page.evaluate(() => document.querySelector("h1")?.setAttribute("data-left", ""));
  await moveTo(page, path);
  await expect(page.locator("h1:not([data-left])"), path).toBeVisible();
}
