import type { Page } from "@playwright/test";
import type { Language } from "@wsc-dashboard/wsc-core";
import { pageHangLimitMs } from "../scripts/hang-limit.ts";
import { axeComplaints } from "./axe.ts";
import { expect, languages, test } from "./fixtures.ts";
import { allJobStates } from "./job-states.ts";
import { pageStates } from "./page-states.ts";
import { wordsOf } from "./words.ts";

test.use({ stackOptions: { name: "pages", settings: { WSC_BACKGROUND_READ_MS: "50" } } });
// Each part has a page of its own, so two workers can share them.
test.describe.configure({ mode: "parallel" });

/** Has the bar with the languages. */
const widest = 1440;
const narrower = [768, 320] as const;
const height = 720;

/** Changes the colours the way the product does. */
async function paint(page: Page, theme: string): Promise<void> {
  await page.evaluate((name) => {
    document.documentElement.dataset.theme = name;
  }, theme);
}

/** Chooses the language in the bar, which wide pages have, even where a dialog lies over it. */
async function speak(page: Page, language: Language): Promise<void> {
  const isSpoken = (): Promise<boolean> =>
    page.evaluate((code) => {
      const option = document.querySelector<HTMLOptionElement>(`select option[lang=${code}]`);
      const select = option?.closest("select");
      if (!option || !select) return false;
      if (select.value === code && document.documentElement.lang === code) return true;
      option.selected = true;
      select.dispatchEvent(new Event("change", { bubbles: true }));
      return false;
    }, language);
  await expect.poll(isSpoken, { intervals: [20, 50, 100], timeout: pageHangLimitMs }).toBe(true);
}

/** Why a page does not fit, or null. */
function misfit(page: Page): Promise<string | null> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const isHidden = [document.documentElement, document.body].some(
      (element) => getComputedStyle(element).overflowX !== "visible",
    );
    if (isHidden) return "what sticks out is cut off instead of scrolled";
    const layers = [...document.querySelectorAll<HTMLElement>("dialog[open], [popover]:popover-open")];
    const isCut = layers.some((layer) => {
      const { left, right } = layer.getBoundingClientRect();
      return left < 0 || right > clientWidth || layer.scrollWidth > layer.clientWidth;
    });
    if (isCut) return "a dialog is wider than the screen";
    return scrollWidth > clientWidth ? `${scrollWidth} px of ${clientWidth}` : null;
  });
}

/** The page rearranges itself a moment after the window; what then still does not fit is a fault. */
async function lastingMisfit(page: Page): Promise<string[]> {
  let found: string | null = null;
  const fits = async (): Promise<boolean> => {
    found = await misfit(page);
    return found === null;
  };
  await expect
    .poll(fits, { intervals: [0, 50, 100, 200], timeout: pageHangLimitMs })
    .toBe(true)
    .catch(() => undefined);
  return found === null ? [] : [found];
}

/**
 * Colours do not depend on the language, nor does the tree on the theme: English is looked at in full, the other languages,
 * whose names and texts are others, without the colours.
 */
async function findComplaints(page: Page, language: Language): Promise<string[]> {
  if (language !== "en") return axeComplaints(page, "structure");
  await paint(page, "dark");
  const dark = await axeComplaints(page, "colours");
  await paint(page, "light");
  return [...dark, ...(await axeComplaints(page))];
}

for (const [part, states] of Object.entries(pageStates)) {
  test(`${part}: axe finds nothing in any state and language, and each fits ${[...narrower, widest].join(", ")} px`, async ({
    page,
    context,
    baseURL,
    visit,
    stack,
    emulator,
    showOnly,
    allowStatuses,
  }) => {
    allowStatuses(404, 409, 410, 422, 502, 503);
    await showOnly(allJobStates);
    await visit("/jobs", { language: "en", theme: "light" });
    const setCookie = (name: string, value: string) => context.addCookies([{ name, value, url: baseURL ?? "" }]);
    const persona = (value: string): Promise<void> => setCookie("wsc_persona", value);
    const stage = {
      page,
      language: "en" as const,
      words: wordsOf("en"),
      emulator,
      showOnly,
      persona,
      target: stack.demoSite.origin,
    };
    const complaints: string[] = [];
    const note = (found: readonly string[], where: string): void => {
      complaints.push(...found.map((complaint) => `${where}: ${complaint}`));
    };
    for (const { name, reach } of states) {
      await test.step(name, async () => {
        await setCookie("wsc_lang", "en");
        await page.setViewportSize({ width: widest, height });
        await reach(stage);
        // What lies half under a bar that stays in sight depends on how far the page was scrolled.
        await page.evaluate(() => scrollTo({ top: 0, behavior: "instant" }));
        for (const language of languages) {
          await speak(page, language);
          note(await findComplaints(page, language), `${name}, ${language}`);
        }
        for (const language of languages.toReversed()) {
          await page.setViewportSize({ width: widest, height });
          await speak(page, language);
          for (const width of [widest, ...narrower]) {
            await page.setViewportSize({ width, height });
            note(await lastingMisfit(page), `${name}, ${language}, ${width} px`);
            // The narrow screen has other elements, not just other sizes.
            if (width === 320 && language === "en") note(await axeComplaints(page), `${name}, ${width} px`);
          }
        }
      });
    }
    expect(complaints).toEqual([]);
  });
}
