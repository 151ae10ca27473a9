import { expect, test } from "./fixtures.ts";
import { wordsOf } from "./words.ts";

// The screens would ask by themselves once in ten minutes.
test.use({ stackOptions: { name: "events", settings: { WSC_LIST_POLL_MS: "600000" } } });

test("changes of other people appear at once, and hidden tabs do not follow", async ({
  page,
  visit,
  change,
  endSubmissions,
}) => {
  const { jobs } = wordsOf("en");
  const followed: string[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith("/api/events")) followed.push(request.url());
  });
  await visit("/jobs", { language: "en", theme: "light" });
  await expect(page.getByRole("link", { name: jobs.newJob, exact: true }).first()).toBeVisible();
  await expect.poll(() => followed.length).toBe(1);

  const inTwoMonths = new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 16);
  await change("POST", "/api/jobs", {
    startUrl: "https://colleague.example.com/",
    consent: { textVersion: "1", accepted: true },
    when: { kind: "at", localTime: inTwoMonths, zone: "Asia/Seoul" },
  });
  await expect(page.getByRole("main")).toContainText("colleague.example.com");

  const turned = page.waitForEvent("requestfailed", (request) => request.url().endsWith("/api/events"));
  await page.evaluate(() => {
    Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  });
  await turned;
  await page.goto("about:blank");
  await endSubmissions();
});
