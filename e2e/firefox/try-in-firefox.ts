/** The main journey, print and a long report in Firefox, over WebDriver BiDi. Outside of `npm test`, because it takes more than a minute. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { targetHostOf } from "@wsc-dashboard/wsc-core";
import puppeteer, { type Browser, type Page } from "puppeteer-core";
import { pageHangLimitMs } from "../../scripts/hang-limit.ts";
import { type Stack, startStack } from "../stack.ts";
import { wordsOf } from "../words.ts";
import { findFirefox } from "./find-firefox.ts";

const words = wordsOf("en");
const label = "Trial, confidential";

/** Answers the exit code: 0 as well where there is no Firefox, which is said. */
export async function tryInFirefox(): Promise<number> {
  const firefox = findFirefox();
  if (firefox === null) {
    process.stdout.write("SKIPPED: no Firefox on this machine (apt-get install firefox-esr)\n");
    return 0;
  }
  process.stdout.write(`${firefox.version}\n`);
  const directory = mkdtempSync(join(tmpdir(), "wsc-firefox-"));
  const stack = await startStack();
  const problems: string[] = [];
  let browser: Browser | undefined;
  try {
    const launch = {
      browser: "firefox",
      executablePath: firefox.path,
      headless: true,
      timeout: pageHangLimitMs,
    } as const;
    browser = await puppeteer.launch(launch);
    const page = await browser.newPage();
    page.setDefaultTimeout(pageHangLimitMs);
    page.on("pageerror", (error) => problems.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error") problems.push(message.text());
    });
    await page.setViewport({ width: 1280, height: 900 });
    await timed("journey: a job from its form to its report", () => runJourney(page, stack));
    await timed("print: label and name of the report on every sheet", () => printReport(page, directory));
    await timed("2,000 findings", () => openLongReport(page, stack));
    if (problems.length > 0) throw new Error(`the pages wrote errors: ${problems.join("; ")}`);
    return 0;
  } catch (error) {
    process.stdout.write(`FAILED: ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  } finally {
    await browser?.close();
    await stack.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function timed(name: string, work: () => Promise<string>): Promise<void> {
  const startedAt = performance.now();
  const detail = await work();
  process.stdout.write(`ok  ${name}: ${detail} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)\n`);
}

const byRole = (page: Page, role: string, name: string) => page.locator(`::-p-aria([name="${name}"][role="${role}"])`);

async function waitFor(page: Page, expression: string): Promise<void> {
  await page.waitForFunction(expression, { polling: 100 });
}

async function runJourney(page: Page, { baseUrl, demoSite }: Stack): Promise<string> {
  await page.setCookie({ name: "wsc_lang", value: "en", url: baseUrl });
  await page.goto(`${baseUrl}/jobs/new`);
  await page.locator("input[type=url], input[inputmode=url]").fill(demoSite.origin);
  await byRole(page, "button", words.create.toReview).click();
  await page.locator("input[type=checkbox]").click();
  await byRole(page, "button", words.create.start(targetHostOf(demoSite.origin))).click();
  await waitFor(page, "/^\\/jobs\\/[0-9]+$/.test(location.pathname)");
  const path = new URL(page.url()).pathname;
  await waitFor(page, `document.querySelector('a[href="${path}/report"]') !== null`);
  await page.goto(`${baseUrl}${path}/report`);
  await waitFor(page, "document.querySelectorAll('[data-finding]').length > 0");
  return `${await page.$$eval("[data-finding]", (findings) => findings.length)} findings`;
}

async function printReport(page: Page, directory: string): Promise<string> {
  // The print dialog of the browser would wait for a person.
  await page.evaluate("window.print = () => {}");
  await byRole(page, "button", words.report.print).click();
  await byRole(page, "textbox", words.report.printLabel).fill(label);
  await byRole(page, "button", words.report.printNow).click();
  await waitFor(
    page,
    `document.adoptedStyleSheets.some((sheet) => [...sheet.cssRules].some(({ cssText }) => cssText.includes("Trial")))`,
  );
  const pdf = join(directory, "report.pdf");
  writeFileSync(pdf, await page.pdf({ preferCSSPageSize: true }));
  let text: string;
  try {
    // Fonts may join letters, as in "ﬁ".
    text = execFileSync("pdftotext", ["-layout", pdf, "-"], { encoding: "utf8", stdio: "pipe" }).normalize("NFKC");
  } catch {
    return "printed; not read, because pdftotext is not installed";
  }
  const sheets = text.split("\f").slice(0, -1);
  const without = sheets.filter((sheet) => !sheet.includes(label) || !sheet.includes(words.report.kicker));
  if (sheets.length === 0 || without.length > 0)
    throw new Error(`${without.length} of ${sheets.length} sheets are without the label`);
  const headings = await page.$$eval("main :is(h2, h3, h4, h5)", (all) =>
    all.map(({ textContent }) => textContent.trim()),
  );
  const stranded = sheets.map(lastLineOf).filter((line) => headings.includes(line));
  if (stranded.length > 0) throw new Error(`headings at the end of a sheet: ${stranded.join("; ")}`);
  return `${sheets.length} sheets`;
}

const lastLineOf = (sheet: string): string => sheet.trimEnd().split("\n").at(-1)?.trim() ?? "";

async function openLongReport(page: Page, { baseUrl, emulator }: Stack): Promise<string> {
  const finding = (index: number) =>
    ({
      item: "XSS",
      risk: (["High", "Medium", "Low"] as const)[index % 3] ?? "Low",
      method: "GET",
      url: `https://long.example.com/page/${index}?q=1`,
      parameter: "q",
      evidence: "<p>reflected</p>",
    }) as const;
  const [instanceNo] = emulator.control.addJobs([
    {
      startUrl: "https://long.example.com/",
      status: 4,
      findings: Array.from({ length: 2000 }, (_, index) => finding(index)),
      startedAt: new Date(Date.now() - 7_200_000).toISOString(),
      endedAt: new Date(Date.now() - 3_600_000).toISOString(),
    },
  ]);
  const startedAt = performance.now();
  await page.goto(`${baseUrl}/jobs/${instanceNo}/report`);
  await waitFor(page, "document.querySelectorAll('[data-finding]').length > 0");
  const firstMs = performance.now() - startedAt;
  await waitFor(page, "document.querySelectorAll('[data-finding]').length === 2000");
  const allMs = performance.now() - startedAt;
  return `first line after ${(firstMs / 1000).toFixed(1)} s, all after ${(allMs / 1000).toFixed(1)} s`;
}
