import { earlyRequests, earlySession } from "../apps/web/early-requests.ts";
import { axeComplaints } from "./axe.ts";
import { expect, languages, test, themes } from "./fixtures.ts";
import { jobStates } from "./job-states.ts";
import { moveToNextPage } from "./move-to.ts";
import { wordsOf } from "./words.ts";

for (const language of languages) {
  test.describe(`the shell opens in ${language}`, () => {
    test.use({ locale: language });

    test("for a browser that asks for it", async ({ page }) => {
      await page.goto("/");
      await expect(page.locator("html")).toHaveAttribute("lang", language);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    });
  });
}

test("the shell opens in the chosen language, light and dark", async ({ page, visit }) => {
  for (const [index, language] of languages.entries()) {
    const theme = themes[index % themes.length] ?? "light";
    await visit("/jobs", { language, theme });
    // In the document itself: the app would set both much later.
    const html = await (await page.context().request.get("/jobs")).text();
    expect(html).toContain(`<html lang="${language}" data-theme="${theme}"`);
    await expect(page.locator("html")).toHaveAttribute("lang", language);
    await expect(page.locator("html")).toHaveAttribute("data-theme", theme);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  }
});

test("the bar stays, and keeps the focus, while the code of a page is on its way", async ({ page, visit }) => {
  const { shell, schedules } = wordsOf("en");
  const code = Promise.withResolvers<void>();
  await page.route("**/assets/schedule-list-page-*.js", async (route) => {
    await code.promise;
    await route.continue();
  });
  await visit("/schedules", { language: "en", theme: "light" });
  const home = page.getByRole("link", { name: shell.product });
  await home.focus();
  await expect(page.getByText(shell.loading)).toBeVisible();
  code.resolve();
  await expect(page.getByRole("heading", { level: 1, name: schedules.title })).toBeVisible();
  await expect(home).toBeFocused();
});

test("a page's document asks for what the page shows first, and the page takes each of these responses", async ({
  page,
  addJobs,
}) => {
  const [instanceNo = ""] = await addJobs([{ ...jobStates.completed, instanceNo: "8200001" }]);
  const asked: string[] = [];
  page.on("request", (request) => {
    const { pathname, search } = new URL(request.url());
    if (pathname.startsWith("/api/")) asked.push(pathname + search);
  });
  for (const [path, requests] of Object.entries(earlyRequests)) {
    // The page before must ask for nothing any more.
    await page.goto("about:blank");
    asked.length = 0;
    const withNumber = (text: string): string => text.replace("$instanceNo", instanceNo);
    const scripts = Promise.withResolvers<void>();
    await page.route("**/assets/*.js", async (route) => {
      await scripts.promise;
      await route.continue();
    });
    await page.goto(withNumber(path), { waitUntil: "commit" });
    await expect.poll(() => asked, path).toEqual([earlySession, ...requests.map(withNumber)]);
    scripts.resolve();
    const left = (): Promise<string[] | null> =>
      page.evaluate(() => (window.earlyAnswers === undefined ? null : Object.keys(window.earlyAnswers)));
    await expect.poll(left, path).toEqual([]);
    await page.unrouteAll({ behavior: "wait" });
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  }
});

/** What the newest browsers have and the oldest supported ones lack, and a few more that come with polyfills of libraries. */
const newerFeatures = [
  "Array.fromAsync",
  "Error.isError",
  "Intl.DurationFormat",
  "Iterator",
  "Math.sumPrecise",
  "Promise.try",
  "RegExp.escape",
  "Temporal",
  "URL.parse",
  "URLPattern",
  "Uint8Array.fromBase64",
  "scheduler",
  "cookieStore",
  "navigation",
  "CSSMarginRule",
  "CSSStartingStyleRule",
  "Document.prototype.startViewTransition",
  "Element.prototype.moveBefore",
  "HTMLDialogElement.prototype.requestClose",
  ...["difference", "intersection", "isDisjointFrom", "isSubsetOf", "isSupersetOf", "symmetricDifference", "union"].map(
    (name) => `Set.prototype.${name}`,
  ),
];

test("every page opens in a browser that lacks the newer features", async ({ page, addJobs }) => {
  const [instanceNo] = await addJobs([jobStates.completed]);
  await page.addInitScript((paths) => {
    for (const path of paths) {
      const names = path.split(".");
      const last = names.pop() ?? "";
      let owner: unknown = globalThis;
      for (const name of names) owner = (owner as Record<string, unknown>)?.[name];
      if (owner !== undefined) delete (owner as Record<string, unknown>)[last];
    }
    const { supports } = CSS;
    Object.defineProperty(globalThis, "lacked", { value: paths.length });
    CSS.supports = (...given: [string]) => !/light-dark|field-sizing/.test(String(given)) && supports.apply(CSS, given);
  }, newerFeatures);
  await page.goto("/help/api");
  expect(await page.evaluate("typeof Intl.DurationFormat")).toBe("undefined");
  const paths = ["/", "/jobs", "/jobs/new", `/jobs/${instanceNo}`, `/jobs/${instanceNo}/report`, "/targets"];
  for (const path of [...paths, "/schedules", "/schedules/new", "/audit", "/settings", "/settings/tokens", "/help"]) {
    await moveToNextPage(page, path);
  }
});

test("a page in three languages says what to do when the dashboard cannot start", async ({ page, allowConsole }) => {
  allowConsole(/Failed to load resource/);
  const expectFailurePage = async (reason: RegExp): Promise<void> => {
    const failure = page.locator("#start-failure");
    await expect(failure.getByRole("heading", { name: "The dashboard could not start" })).toBeVisible();
    await expect(failure.getByRole("heading", { name: "대시보드를 시작하지 못했습니다" })).toBeVisible();
    await expect(failure.getByRole("heading", { name: "ダッシュボードを起動できませんでした" })).toBeVisible();
    await expect(failure.getByText(/Chrome 1\d\d, Edge 1\d\d/)).toHaveCount(3);
    await expect(failure.locator("pre")).toHaveText(reason);
    await expect(page.getByRole("main")).toHaveCount(1);
    expect(await axeComplaints(page)).toEqual([]);
  };
  await test.step("because its code cannot be fetched", async () => {
    await page.route("**/assets/*.js", (route) => route.abort());
    await page.goto("/jobs");
    await expectFailurePage(/assets/);
    await page.unrouteAll();
  });
  await test.step("because the browser is too old", async () => {
    const script = await page.addInitScript(() => void Reflect.deleteProperty(URL, "canParse"));
    await page.goto("/jobs");
    await expectFailurePage(/^$/);
    await script.dispose();
  });
  await test.step("and it goes away with the next start", async () => {
    await page.getByRole("link", { name: "Start again" }).click();
    await expect(page.getByRole("navigation")).toBeVisible();
    await expect(page.locator("#start-failure")).toHaveCount(0);
  });
});
