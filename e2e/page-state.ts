import type { Locator, Page } from "@playwright/test";
import type { Language } from "@wsc-dashboard/wsc-core";
import type { EmulatorControl, JobSeed } from "@wsc-dashboard/wsc-emulator";
import { speak } from "./check-everywhere.ts";
import { type Change, expect } from "./fixtures.ts";
import { moveTo } from "./move-to.ts";
import type { Messages } from "./words.ts";

/** What a state needs to come about. Every page opens in the look the test has chosen before. */
export interface Stage {
  readonly page: Page;
  readonly language: Language;
  readonly words: Messages;
  readonly emulator: EmulatorControl;
  readonly showOnly: (seeds: readonly JobSeed[]) => Promise<unknown>;
  readonly change: Change;
  readonly persona: (name: "admin" | "operator" | "viewer") => Promise<void>;
  /** A target that can be scanned. */
  readonly target: string;
}

export interface PageState {
  readonly name: string;
  /** Brings the page into the state and resolves when it is there. */
  readonly reach: (stage: Stage) => Promise<void>;
}

export const headingOf = (page: Page, name: string, level?: number): Locator =>
  page.getByRole("heading", { name, exact: true, ...(level === undefined ? {} : { level }) });

/** Starts the app there: for what has changed behind its back, or would be answered from what it has read before. */
export async function open(page: Page, path: string, shown: Locator): Promise<void> {
  await page.goto(path);
  await expect(shown).toBeVisible();
}

/** A dialog that the state before has left open. */
async function closeDialog(page: Page): Promise<void> {
  const dialog = page.locator("dialog[open]");
  if ((await dialog.count()) === 0) return;
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
}

/**
 * Goes there inside the app, which takes a fraction of starting it; starts it where it does not run. Not for what the page has
 * read before and would show as it was, and `shown` must not stand on the page before.
 */
export async function go({ page, language }: Stage, path: string, shown: Locator): Promise<void> {
  if (page.url() === "about:blank") await page.goto(path);
  else {
    await closeDialog(page);
    await speak(page, language);
    await moveTo(page, path);
  }
  await expect(shown).toBeVisible();
}
