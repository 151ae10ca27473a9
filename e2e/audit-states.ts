import type { Locator, Page } from "@playwright/test";
import { channelWords } from "../apps/web/src/messages/channel-words.ts";
import { errorTextOf } from "../apps/web/src/messages/error-text.ts";
import { tokenWords } from "../apps/web/src/messages/token-words.ts";
import { expect } from "./fixtures.ts";
import { go, headingOf, open, type PageState, type Stage } from "./page-state.ts";

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

const createButton = ({ page }: Stage, name: string): Locator => page.getByRole("button", { name, exact: true });

/** The audit log and the settings in every state. */
export const auditStates: readonly PageState[] = [
  {
    name: "audit log with an open entry",
    reach: async (stage) => {
      const { page, words } = stage;
      const entry = page.getByRole("listitem").getByText(words.audit.actions["dashboard.start"]).last();
      await go(stage, "/audit?action=dashboard.start", entry);
      await entry.click();
      await expect(page.getByText("WSC_UPSTREAM_URL")).toBeVisible();
    },
  },
  {
    name: "audit log without a match",
    reach: (stage) =>
      go(
        stage,
        "/audit?actor=nobody&result=denied&from=2026-01-01T00:00:00Z",
        headingOf(stage.page, stage.words.audit.zeroTitle, 2),
      ),
  },
  {
    name: "audit log with a broken chain",
    reach: async ({ page, words }) => {
      await answer(page, /\/api\/audit\/chain$/, 200, chainBroken);
      await open(page, "/audit", page.getByRole("alert").filter({ hasText: words.audit.chainBroken("42") }));
      await page.unrouteAll();
    },
  },
  {
    name: "audit log that cannot be read",
    reach: async (stage) => {
      const { page, words } = stage;
      await answer(page, /\/api\/audit\?/, 503, storeFailed);
      await go(stage, "/audit?actor=unread", headingOf(page, words.audit.failedTitle, 2));
      await page.unrouteAll();
    },
  },
  {
    name: "audit log for an operator",
    reach: async ({ page, words, persona }) => {
      await persona("operator");
      await open(page, "/audit", headingOf(page, words.shell.forbiddenTitle, 1));
    },
  },
  {
    name: "settings for a viewer",
    reach: async ({ page, words, persona }) => {
      await persona("viewer");
      await open(page, "/settings", headingOf(page, words.settings.health, 2));
      await expect(headingOf(page, words.settings.fixed, 2)).toHaveCount(0);
      await persona("admin");
    },
  },
  {
    name: "settings after a test that failed",
    reach: async ({ page, words, emulator }) => {
      emulator.addFault({ operation: "getJobs", times: 9, effect: { kind: "gateway-error", code: "200" } });
      const test = page.getByRole("button", { name: words.settings.test, exact: true });
      await open(page, "/settings", test);
      await test.click();
      await expect(page.getByText(errorTextOf(words, "200").title).first()).toBeVisible();
      await expect(page.getByText("WSC_SECRET_KEY")).toBeVisible();
      emulator.clearFaults();
    },
  },
  {
    name: "service tokens while a new one is refused",
    reach: async (stage) => {
      const { page, language } = stage;
      const words = tokenWords[language];
      await go(stage, "/settings/tokens", createButton(stage, words.create));
      await createButton(stage, words.create).click();
      await page.getByRole("radio", { name: words.someTargets, exact: true }).check();
      await page.getByRole("button", { name: words.submit, exact: true }).click();
      await expect(page.getByRole("textbox", { name: words.name })).toHaveAttribute("aria-invalid", "true");
    },
  },
  {
    name: "service tokens with a new one",
    reach: async (stage) => {
      const { page, language } = stage;
      const words = tokenWords[language];
      await go(stage, "/settings/tokens", createButton(stage, words.create));
      await createButton(stage, words.create).click();
      await page.getByRole("textbox", { name: words.name }).fill("deploy");
      await page.getByRole("button", { name: words.submit, exact: true }).click();
      await expect(page.getByText(/^wsc_[0-9A-Za-z]{42}$/)).toBeVisible();
      await page.getByRole("button", { name: words.done, exact: true }).click();
      await expect(page.getByRole("list", { name: words.listLabel })).toBeVisible();
    },
  },
  {
    name: "help",
    reach: (stage) => go(stage, "/help#code-BUDGET_EXHAUSTED", stage.page.getByText("BUDGET_EXHAUSTED").first()),
  },
  {
    name: "API reference with an open operation",
    reach: async (stage) => {
      const { page } = stage;
      const operation = page.locator("summary").getByText("POST", { exact: true }).first();
      await go(stage, "/help/api", operation);
      await operation.click();
      await expect(page.getByText('"X-WSC-Request"').or(page.getByText("X-WSC-Request")).first()).toBeVisible();
    },
  },
  {
    name: "a new channel, refused and then made",
    reach: async (stage) => {
      const { page, language } = stage;
      const words = channelWords[language];
      await go(stage, "/settings/notifications", createButton(stage, words.create));
      await createButton(stage, words.create).click();
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
