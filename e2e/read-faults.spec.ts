import { faultTable } from "../apps/bff/test/fault-table.ts";
import { errorTextOf } from "../apps/web/src/messages/error-text.ts";
import { pageHangLimitMs } from "../scripts/hang-limit.ts";
import { expect, languages, test } from "./fixtures.ts";
import { moveTo } from "./move-to.ts";
import { wordsOf } from "./words.ts";

// A gateway that never answers is given up on soon.
test.use({ stackOptions: { name: "read faults", settings: { WSC_UPSTREAM_TIMEOUT_MS: "3000" } } });

/** A failure that is told at once, and one that is waited for; that a list says the code of every row is a test of the server. */
const shown = new Set(["503 with code 500", "silence"]);
const readFaults = faultTable.flatMap(({ read, ...row }) =>
  read === null || !shown.has(row.name) ? [] : [{ ...row, read }],
);

/** The head of the table, and fifty jobs. */
const rowsOfFullPage = 51;

for (const [index, { name, effect, read }] of readFaults.entries()) {
  const language = languages[index % languages.length] ?? "en";
  const words = wordsOf(language);
  const { title, next } = errorTextOf(words, read);

  test(`${name}: the list stays visible with an error and remedy in ${language}, and recovers`, async ({
    page,
    visit,
    emulator,
    allowStatuses,
    expectAlive,
  }) => {
    allowStatuses(502, 503, 504);
    await visit("/jobs", { language, theme: index % 2 === 0 ? "light" : "dark" });
    const rows = page.getByRole("row");
    await expect(rows).toHaveCount(rowsOfFullPage);

    emulator.addFault({ operation: "*", times: 1_000_000, effect });
    // What was read before stays; one line says why it is old. A list read a moment ago is not read again, so ask until it is.
    const banner = page.getByRole("alert");
    await expect(async () => {
      await page.getByRole("button", { name: words.jobs.refresh, exact: true }).click();
      await expect(banner).toContainText(title, { timeout: 1000 });
    }).toPass({ timeout: pageHangLimitMs });
    await expect(banner).toContainText(next);
    await expect(rows).toHaveCount(rowsOfFullPage);
    await expectAlive();

    // Nothing was ever read for this search, so there is nothing to fall back to.
    await page.getByRole("searchbox", { name: words.jobs.search }).fill(`nothing-is-called-${index}`);
    const failure = page.getByRole("main").getByRole("alert");
    await expect(failure).toContainText(words.jobs.failedTitle);
    await expect(failure).toContainText(title);
    await expect(failure).toContainText(next);
    await expect(rows).toHaveCount(0);
    await expectAlive();

    emulator.clearFaults();
    // Calls stay paused for some seconds after so many failures, so ask until one leaves.
    const recovered = page.getByRole("heading", { name: words.jobs.zeroTitle });
    await expect(async () => {
      const retry = failure.getByRole("button", { name: words.shell.retry });
      if (await retry.isVisible()) await retry.click({ timeout: 1000 });
      await expect(recovered).toBeVisible({ timeout: 1000 });
    }).toPass({ timeout: pageHangLimitMs });
    await expect(page.getByRole("alert")).toHaveCount(0);
  });
}

const language = "ja";
const words = wordsOf(language);
const failures = [
  { code: "901", effect: { kind: "service-error", code: "901" } },
  { code: "500", effect: { kind: "gateway-error", code: "500" } },
  { code: "UPSTREAM_UNREADABLE", effect: { kind: "html", status: 200 } },
] as const;

test("a report that fails says why, and is shown when the upstream recovers", async ({
  page,
  visit,
  emulator,
  allowStatuses,
  expectAlive,
  addJobs,
}) => {
  allowStatuses(502, 503);
  const hostOf = (code: string): string => `report-${code.toLowerCase().replace("_", "-")}.example.com`;
  const numbers = await addJobs(failures.map(({ code }) => ({ startUrl: `https://${hostOf(code)}/`, status: 4 })));
  await visit("/jobs", { language, theme: "light" });
  for (const [index, { code, effect }] of failures.entries()) {
    await test.step(code, async () => {
      const { title, next } = errorTextOf(words, code);
      emulator.addFault({ operation: "getReport", times: 1_000_000, effect });
      await moveTo(page, `/jobs/${numbers[index]}/report`);
      await expect(page.getByRole("heading", { level: 1, name: words.report.failedTitle })).toBeVisible();
      await expect(page.getByText(title)).toBeVisible();
      await expect(page.getByText(next)).toBeVisible();
      await expectAlive();
      emulator.clearFaults();
      // Reports stay paused for some seconds after so many failures, so ask until one is read.
      const recovered = page.getByRole("heading", { level: 1, name: hostOf(code) });
      await expect(async () => {
        const retry = page.getByRole("button", { name: words.shell.retry });
        if (await retry.isVisible()) await retry.click({ timeout: 1000 });
        await expect(recovered).toBeVisible({ timeout: 1000 });
      }).toPass({ timeout: pageHangLimitMs });
    });
  }
});

test("a cancellation that fails is not shown as done", async ({
  page,
  visit,
  emulator,
  allowStatuses,
  expectAlive,
  addJobs,
}) => {
  allowStatuses(409, 502, 503);
  const numbers = await addJobs(
    failures.map((_, index) => ({ startUrl: `https://cancel-${index}.example.com/`, status: 12 })),
  );
  await visit("/jobs", { language, theme: "light" });
  for (const [index, { code, effect }] of failures.entries()) {
    await test.step(code, async () => {
      const sent = () => emulator.requests().filter(({ operation }) => operation === "cancelJob").length;
      const before = sent();
      await moveTo(page, `/jobs/${numbers[index]}`);
      await expect(page.getByRole("heading", { level: 1, name: `cancel-${index}.example.com` })).toBeVisible();
      await page.getByRole("button", { name: words.jobs.cancel, exact: true }).click();
      emulator.addFault({ operation: "cancelJob", times: 1_000_000, effect });
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("button", { name: words.jobs.confirmCancel, exact: true }).click();
      // 901 also means that the job is in another state; the re-read job tells which it is.
      const { title, next } = errorTextOf(words, code === "901" ? "JOB_STATE_CONFLICT" : code);
      await expect(dialog.getByRole("alert")).toContainText(title);
      await expect(dialog.getByRole("alert")).toContainText(next);
      expect(sent()).toBe(before + 1);
      emulator.clearFaults();
      await dialog.getByRole("button", { name: words.shell.close }).click();
      await expect(page.getByText(words.jobs.statusWords[12]).first()).toBeVisible();
      await expectAlive();
    });
  }
});
