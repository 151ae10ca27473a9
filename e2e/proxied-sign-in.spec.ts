import { expect, test } from "@playwright/test";
import { newJobForm } from "./new-job-form.ts";
import { regroup, type SignInStack, startSignInStack } from "./sign-in-stack.ts";
import { wordsOf } from "./words.ts";

const words = wordsOf("en");
const { jobs, shell } = words;

for (const mode of ["jwt", "header"] as const) {
  test.describe(`behind a proxy in ${mode} mode`, () => {
    let stack: SignInStack;
    test.beforeAll(async () => {
      stack = await startSignInStack(mode);
    });
    test.afterAll(() => stack.stop());

    test("a person logs in, works, keeps typed values, loses roles with the next request, and logs out", async ({
      page,
    }) => {
      const { origin } = stack;
      await page.goto(`${origin}/jobs/new`);
      await page.getByRole("button", { name: "operator" }).click();
      await expect(page).toHaveURL(`${origin}/jobs/new`);
      const form = newJobForm(page, words);
      await form.fill(stack.demoSite.origin);
      await form.start(stack.demoSite.origin).click();
      await expect(page).toHaveURL(/\/jobs\/\d+$/);

      // What the browser says about itself is not what the proxy says.
      const answer = await page.request.get(`${origin}/api/session`, {
        headers: {
          "X-WSC-Request": "1",
          "Sec-Fetch-Mode": "cors",
          "X-Forwarded-User": "admin",
          "X-Forwarded-Groups": "local-admins",
          "X-Local-Assertion": "forged",
        },
      });
      expect(await answer.json()).toMatchObject({ user: { name: "Local operator", roles: ["operator"] } });

      // The proxy's session ends while somebody types.
      await page.getByRole("banner").getByRole("link", { name: jobs.title, exact: true }).click();
      await page.getByRole("link", { name: jobs.newJob, exact: true }).click();
      const cookies = await page.context().cookies(origin);
      await page.context().clearCookies({ name: "local_proxy_session" });
      await form.startUrl.fill("https://typed.example.com/");
      await expect(page.getByRole("alert").filter({ hasText: shell.sessionOver })).toBeVisible();
      await expect(form.startUrl).toHaveValue("https://typed.example.com/");
      await page.context().addCookies(cookies);
      const isKept = page.waitForResponse((response) => response.url().endsWith("/api/drafts") && response.ok());
      await form.startUrl.fill("https://typed.example.com/more");
      await isKept;
      await page.getByRole("banner").getByRole("link", { name: jobs.title, exact: true }).click();
      await expect(page.getByRole("alert").filter({ hasText: shell.sessionOver })).toHaveCount(0);

      regroup(stack, "operator", ["local-viewers"]);
      await page.getByRole("link", { name: jobs.newJob, exact: true }).click();
      await expect(page.getByRole("heading", { level: 1, name: shell.forbiddenTitle })).toBeVisible();
      await page.getByRole("banner").getByRole("link", { name: jobs.title, exact: true }).click();
      await expect(page.getByRole("row").nth(1)).toBeVisible();
      await expect(page.getByRole("link", { name: jobs.newJob, exact: true })).toHaveCount(0);

      regroup(stack, "operator", ["another-team"]);
      await page.getByRole("link", { name: shell.targets, exact: true }).click();
      await expect(page.getByRole("heading", { level: 1, name: shell.noRoleTitle })).toBeVisible();

      await page.getByRole("button", { name: shell.signOut }).click();
      await page.getByRole("button", { name: "Sign out" }).click();
      await expect(page).toHaveURL(`${origin}/signed-out`);
      await expect(page.getByRole("heading", { level: 1, name: shell.signedOutTitle })).toBeVisible();
      await page.getByRole("link", { name: shell.signIn }).click();
      await expect(page.getByRole("button", { name: "operator" })).toBeVisible();
    });
  });
}
