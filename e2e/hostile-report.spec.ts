import type { JobSeed } from "@wsc-dashboard/wsc-emulator";
import { expect, test } from "./fixtures.ts";
import { attackCount, hostileTexts } from "./hostile-texts.ts";
import { watchPolicy } from "./watch-policy.ts";
import { wordsOf } from "./words.ts";

test.use({ stackOptions: { name: "hostile reports", settings: { WSC_BACKGROUND_READ_MS: "150" } } });

const { compare, report, shell } = wordsOf("en");
const look = { language: "en", theme: "light" } as const;
const [base, head] = ["8600001", "8600002"];
const dayMs = 86_400_000;
/** What would run, fetch or lead elsewhere, had a text become an element. */
const forbidden = ":is(script, iframe, object, embed, img, base, meta, form, style, link)";

/** A report with every text of it hostile; the later of the two has half of the findings again. */
function hostileJob(instanceNo: string, days: number, texts: readonly string[]): JobSeed {
  const first = texts[0] ?? "";
  return {
    instanceNo,
    startUrl: `https://hostile.example.com/?${first}`,
    status: 4,
    endedAt: new Date(Date.now() - days * dayMs).toISOString(),
    memo: texts.slice(0, 20).join(" "),
    crawlCount: 100,
    scannedDomains: texts.slice(0, 40),
    notScannedDomains: texts.slice(0, 40),
    excludeUrls: texts.slice(0, 20),
    items: ["XSS", ...texts.slice(0, 20)],
    userAgent: first,
    findings: texts.map((text, index) => ({
      item: text,
      risk: "High",
      method: text.slice(0, 20),
      url: index % 2 === 0 ? text : `https://hostile.example.com/${text}`,
      parameter: text,
      evidence: `GET /?${text}=${text} HTTP/1.1\n\nHTTP/1.1 200 OK\n\n${text}`,
    })),
  };
}

test("two hundred hostile texts stay texts in the viewer, on paper, in a comparison, in toasts and in the HTML file", async ({
  page,
  context,
  browser,
  visit,
  addJobs,
}) => {
  const violations = await watchPolicy(page);
  await addJobs([hostileJob(base, 3, hostileTexts), hostileJob(head, 2, hostileTexts.slice(0, 100))]);
  /** Nothing of it became an element, and no link leads anywhere but here. */
  const expectOnlyText = async (): Promise<void> => {
    expect(await page.getByRole("main").locator(forbidden).count()).toBe(0);
    const origins = await page.evaluate(() => [
      ...new Set([...document.querySelectorAll<HTMLAnchorElement>("a[href]")].map(({ origin }) => origin)),
    ]);
    expect(origins).toEqual([new URL(page.url()).origin]);
    expect(await page.evaluate(() => /[\u202a-\u202e\u2066-\u2069]/.test(document.body.textContent ?? ""))).toBe(false);
  };

  await visit(`/jobs/${base}/report`, look);
  const rows = page.locator(".finding-row[id]");
  await expect(rows).toHaveCount(hostileTexts.length);
  const missing = await page.evaluate(
    (wanted) => {
      const shown = document.body.textContent ?? "";
      return wanted.filter((text) => !shown.includes(text));
    },
    hostileTexts.filter((text) => !text.includes("\u202e")),
  );
  expect(missing).toEqual([]);
  await expectOnlyText();
  // In full, one of each attack after the other.
  await rows.first().getByRole("link").click();
  const opened = page.getByRole("article");
  for (let number = 1; number <= attackCount; number += 1) {
    await expect(opened).toContainText(report.position(String(number), String(hostileTexts.length)));
    expect(await opened.locator(forbidden).count()).toBe(0);
    await page.keyboard.press("]");
  }
  await expectOnlyText();
  await page.emulateMedia({ media: "print" });
  await page.pdf();
  await page.emulateMedia({ media: null });

  await page.getByRole("button", { name: report.exportReport }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: report.exportNames.html, exact: true }).click();
  const file = await (await download).path();
  await expect(page.getByText(report.exported((await download).suggestedFilename())).first()).toBeVisible();
  await expectOnlyText();

  await page.goto(`/compare?base=${base}&head=${head}`);
  await expect(page.getByText(compare.explained.notRetested)).toBeVisible();
  await expect(page.locator("[data-compared]")).not.toHaveCount(0);
  await expectOnlyText();
  await page.goto("/targets");
  await expect(page.getByText("hostile.example.com").first()).toBeVisible();
  await expectOnlyText();

  const apart = await browser.newContext();
  const apartPage = await apart.newPage();
  const seen: string[] = [];
  apartPage.on("request", (request) => seen.push(request.url()));
  apartPage.on("dialog", (dialog) => {
    seen.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  const refused = await watchPolicy(apartPage);
  await apartPage.goto(`file://${file}`);
  await expect(apartPage.locator("body")).toContainText("H-01");
  expect(await apartPage.locator(":is(script, iframe, object, embed, img, base, form, link)").count()).toBe(0);
  expect(seen).toEqual([`file://${file}`]);
  expect(refused).toEqual([]);
  await apart.close();

  expect(violations).toEqual([]);
  expect(context.pages()).toHaveLength(1);
});

test("a hostile reason of the upstream stays text where a report cannot be shown", async ({
  page,
  visit,
  emulator,
  allowStatuses,
  addJobs,
}) => {
  allowStatuses(502, 503, 400, 500);
  const violations = await watchPolicy(page);
  const text = hostileTexts.slice(0, 20).join(" ");
  await addJobs([hostileJob("8600003", 1, [])]);
  const body = { error: { errorCode: 160999, message: text } };
  emulator.addFault({ operation: "getReport", times: 100, effect: { kind: "body", status: 400, body } });
  await visit("/jobs/8600003/report", look);
  await expect(page.getByText(shell.unknownCode("160999")).first()).toBeVisible();
  expect(await page.locator("main :is(script, iframe, img, base, meta, form)").count()).toBe(0);
  expect(violations).toEqual([]);
});
