/** Takes the pictures of README and user guide from the running product, with the history of the emulator, in every language. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "@playwright/test";
import { type JobList, pagePaths, type TargetList } from "@wsc-dashboard/wsc-core";
import { viewWords } from "../../apps/web/src/messages/view-words.ts";
import { browserArguments } from "../../scripts/find-browser.ts";
import { hangLimitMs, pageHangLimitMs } from "../../scripts/hang-limit.ts";
import { type Stack, startStack } from "../stack.ts";
import { type Language, languages, wordsOf } from "../words.ts";

const picturesDirectory = join(import.meta.dirname, "..", "..", "docs", "images");
const viewport = { width: 1280, height: 800 };

async function ask<Answer>(baseUrl: string, path: string): Promise<Answer> {
  const answer = await fetch(`${baseUrl}${path}`, { headers: { "X-WSC-Request": "1" } });
  return (await answer.json()) as Answer;
}

/** Resolves when all reports have been read in the background, so that the pages have all counts and tell of no failure. */
async function waitForReports(baseUrl: string): Promise<void> {
  const endsAt = Date.now() + hangLimitMs;
  for (;;) {
    const { reading } = await ask<TargetList>(baseUrl, "/api/targets");
    if (reading.listReadAt !== null && reading.waiting === 0 && reading.failure === null) return;
    if (Date.now() > endsAt) throw new Error(`${reading.waiting} reports have not been read, or reading fails`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** The finished job with the most findings that fit into a short report. */
async function findReport(baseUrl: string): Promise<string> {
  const { jobs } = await ask<JobList>(baseUrl, "/api/jobs?limit=100");
  const [first] = jobs
    .filter(({ capabilities, findingCount }) => capabilities.report && (findingCount ?? 0) <= 50)
    .sort((a, b) => (b.findingCount ?? 0) - (a.findingCount ?? 0));
  if (first === undefined) throw new Error("The history has no report.");
  return first.instanceNo;
}

/** Returns the number of pictures. */
export async function takeGuidePictures(chromiumPath: string): Promise<number> {
  const stack = await startStack({ WSC_BACKGROUND_READ_MS: "20" });
  const browser = await chromium.launch({ executablePath: chromiumPath, args: [...browserArguments] });
  try {
    await waitForReports(stack.baseUrl);
    const report = await findReport(stack.baseUrl);
    let count = 0;
    for (const language of languages) count += await takeIn(language, { browser, stack, report });
    return count;
  } finally {
    await browser.close();
    await stack.stop();
  }
}

interface Studio {
  readonly browser: Browser;
  readonly stack: Stack;
  readonly report: string;
}

async function takeIn(language: Language, { browser, stack: { baseUrl, demoSite }, report }: Studio): Promise<number> {
  const directory = join(picturesDirectory, language);
  mkdirSync(directory, { recursive: true });
  const words = wordsOf(language);
  const context = await browser.newContext({ baseURL: baseUrl, viewport, reducedMotion: "reduce" });
  context.setDefaultTimeout(pageHangLimitMs);
  await context.addCookies([
    { name: "wsc_lang", value: language, url: baseUrl },
    { name: "wsc_theme", value: "light", url: baseUrl },
  ]);
  const page = await context.newPage();
  let count = 0;
  const take = async (name: string): Promise<void> => {
    await page.evaluate("document.fonts.ready");
    await page.screenshot({ path: join(directory, `${name}.png`), animations: "disabled" });
    count += 1;
  };
  const open = async (path: string, shown: (page: Page) => Promise<unknown>): Promise<void> => {
    await page.goto(path);
    await shown(page);
  };
  await waitForReports(baseUrl);
  await open(pagePaths.overview, (shown) => shown.getByRole("img").first().waitFor());
  await take("overview");
  // What comes after the rows: the menu of views, and the counts with their links.
  const views = (shown: Page): Promise<void> => shown.getByRole("button", { name: viewWords[language].menu }).waitFor();
  const counts = (shown: Page): Promise<void> => shown.locator('[href*="sev="]').first().waitFor();
  await open(pagePaths.jobs, (shown) => Promise.all([views(shown), counts(shown)]));
  await take("jobs");
  await waitForReports(baseUrl);
  await open(pagePaths.targets, (shown) => Promise.all([views(shown), shown.getByRole("row").nth(3).waitFor()]));
  await take("targets");
  await open(pagePaths.newJob, (shown) => shown.getByLabel(words.create.startUrl).fill(demoSite.origin));
  await page.getByRole("button", { name: words.create.toReview, exact: true }).click();
  await page.getByRole("checkbox", { name: words.create.consentText }).waitFor();
  await take("new-job");
  await open(`/jobs/${report}/report`, (shown) => shown.locator("[data-finding]").first().waitFor());
  await take("report");
  await page.emulateMedia({ colorScheme: "dark" });
  await context.addCookies([{ name: "wsc_theme", value: "dark", url: baseUrl }]);
  await page.setViewportSize({ width: 390, height: 800 });
  // Narrow pages show a list instead of a table.
  await open(pagePaths.jobs, (shown) =>
    Promise.all([shown.locator("[data-row]").first().waitFor(), views(shown), counts(shown)]),
  );
  await take("jobs-phone");
  await context.close();
  return count;
}
