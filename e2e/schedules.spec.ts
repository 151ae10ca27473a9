import type { Page } from "@playwright/test";
import type { Schedule } from "@wsc-dashboard/wsc-core";
import { createIdempotencyKey } from "../apps/web/src/api/idempotency-key.ts";
import { expect, test } from "./fixtures.ts";
import { moveTo } from "./move-to.ts";
import { formatsOf, type Language, type Messages, wordsOf } from "./words.ts";

test.use({ stackOptions: { name: "schedules", settings: {} } });

const light = { language: "en", theme: "light" } as const;
const en = wordsOf("en");
const host = "shop.example.com";
const startUrl = `https://${host}/`;

/** A schedule made beside the pages, as a colleague would. */
async function keep(page: Page, change: Record<string, unknown> = {}, persona = "admin"): Promise<Schedule> {
  const origin = new URL(page.url()).origin;
  const answer = await page.context().request.post("/api/schedules", {
    data: {
      startUrl,
      consent: { textVersion: "1", accepted: true },
      rule: { every: "month", nth: 1, weekdays: ["mon"], localTime: "02:00", zone: "Asia/Seoul" },
      ...change,
    },
    headers: {
      "X-WSC-Request": "1",
      Origin: origin,
      "Idempotency-Key": createIdempotencyKey(),
      Cookie: `wsc_persona=${persona}`,
    },
  });
  expect(answer.ok(), await answer.text()).toBe(true);
  return ((await answer.json()) as { schedule: Schedule }).schedule;
}

const ruleWords = ({ schedules }: Messages, language: Language): string =>
  schedules.ruleWeekday(schedules.nth[1], formatsOf(language).weekday("mon", "long"), "02:00");

test.afterEach(async ({ page, context, ask, change }) => {
  // Otherwise a page still asks for what is being deleted.
  await page.goto("about:blank");
  await context.clearCookies();
  const { schedules } = (await ask("/api/schedules")).body as { schedules: Schedule[] };
  for (const { id } of schedules) await change("DELETE", `/api/schedules/${id}`);
});

test("a schedule is created, read, paused, resumed, changed and deleted", async ({ page, visit, allowStatuses }) => {
  const language = "ko";
  const words = wordsOf(language);
  const { schedules, create } = words;
  const button = (name: string) => page.getByRole("button", { name, exact: true });
  await visit("/schedules", { language, theme: "light" });
  await expect(page.getByRole("heading", { name: schedules.emptyTitle })).toBeVisible();
  await page.getByRole("link", { name: schedules.newTitle }).first().click();
  await page.getByLabel(create.startUrl).fill(startUrl);
  await page.getByLabel(create.zone, { exact: true }).selectOption("Asia/Seoul");
  const preview = page.getByRole("complementary").getByRole("listitem");
  await expect(preview).toHaveCount(10);
  await expect(preview.first()).toContainText("02:00");
  await expect(preview.first()).toContainText("17:00 UTC");
  await expect(page.getByRole("complementary")).toContainText(schedules.perMonth(1, "1"));
  await page.getByRole("checkbox", { name: create.consentText }).check();
  await button(schedules.create).click();

  await expect(page).toHaveURL(/\/schedules\/[0-9a-f-]{36}$/);
  await expect(page.getByRole("heading", { level: 1, name: host })).toBeVisible();
  await expect(page.getByText(`${ruleWords(words, language)} (Asia/Seoul)`).first()).toBeVisible();
  await button(schedules.pauseOf(host)).click();
  await expect(button(schedules.keep)).toBeFocused();
  await button(schedules.confirm.pause.act).click();
  await expect(page.getByText(schedules.pausedByUser)).toBeVisible();
  await button(schedules.resumeOf(host)).click();
  await button(schedules.confirm.resume.act).click();
  await expect(page.getByText(schedules.pausedByUser)).toHaveCount(0);

  await page.getByRole("link", { name: schedules.edit, exact: true }).click();
  await page.getByRole("radio", { name: schedules.everyWords.day }).check();
  await page.getByRole("textbox", { name: schedules.time }).fill("05:00");
  await page.getByRole("checkbox", { name: create.consentText }).check();
  await button(schedules.save).click();
  await expect(page.getByText(`${schedules.ruleDay("05:00")} (Asia/Seoul)`).first()).toBeVisible();

  // The event of the deletion may come before the page is left, which then reads once more what is gone.
  allowStatuses(404);
  await button(schedules.removeOf(host)).click();
  await button(schedules.confirm.remove.act).click();
  await expect(page).toHaveURL(/\/schedules$/);
  await expect(page.getByRole("heading", { name: schedules.emptyTitle })).toBeVisible();
});

