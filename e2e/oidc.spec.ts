import { expect, test } from "@playwright/test";
import { axeComplaints } from "./axe.ts";
import { regroup, type SignInStack, startSignInStack } from "./sign-in-stack.ts";
import { wordsOf } from "./words.ts";

let stack: SignInStack;
test.beforeAll(async () => {
  stack = await startSignInStack("oidc", { WSC_SESSION_IDLE_MS: "110000" });
});
test.afterAll(() => stack.stop());

test(`a person logs in at the provider, works, is warned of the session end, and logs out`, async ({
  page,
  context,
}) => {
  const { shell, create } = wordsOf("ko");
  await context.addCookies([{ name: "wsc_lang", value: "ko", url: stack.origin }]);

  await page.goto(`${stack.origin}/jobs/new`);
  await page.getByRole("button", { name: "operator" }).click();
  await expect(page).toHaveURL(`${stack.origin}/jobs/new`);
  const target = page.getByLabel(create.startUrl);
  await target.fill("https://shop.example.com/");

  // The session lasts less than the two minutes of the warning: what was typed is still there beside it.
  await expect(page.getByRole("alert").filter({ hasText: shell.sessionEndsNote })).toBeVisible();
  await expect(target).toHaveValue("https://shop.example.com/");
  expect(await axeComplaints(page)).toEqual([]);
  await page.getByRole("button", { name: shell.staySignedIn }).click();
  await expect(target).toHaveValue("https://shop.example.com/");
  await target.fill("");

  await page.getByRole("button", { name: "Local operator" }).click();
  await expect(page.getByText(shell.sessionEndsLabel)).toBeVisible();
  const cookies = await context.cookies(stack.origin);
  expect(cookies.find(({ name }) => name === "wsc_sid")).toMatchObject({ httpOnly: true, sameSite: "Strict" });
  await page.getByRole("button", { name: shell.signOut }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { level: 1, name: shell.signedOutTitle })).toBeVisible();
  expect(await axeComplaints(page)).toEqual([]);
  expect((await context.cookies(stack.origin)).map(({ name }) => name)).toEqual(["wsc_lang"]);
});

test("a person without a role sees that they have none and can only log out", async ({ page }) => {
  regroup(stack, "viewer", ["another-team"]);
  const { shell } = wordsOf("en");
  await page.goto(stack.origin);
  await page.getByRole("button", { name: "viewer" }).click();
  await expect(page.getByRole("heading", { level: 1, name: shell.noRoleTitle })).toBeVisible();
  await expect(page.getByText(shell.signedInAs("Local viewer"))).toBeVisible();
  expect(await axeComplaints(page)).toEqual([]);
  await page.getByRole("button", { name: shell.signOut }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { level: 1, name: shell.signedOutTitle })).toBeVisible();
});
