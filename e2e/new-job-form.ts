import type { Locator, Page } from "@playwright/test";
import { targetHostOf } from "@wsc-dashboard/wsc-core";
import type { Messages } from "./words.ts";

/** The form for a new job as a person sees it, in the language of `words`. */
export function newJobForm(page: Page, { create }: Messages) {
  const button = (name: string): Locator => page.getByRole("button", { name, exact: true });
  const startUrl = page.getByLabel(create.startUrl);
  const consent = page.getByRole("checkbox", { name: create.consentText });
  return {
    startUrl,
    consent,
    next: button(create.next),
    toReview: button(create.toReview),
    start: (url: string) => button(create.start(targetHostOf(url))),
    /** Fills in what is needed, up to but not including the click that costs money. */
    async fill(url: string): Promise<void> {
      await startUrl.fill(url);
      await button(create.toReview).click();
      await consent.check();
    },
  };
}
