import type { TargetList } from "@wsc-dashboard/wsc-core";
import type { JobSeed } from "@wsc-dashboard/wsc-emulator";
import { comparedJobs } from "./compared-jobs.ts";
import { expect, test } from "./fixtures.ts";
import { untilCounted } from "./until-counted.ts";
import { wordsOf } from "./words.ts";

test.use({ stackOptions: { name: "overview", settings: { WSC_BACKGROUND_READ_MS: "100" } } });

const look = { language: "en", theme: "light" } as const;
const { overview, shell, targets } = wordsOf("en");
const { first, base } = comparedJobs;
/** Whether the newest report is read, and compared where there is an earlier one. */
const isCompared = ({ latestState, trend, change }: TargetList["targets"][number]): boolean =>
  latestState === "read" && (trend.length < 2 || change !== null);
const calm: JobSeed = { ...first, instanceNo: "8700020", startUrl: "https://calm.example.com/", findings: [] };

test("each number of the overview leads to the targets that it counts, and these to their history", async ({
  page,
  visit,
  showOnly,
}) => {
  await showOnly([first, base, calm]);
  await untilCounted(page, ({ targets: rows }) => rows.length === 2 && rows.every(isCompared));
  await visit("/", look);
  const open = page.getByRole("region", { name: overview.open });
  await expect(open.getByRole("link", { name: `1 ${overview.openLink.high}` })).toBeVisible();
  await open.getByRole("link", { name: `2 ${overview.openLink.medium}` }).click();
  await expect(page).toHaveURL(/\/targets\?show=medium$/);
  await expect(page.getByRole("status").filter({ hasText: targets.shown("1", "2") })).toContainText(
    targets.openFindings("2"),
  );
  const row = page.getByRole("row").filter({ hasText: "compared.example.com" });
  // Two came and none went since the run before.
  await expect(row.getByRole("link", { name: /2 new, 0 fixed, 2 remaining, 0 not re-tested/ })).toBeVisible();
  await expect(row.getByRole("img")).toBeVisible();
  await row.getByRole("link", { name: "compared.example.com", exact: true }).click();
  await expect(page).toHaveURL(/\/targets\/compared\.example\.com$/);
  await expect(page.getByRole("heading", { name: targets.history })).toBeVisible();
  await page.getByRole("link", { name: /2 new/ }).first().click();
  await expect(page).toHaveURL(new RegExp(`/compare\\?base=${first.instanceNo}&head=${base.instanceNo}$`));
});

test("the targets are sorted and searched by what stands in the address", async ({ page, visit, showOnly }) => {
  await showOnly([first, base, calm]);
  await visit("/targets?sort=-host&q=EXAMPLE", look);
  const hosts = page.getByRole("rowheader");
  await expect(hosts).toHaveText(["compared.example.com", "calm.example.com"]);
  await page.getByRole("columnheader", { name: targets.target }).getByRole("link").click();
  await expect(page).toHaveURL((url) => url.searchParams.get("sort") === null);
  await page.getByRole("columnheader", { name: targets.target }).getByRole("link").click();
  await expect(hosts).toHaveText(["calm.example.com", "compared.example.com"]);
  await page.getByRole("searchbox", { name: targets.search }).fill("nothing-like-it");
  await page.getByRole("link", { name: targets.clear }).click();
  await expect(hosts).toHaveCount(2);
  await page.getByRole("link", { name: shell.overview, exact: true }).click();
  await expect(page).toHaveURL(/\/$/);
});
