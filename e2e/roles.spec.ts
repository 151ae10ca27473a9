import { expect, test } from "./fixtures.ts";
import { allJobStates, jobStates } from "./job-states.ts";
import { moveTo } from "./move-to.ts";
import { wordsOf } from "./words.ts";

test.use({ stackOptions: { name: "resets", settings: {} } });

const actingNames = ({ jobs }: ReturnType<typeof wordsOf>): RegExp => {
  const marker = "-----";
  const texts = [
    jobs.cancel,
    jobs.stop,
    jobs.cancelOf(marker),
    jobs.stopOf(marker),
    jobs.newJob,
    jobs.rescan,
    jobs.newOfTarget,
  ];
  return new RegExp(
    `^(?:${texts.map((text) => RegExp.escape(text).replaceAll(RegExp.escape(marker), ".+")).join("|")})$`,
  );
};

// What a role may do does not depend on the language.
for (const [persona, language] of [
  ["viewer", "ko"],
  ["auditor", "ja"],
] as const) {
  const words = wordsOf(language);
  const { jobs, shell, create } = words;

  test(`a ${persona} reads everything in ${language} without any action offered`, async ({
    page,
    context,
    visit,
    baseURL,
    showOnly,
  }) => {
    await showOnly(allJobStates);
    await context.addCookies([{ name: "wsc_persona", value: persona, url: baseURL ?? "" }]);
    const acting = page
      .getByRole("main")
      .getByRole("button")
      .or(page.getByRole("main").getByRole("link"))
      .and(
        page.getByRole("button", { name: actingNames(words) }).or(page.getByRole("link", { name: actingNames(words) })),
      );

    await visit("/jobs", { language, theme: "light" });
    await expect(page.getByRole("row").filter({ hasText: jobStates.waiting.instanceNo })).toBeVisible();
    await expect(acting).toHaveCount(0);
    for (const state of ["waiting", "running", "completed"] as const) {
      await moveTo(page, `/jobs/${jobStates[state].instanceNo}`);
      await expect(
        page.getByRole("heading", { level: 1, name: new URL(jobStates[state].startUrl).host }),
      ).toBeVisible();
      await expect(acting).toHaveCount(0);
    }
    await page.getByRole("link", { name: jobs.openReport, exact: true }).click();
    await expect(page.getByRole("article")).toHaveCount(jobStates.completed.findings.length);

    await moveTo(page, "/jobs/new");
    await expect(page.getByRole("heading", { level: 1, name: shell.forbiddenTitle })).toBeVisible();
    await expect(
      page.getByText(shell.forbiddenText([shell.roles.operator, shell.roles.admin].join(", "))),
    ).toBeVisible();
    await expect(page.getByLabel(create.startUrl)).toHaveCount(0);

    // The key for a new job is no way around.
    await moveTo(page, "/jobs");
    await expect(page.getByRole("row").nth(1)).toBeVisible();
    await page.keyboard.press("n");
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog", { name: shell.keys })).toBeVisible();
    await expect(page).toHaveURL(/\/jobs$/);
  });
}

for (const persona of ["viewer", "auditor"] as const) {
  test(`an action of a ${persona} by API is refused and nothing is sent to the upstream`, async ({
    context,
    baseURL,
    showOnly,
    emulator,
  }) => {
    await showOnly(allJobStates);
    await context.addCookies([{ name: "wsc_persona", value: persona, url: baseURL ?? "" }]);
    emulator.clearRequests();
    const headers = { "X-WSC-Request": "1", Origin: baseURL ?? "", "Sec-Fetch-Site": "same-origin" };
    for (const path of [
      "/api/jobs",
      `/api/jobs/${jobStates.waiting.instanceNo}/cancel`,
      `/api/jobs/${jobStates.running.instanceNo}/stop`,
    ]) {
      const answer = await context.request.post(path, { headers, data: {} });
      expect(answer.status(), path).toBe(403);
      expect(await answer.json()).toMatchObject({ code: "ROLE_FORBIDDEN" });
    }
    expect(emulator.requests()).toEqual([]);
  });
}

test("the same pages offer actions to an operator", async ({ page, context, visit, baseURL, showOnly }) => {
  await showOnly(allJobStates);
  await context.addCookies([{ name: "wsc_persona", value: "operator", url: baseURL ?? "" }]);
  const { jobs } = wordsOf("en");
  await visit("/jobs", { language: "en", theme: "light" });
  await expect(page.getByRole("link", { name: jobs.newJob, exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: jobs.cancelOf("waiting.example.com") })).toBeVisible();
  await expect(page.getByRole("button", { name: jobs.stopOf("running.example.com") })).toBeVisible();
});
