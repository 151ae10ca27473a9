import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { allJobStates, jobStates, manyJobs } from "./job-states.ts";
import { moveTo } from "./move-to.ts";
import { wordsOf } from "./words.ts";

test.use({ stackOptions: { name: "resets", settings: {} } });

const rowsOf = (page: Page) => page.getByRole("row").filter({ has: page.getByRole("cell") });
const { jobs, report } = wordsOf("en");
const look = { language: "en", theme: "light" } as const;

test("search, filters and page are in the URL, survive a reload and can be shared", async ({
  page,
  context,
  visit,
  showOnly,
}) => {
  await showOnly(manyJobs(40));
  await visit("/jobs", look);
  await page.getByLabel(jobs.searchBy).selectOption("memo");
  await page.getByRole("searchbox", { name: jobs.search }).fill("쇼핑몰");
  await page.getByLabel(jobs.status, { exact: true }).selectOption("4");
  await expect(rowsOf(page)).toHaveCount(7);
  await expect(page).toHaveURL((url) => url.searchParams.get("q") === "쇼핑몰");
  const shared = page.url();
  expect(Object.fromEntries(new URL(shared).searchParams)).toEqual({ q: "쇼핑몰", searchBy: "memo", status: "4" });

  await page.reload();
  await expect(rowsOf(page)).toHaveCount(7);
  await expect(page.getByRole("searchbox", { name: jobs.search })).toHaveValue("쇼핑몰");

  const colleague = await context.newPage();
  await colleague.goto(shared);
  await expect(rowsOf(colleague)).toHaveCount(7);
  await expect(colleague.getByLabel(jobs.searchBy)).toHaveValue("memo");
  await expect(colleague.getByLabel(jobs.status, { exact: true })).toHaveValue("4");
});

test("a page of the list survives a reload, the back button leads to the page before, and one past the end is explained with a link back", async ({
  page,
  visit,
  showOnly,
}) => {
  await showOnly(manyJobs(40));
  await visit("/jobs?limit=25", look);
  await expect(rowsOf(page)).toHaveCount(25);
  await page.getByRole("navigation", { name: jobs.pages }).getByRole("link", { name: jobs.nextPage }).click();
  await expect(rowsOf(page)).toHaveCount(15);
  await expect(page).toHaveURL(/page=2/);
  await page.reload();
  await expect(rowsOf(page)).toHaveCount(15);
  await page.goBack();
  await expect(rowsOf(page)).toHaveCount(25);
  await moveTo(page, "/jobs?page=9");
  await expect(page.getByRole("heading", { name: jobs.pastEndTitle })).toBeVisible();
  await page.getByRole("link", { name: jobs.firstPage }).click();
  await expect(rowsOf(page)).toHaveCount(40);
});

test("the list opens with defaults for the invalid parts of a URL, and keeps the valid ones", async ({
  page,
  visit,
  showOnly,
}) => {
  const long = "x".repeat(5000);
  await showOnly(manyJobs(4));
  await visit("/jobs?page=minus-one&status=91", look);
  await expect(rowsOf(page)).toHaveCount(2);
  for (const query of [
    "page=0&limit=7&status=999&searchBy=owner",
    "page=-1&limit=1e9&status[]=4&q=",
    "page=NaN&limit=%00&status=%F0%9F%92%A9&sort=%",
    `q=${long}&page=99999999999999999999`,
    "__proto__[x]=1&constructor=1&page=%3Cscript%3E",
  ]) {
    await moveTo(page, `/jobs?${query}`);
    await expect(rowsOf(page), query).toHaveCount(4);
    await expect(page.getByRole("alert"), query).toHaveCount(0);
    await moveTo(page, "/jobs?status=91");
    await expect(rowsOf(page)).toHaveCount(2);
  }
});

test("the filters of a report survive a reload; invalid ones show every finding, and an invalid step the first", async ({
  page,
  visit,
  showOnly,
}) => {
  await showOnly(allJobStates);
  const path = `/jobs/${jobStates.completed.instanceNo}/report`;
  await visit(`${path}?sev=critical,%3Cb%3E&group=owner&q=`, look);
  const findings = page.getByRole("article");
  await expect(findings).toHaveCount(4);
  await page.getByRole("checkbox", { name: report.severityName.high }).uncheck();
  await page.getByRole("searchbox", { name: report.filterText }).fill("search");
  await page.getByLabel(report.groupBy).selectOption("domain");
  await expect(findings).toHaveCount(1);
  await expect(page).toHaveURL((url) => url.searchParams.get("q") === "search");
  await page.reload();
  await expect(findings).toHaveCount(1);
  await expect(page.getByRole("checkbox", { name: report.severityName.high })).not.toBeChecked();
  await expect(page.getByLabel(report.groupBy)).toHaveValue("domain");
  const { create } = wordsOf("en");
  await moveTo(page, "/jobs/new?step=payment&from=abc&submission=..%2F..");
  await expect(page.getByRole("heading", { name: create.stepNames.target, exact: true })).toBeVisible();
});