test("a schedule with credentials is not changed without a decision about them", async ({ page, visit, ask }) => {
  const { schedules: words, create, errors } = en;
  await visit("/schedules", light);
  const { id } = await keep(page, { signIn: { kind: "headers", headers: { Cookie: "SID=kept-canary-8" } } });
  await moveTo(page, `/schedules/${id}?edit=1`);
  await expect(page.getByText(words.signInKept)).toBeVisible();
  expect(await page.content()).not.toContain("kept-canary-8");
  await page.getByRole("checkbox", { name: create.consentText }).check();
  const save = page.getByRole("button", { name: words.save, exact: true });
  await save.click();
  await expect(page.getByRole("alert")).toContainText(errors["160432"].title);
  await expect(page.getByRole("alert")).toBeFocused();
  const kind = async () => ((await ask(`/api/schedules/${id}`)).body as { schedule: Schedule }).schedule.signInKind;
  expect(await kind()).toBe("headers");
  await page.getByLabel(create.headerValue(1)).fill("SID=2");
  await save.click();
  await expect(page).toHaveURL(new RegExp(`/schedules/${id}$`));
  expect(await kind()).toBe("headers");
});

test("leaving a changed form asks for confirmation, and leaving an unchanged one does not", async ({ page, visit }) => {
  const { schedules: words, create } = en;
  await visit("/schedules", light);
  const { id } = await keep(page);
  await moveTo(page, `/schedules/${id}?edit=1`);
  const back = page.getByRole("link", { name: create.back, exact: true });
  await back.click();
  await expect(page).toHaveURL(new RegExp(`/schedules/${id}$`));
  await page.getByRole("link", { name: words.edit, exact: true }).click();
  await page.getByLabel(create.memo).fill("changed");
  await back.click();
  await expect(page.getByRole("dialog", { name: words.leaveTitle })).toBeVisible();
  await page.getByRole("button", { name: create.stay, exact: true }).click();
  await expect(page.getByLabel(create.memo)).toHaveValue("changed");
  await back.click();
  await page.getByRole("button", { name: create.leave, exact: true }).click();
  await expect(page.getByText("changed")).toHaveCount(0);
});

test("a rule with all runs in blackout hours is refused while typing, and on saving", async ({
  page,
  visit,
  allowStatuses,
}) => {
  allowStatuses(422);
  const { schedules: words, create, errors } = en;
  await visit("/schedules/new", light);
  await page.getByLabel(create.startUrl).fill(startUrl);
  await page.getByRole("button", { name: words.addBlackout }).click();
  await page.getByLabel(words.from, { exact: true }).fill("00:00");
  await page.getByLabel(words.to, { exact: true }).fill("23:59");
  await expect(page.getByRole("complementary")).toContainText(errors.SCHEDULE_NEVER_RUNS.title);
  await page.getByRole("checkbox", { name: create.consentText }).check();
  await page.getByRole("button", { name: words.create, exact: true }).click();
  await expect(page.getByRole("alert")).toContainText(errors.SCHEDULE_NEVER_RUNS.title);
  await page.getByRole("button", { name: words.removeBlackout(1) }).click();
  await page.getByRole("button", { name: words.create, exact: true }).click();
  await expect(page).toHaveURL(/\/schedules\/[0-9a-f-]{36}$/);
});

test("viewers read schedules and change nothing; an operator changes only their own", async ({
  page,
  context,
  baseURL,
  visit,
}) => {
  const { schedules: words, shell } = en;
  await visit("/schedules", light);
  const { id } = await keep(page);
  const as = (value: string) => context.addCookies([{ name: "wsc_persona", value, url: baseURL ?? "" }]);
  for (const persona of ["viewer", "operator"]) {
    await as(persona);
    await page.goto("/schedules");
    await expect(page.getByRole("link", { name: words.detailsOf(host) })).toBeVisible();
    await expect(page.getByRole("main").getByRole("button")).toHaveCount(0);
    // An address with the form in it shows the settings.
    await moveTo(page, `/schedules/${id}?edit=1`);
    await expect(page.getByRole("heading", { name: words.settings })).toBeVisible();
    await expect(page.getByRole("button", { name: words.save })).toHaveCount(0);
  }
  await as("viewer");
  await page.goto("/schedules/new");
  await expect(page.getByRole("heading", { name: shell.forbiddenTitle })).toBeVisible();
});

test("a missing or deleted schedule is explained with a link back", async ({ page, visit, allowStatuses }) => {
  allowStatuses(404);
  await visit("/schedules/00000000-0000-4000-8000-000000000000", light);
  await expect(page.getByText(en.errors.SCHEDULE_NOT_FOUND.title)).toBeVisible();
  await page.getByRole("link", { name: en.schedules.toList }).click();
  await expect(page).toHaveURL(/\/schedules$/);
});
