import { faultTable } from "../apps/bff/test/fault-table.ts";
import { errorTextOf } from "../apps/web/src/messages/error-text.ts";
import { pageHangLimitMs } from "../scripts/hang-limit.ts";
import { expect, languages, test } from "./fixtures.ts";
import { wordsOf } from "./words.ts";

// A gateway that never answers is given up on soon.
test.use({ stackOptions: { name: "read faults", settings: { WSC_UPSTREAM_TIMEOUT_MS: "3000" } } });

/** A failure that is told at once, and one that is waited for; that a list says the code of every row is a test of the server. */
const shown = new Set(["503 with code 500", "silence"]);
const readFaults = faultTable.flatMap(({ read, ...row }) =>
  read === null || !shown.has(row.name) ? [] : [{ ...row, read }],
);

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
    await expect(rows.nth(1)).toBeVisible();
    const before = await rows.count();

    emulator.addFault({ operation: "*", times: 1_000_000, effect });
    // What was read before stays; one line says why it is old. A list read a moment ago is not read again, so ask until it is.
    const banner = page.getByRole("alert");
    await expect(async () => {
      await page.getByRole("button", { name: words.jobs.refresh, exact: true }).click();
      await expect(banner).toContainText(title, { timeout: 1000 });
    }).toPass({ timeout: pageHangLimitMs });
    await expect(banner).toContainText(next);
    await expect(rows).toHaveCount(before);
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

for (const [index, code] of (["901", "500", "UPSTREAM_UNREADABLE"] as const).entries()) {
  const language = languages[index] ?? "en";
  const words = wordsOf(language);
  const { title, next } = errorTextOf(words, code);
  const effect = {
    "901": { kind: "service-error", code: "901" },
    "500": { kind: "gateway-error", code: "500" },
    UPSTREAM_UNREADABLE: { kind: "html", status: 200 },
  } as const;

  test(`a report that fails with ${code} shows it in ${language} and is shown when the upstream recovers`, async ({
    page,
    visit,
    emulator,
    allowStatuses,
    expectAlive,
    addJobs,
  }) => {
    allowStatuses(502, 503);
    const [instanceNo] = await addJobs([{ startUrl: `https://report-${index}.example.com/`, status: 4 }]);
    emulator.addFault({ operation: "getReport", times: 1_000_000, effect: effect[code] });
    await visit(`/jobs/${instanceNo}/report`, { language, theme: "light" });
    await expect(page.getByRole("heading", { level: 1, name: words.report.failedTitle })).toBeVisible();
    await expect(page.getByText(title)).toBeVisible();
    await expect(page.getByText(next)).toBeVisible();
    await expectAlive();
    emulator.clearFaults();
    // Reports stay paused for some seconds after so many failures, so ask until one is read.
    const recovered = page.getByRole("heading", { level: 1, name: `report-${index}.example.com` });
    await expect(async () => {
      const retry = page.getByRole("button", { name: words.shell.retry });
      if (await retry.isVisible()) await retry.click({ timeout: 1000 });
      await expect(recovered).toBeVisible({ timeout: 1000 });
    }).toPass({ timeout: pageHangLimitMs });
  });

  test(`a cancellation that fails with ${code} is not shown as done, in ${language}`, async ({
    page,
    visit,
    emulator,
    allowStatuses,
    expectAlive,
    addJobs,
  }) => {
    allowStatuses(409, 502, 503);
    const [instanceNo] = await addJobs([{ startUrl: `https://cancel-${index}.example.com/`, status: 12 }]);
    await visit(`/jobs/${instanceNo}`, { language, theme: "light" });
    await page.getByRole("button", { name: words.jobs.cancel, exact: true }).click();
    emulator.addFault({ operation: "cancelJob", times: 1_000_000, effect: effect[code] });
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: words.jobs.confirmCancel, exact: true }).click();
    // 901 also means that the job is in another state; the re-read job tells which it is.
    const told = code === "901" ? errorTextOf(words, "JOB_STATE_CONFLICT") : { title, next };
    await expect(dialog.getByRole("alert")).toContainText(told.title);
    await expect(dialog.getByRole("alert")).toContainText(told.next);
    expect(emulator.requests().filter(({ operation }) => operation === "cancelJob")).toHaveLength(1);
    await dialog.getByRole("button", { name: words.shell.close }).click();
    await expect(page.getByText(words.jobs.statusWords[12]).first()).toBeVisible();
    await expectAlive();
  });
}
