import { expect, languages, test, themes } from "./fixtures.ts";

for (const language of languages) {
  test.describe(`the shell opens in ${language}`, () => {
    test.use({ locale: language });

    test("for a browser that asks for it", async ({ page }) => {
      await page.goto("/");
      await expect(page.locator("html")).toHaveAttribute("lang", language);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    });
  });

  test(`the shell opens in the chosen ${language}, light and dark`, async ({ page, visit }) => {
    for (const theme of themes) {
      await visit("/jobs", { language, theme });
      await expect(page.locator("html")).toHaveAttribute("lang", language);
      await expect(page.locator("html")).toHaveAttribute("data-theme", theme);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    }
  });
}
