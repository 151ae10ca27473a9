import { readFile } from "node:fs/promises";
import { expect, test } from "./fixtures.ts";
import { wordsOf } from "./words.ts";

test.use({ stackOptions: { name: "resets", settings: {} } });

test("an auditor filters denied actions by keyboard and exports them", async ({ page, context, baseURL, visit }) => {
  const language = "ko";
  const words = wordsOf(language);
  const { audit, shell } = words;
  const as = (value: string) => context.addCookies([{ name: "wsc_persona", value, url: baseURL ?? "" }]);
  await as("viewer");
  await context.request.get("/api/audit", { headers: { "X-WSC-Request": "1" } });
  await as("auditor");
  await visit("/jobs", { language, theme: "light" });
  await expect(page.getByRole("link", { name: shell.audit, exact: true })).toBeVisible();
  await page.keyboard.press("g");
  await page.keyboard.press("a");
  await expect(page.getByRole("heading", { level: 1, name: audit.title, exact: true })).toBeVisible();
  await expect(page.getByText(audit.chainIntact(9, "9").split("9")[0] ?? "")).toBeVisible();

  await page.keyboard.press("/");
  await page.keyboard.type("dev:viewer");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/audit\?actor=dev%3Aviewer$/);
  const rows = page.getByRole("list", { name: audit.listLabel }).getByRole("listitem");
  await expect(rows.filter({ hasText: audit.results.denied }).first()).toContainText(audit.actions["audit.list"]);
  await expect(rows.filter({ hasText: audit.system })).toHaveCount(0);

  await page.locator("body").click({ position: { x: 2, y: 2 } });
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(rows.first()).toContainText("ROLE_FORBIDDEN");
  await expect(rows.first()).toContainText(words.errors.ROLE_FORBIDDEN.title);

  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: audit.exportJsonl, exact: true }).press("Enter");
  const file = await readFile(await (await saved).path(), "utf8");
  const entries = file
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(new Set(entries.map(({ actor }) => actor.id))).toEqual(new Set(["dev:viewer"]));

  await page.getByRole("button", { name: audit.clear, exact: true }).press("Enter");
  await expect(page).toHaveURL(/\/audit$/);
  await expect(rows.first()).toContainText(audit.actions["audit.export"]);
  await page.goBack();
  await expect(page).toHaveURL(/actor=dev%3Aviewer$/);
  await expect(page.getByLabel(audit.who, { exact: true })).toHaveValue("dev:viewer");
});

test("an administrator tests the connection without creating anything", async ({ page, visit, emulator }) => {
  const language = "ja";
  const { settings, shell } = wordsOf(language);
  await visit("/settings", { language, theme: "dark" });
  emulator.clearRequests();
  await page.getByRole("button", { name: settings.test, exact: true }).press("Enter");
  const steps = page.getByRole("status").getByRole("listitem");
  await expect(steps).toHaveCount(4);
  await expect(steps.last()).toHaveText(shell.labelled(settings.steps.list, settings.outcomes.passed));
  expect(new Set(emulator.requests().map(({ operation }) => operation))).toEqual(new Set(["getJobs"]));
  await expect(page.getByRole("main")).toContainText("WSC_SECRET_KEY");
});

test("invalid parts of the audit log's URL fall back to defaults", async ({ page, visit }) => {
  await visit("/audit?result=done&from=yesterday&cursor=x&actor=system", { language: "en", theme: "light" });
  const { audit } = wordsOf("en");
  await expect(page.getByLabel(audit.who, { exact: true })).toHaveValue("system");
  const entries = page.getByRole("list", { name: audit.listLabel });
  await expect(entries.getByText(audit.actions["dashboard.start"]).first()).toBeVisible();
});
