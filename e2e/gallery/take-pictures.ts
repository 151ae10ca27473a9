import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, languages, test, themes } from "../fixtures.ts";
import { allJobStates } from "../job-states.ts";
import { pageStackOptions, pageStates } from "../page-states.ts";
import { wordsOf } from "../words.ts";
import { fileNameOf, galleryDirectory, listFileOf, type Picture, widths } from "./pictures.ts";

test.use({ stackOptions: pageStackOptions });
test.describe.configure({ mode: "parallel" });

for (const language of languages) {
  for (const [part, states] of Object.entries(pageStates)) {
    test(`${part} in ${language}`, async ({
      page,
      context,
      baseURL,
      visit,
      stack,
      emulator,
      showOnly,
      change,
      allowStatuses,
    }) => {
      allowStatuses(404, 409, 410, 422, 502, 503);
      await showOnly(allJobStates);
      await visit("/jobs", { language, theme: "light" });
      const persona = async (value: string): Promise<void> => {
        await context.addCookies([{ name: "wsc_persona", value, url: baseURL ?? "" }]);
      };
      const stage = {
        page,
        language,
        words: wordsOf(language),
        emulator,
        showOnly,
        change,
        persona,
        target: stack.demoSite.origin,
      };
      mkdirSync(galleryDirectory, { recursive: true });
      const pictures: Picture[] = [];
      for (const { name, reach } of states) {
        await page.setViewportSize({ width: 1280, height: 720 });
        await reach(stage);
        await expect(page.locator("html")).toHaveAttribute("lang", language);
        for (const theme of themes) {
          await page.evaluate((value) => {
            document.documentElement.dataset.theme = value;
          }, theme);
          for (const width of widths) {
            await page.setViewportSize({ width, height: 900 });
            const picture = { part, state: name, language, theme, width };
            await page.screenshot({
              path: join(galleryDirectory, fileNameOf(picture)),
              fullPage: true,
              animations: "disabled",
            });
            pictures.push(picture);
          }
        }
      }
      writeFileSync(join(galleryDirectory, listFileOf(part, language)), JSON.stringify(pictures));
    });
  }
}
