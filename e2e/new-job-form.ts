import { expect, type Locator, type Page } from "@playwright/test";
import { targetHostOf } from "@wsc-dashboard/wsc-core";
import { demoMember, demoSignInForm } from "@wsc-dashboard/wsc-emulator";
import { type WizardStep, wizardSteps } from "../apps/web/src/features/job-wizard/wizard-search.ts";
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
    /** Goes on step by step, by the form's own button; the reading begins at each heading. */
    async advanceTo(step: WizardStep, from: WizardStep = "target"): Promise<void> {
      for (const passed of wizardSteps.slice(wizardSteps.indexOf(from) + 1, wizardSteps.indexOf(step) + 1)) {
        const name = passed === "review" ? create.review : create.stepNames[passed];
        await button(create.next).click();
        await expect(page.getByRole("heading", { name, exact: true })).toBeFocused();
      }
    },
    /** Fills in what is needed, up to but not including the click that costs money. */
    async fill(url: string): Promise<void> {
      await startUrl.fill(url);
      await button(create.toReview).click();
      await consent.check();
    },
  };
}

/** Chooses the login form and fills it in for the demo site's member, or with another password. */
export async function fillLogin(
  page: Page,
  { signIn }: Messages,
  site: string,
  password: string = demoMember.password,
): Promise<void> {
  const fields: readonly (readonly [label: string, value: string])[] = [
    [signIn.actionUrl, new URL(demoSignInForm.action, site).href],
    [signIn.idParam, demoSignInForm.idParameter],
    [signIn.idValue, demoMember.id],
    [signIn.passwordParam, demoSignInForm.passwordParameter],
    [signIn.passwordValue, password],
  ];
  await page.getByRole("radio", { name: signIn.form }).check();
  // One label begins like another; behind its own words only "required" follows.
  for (const [label, value] of fields)
    await page.getByLabel(new RegExp(`^${RegExp.escape(label)}(?: ?[(（]|$)`)).fill(value);
}
