import type { Page } from "@playwright/test";
import { channelWords } from "../apps/web/src/messages/channel-words.ts";
import { errorTextOf } from "../apps/web/src/messages/error-text.ts";
import { tokenWords } from "../apps/web/src/messages/token-words.ts";
import { expect } from "./fixtures.ts";
import type { PageState } from "./page-state.ts";

const chainBroken = {
  state: "broken",
  entries: 18_204,
  verified: 41,
  brokenAt: 42,
  head: "ab".repeat(32),
  checkedAt: "2026-11-24T03:00:00.000Z",
};
const storeFailed = {
  type: "about:blank",
  title: "The store failed.",
  status: 503,
  code: "STORE_UNAVAILABLE",
  requestId: "00000000-0000-4000-8000-000000000000",
  retryable: true,
};

/** What the stack cannot be brought to from outside: a failing database, a broken chain. */
async function answer(page: Page, path: RegExp, status: number, json: object): Promise<void> {
  await page.route(path, (route) => route.fulfill({ status, json }));
}
const heading = (page: Page, name: string, level: number) => page.getByRole("heading", { name, exact: true, level });

/** The audit log and the settings in every state. */
export const auditStates: readonly PageState[] = [
  {
    name: "audit log with an open entry",
    reach: async ({ page, words }) => {
      await page.goto("/audit?action=dashboard.start");
      await page.getByRole("listitem").getByText(words.audit.actions["dashboard.start"]).last().click();
      await expect(page.getByText("WSC_UPSTREAM_URL")).toBeVisible();
    },
  },
  {
    name: "audit log without a match",
    reach: async ({ page, words }) => {
      await page.goto("/audit?actor=nobody&result=denied&from=2026-01-01T00:00:00Z");
      await expect(heading(page, words.audit.zeroTitle, 2)).toBeVisible();
    },
  },
  {
    name: "audit log with a broken chain",
    reach: async ({ page, words }) => {
      await answer(page, /\/api\/audit\/chain$/, 200, chainBroken);
      await page.goto("/audit");
      await expect(page.getByRole("alert").filter({ hasText: words.audit.chainBroken("42") })).toBeVisible();
      await page.unrouteAll();
    },
  },
  {
    name: "audit log that cannot be read",
    reach: async ({ page, words }) => {
      await answer(page, /\/api\/audit\?/, 503, storeFailed);
      await page.goto("/audit?actor=unread");
      await expect(heading(page, words.audit.failedTitle, 2)).toBeVisible();
      await page.unrouteAll();
    },
  },
  {
    name: "audit log for an operator",
    reach: async ({ page, words, persona }) => {
      await persona("operator");
      await page.goto("/audit");
      await expect(heading(page, words.shell.forbiddenTitle, 1)).toBeVisible();
    },
  },
  {
    name: "settings for a viewer",
    reach: async ({ page, words, persona }) => {
      await persona("viewer");
      await page.goto("/settings");
      await expect(heading(page, words.settings.health, 2)).toBeVisible();
      await expect(heading(page, words.settings.fixed, 2)).toHaveCount(0);
      await persona("admin");
    },
  },
  {
    name: "settings after a test that failed",
    reach: async ({ page, words, emulator }) => {
      emulator.addFault({ operation: "getJobs", times: 9, effect: { kind: "gateway-error", code: "200" } });
      await page.goto("/settings");
      await page.getByRole("button", { name: words.settings.test, exact: true }).click();
      await expect(page.getByText(errorTextOf(words, "200").title).first()).toBeVisible();
      await expect(page.getByText("WSC_SECRET_KEY")).toBeVisible();
      emulator.clearFaults();
    },
  },
  {
    name: "service tokens while a new one is refused",
    reach: async ({ page, language }) => {
      const words = tokenWords[language];
      await page.goto("/settings/tokens");
      await page.getByRole("button", { name: words.create, exact: true }).click();
      await page.getByRole("radio", { name: words.someTargets, exact: true }).check();
      await page.getByRole("button", { name: words.submit, exact: true }).click();
      await expect(page.getByRole("textbox", { name: words.name })).toHaveAttribute("aria-invalid", "true");
    },
  },
  {
    name: "service tokens with a new one",
    reach: async ({ page, language }) => {
      const words = tokenWords[language];
      await page.goto("/settings/tokens");
      await page.getByRole("button", { name: words.create, exact: true }).click();
      await page.getByRole("textbox", { name: words.name }).fill("deploy");
      await page.getByRole("button", { name: words.submit, exact: true }).click();
      await expect(page.getByText(/^wsc_[0-9A-Za-z]{42}$/)).toBeVisible();
      await page.getByRole("button", { name: words.done, exact: true }).click();
      await expect(page.getByRole("list", { name: words.listLabel })).toBeVisible();
    },
  },
  {
    name: "help",
    reach: async ({ page }) => {
      await page.goto("/help#errors");
      await expect(page.getByText("BUDGET_EXHAUSTED").first()).toBeVisible();
    },
  },
  {
    name: "API reference with an open operation",
    reach: async ({ page }) => {
      await page.goto("/help/api");
      await page.locator("summary").getByText("POST", { exact: true }).first().click();
      await expect(page.getByText('"X-WSC-Request"').or(page.getByText("X-WSC-Request")).first()).toBeVisible();
    },
  },
  {
    name: "a new channel, refused and then made",
    reach: async ({ page, language }) => {
      const words = channelWords[language];
      await page.goto("/settings/notifications");
      await page.getByRole("button", { name: words.create, exact: true }).click();
      await page.getByRole("combobox", { name: words.kind, exact: true }).selectOption(words.kinds.webhook);
      await page.getByRole("textbox", { name: words.receiver }).fill("https://127.0.0.1/hook");
      await page.getByRole("button", { name: words.submit, exact: true }).click();
      await expect(page.getByRole("textbox", { name: words.name })).toHaveAttribute("aria-invalid", "true");
      await page.getByRole("textbox", { name: words.name }).fill("security");
      await page.getByRole("textbox", { name: words.receiver }).fill("https://hooks.example.com/scans");
      await page.getByRole("button", { name: words.submit, exact: true }).click();
      await expect(page.getByText(/^whsec_/)).toBeVisible();
      await page.getByRole("button", { name: words.done, exact: true }).click();
      await expect(page.getByRole("list", { name: words.listLabel })).toBeVisible();
    },
  },
];
