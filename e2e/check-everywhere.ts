import type { Page } from "@playwright/test";
import type { Language } from "@wsc-dashboard/wsc-core";
import { pageHangLimitMs } from "../scripts/hang-limit.ts";
import { axeComplaints } from "./axe.ts";
import { expect } from "./fixtures.ts";

/** Has the bar with the languages. */
const widest = 1440;
const widths = [widest, 768, 320] as const;
const narrowest = widths[2];
const height = 720;

/** Changes the colours the way the product does. */
async function paint(page: Page, theme: string): Promise<void> {
  await page.evaluate((name) => {
    document.documentElement.dataset.theme = name;
  }, theme);
}

/** Chooses the language in the bar, which wide pages have, even where a dialog lies over it. */
export async function speak(page: Page, language: Language): Promise<void> {
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
    const isSqueezed = [...document.querySelectorAll("td *, th *")].some((element) => {
      const { width, height } = element.getBoundingClientRect();
      return width < 40 && height > 72 && (element.textContent?.trim().length ?? 0) > 3;
    });
    if (isSqueezed) return "the text of a cell stands a few letters a line";
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
 * What axe has against the page as it is, and where it does not fit, in three languages, two themes and three widths; a line
 * each. The page has to be in English. The tree does not depend on the language, so axe looks at all of it in English: in
 * light colours on a wide screen, in dark ones on a narrow screen, which has elements of its own. What depends on the texts
 * is looked at in each language. Leaves the page in Japanese, on a wide screen.
 */
export async function checkEverywhere(page: Page): Promise<string[]> {
  const complaints: string[] = [];
  const note = (found: readonly string[], ...where: readonly (string | number)[]): void => {
    complaints.push(...found.map((complaint) => `${where.join(", ")}: ${complaint}`));
  };
  // What lies half under a bar that stays in sight depends on how far the page was scrolled.
  await page.evaluate(() => scrollTo({ top: 0, behavior: "instant" }));
  for (const language of ["en", "ko", "ja"] as const) {
    await speak(page, language);
    note(await axeComplaints(page, language === "en" ? "everything" : "texts"), language);
    for (const width of widths) {
      if (width !== widest) await page.setViewportSize({ width, height });
      note(await lastingMisfit(page), language, width);
      if (width !== narrowest || language !== "en") continue;
      await paint(page, "dark");
      note(await axeComplaints(page), "dark", width);
      await paint(page, "light");
    }
    await page.setViewportSize({ width: widest, height });
  }
  return complaints;
}

/** The size in which `checkEverywhere` finds the page and leaves it. */
export const wideScreen = { width: widest, height } as const;
