import { expect, test } from "@playwright/test";
import { type LocalIdp, startLocalIdp } from "@wsc-dashboard/local-idp";
import { freePort } from "../scripts/free-port.ts";
import { axeComplaints } from "./axe.ts";
import { type Stack, startStack } from "./stack.ts";
import { wordsOf } from "./words.ts";

let idp: LocalIdp;
let stack: Stack;
test.beforeAll(async () => {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  idp = await startLocalIdp(origin);
  const settings = {
    WSC_AUTH_MODE: "oidc",
    WSC_AUTH_ISSUER: idp.issuer,
    WSC_OIDC_CLIENT_ID: idp.clientId,
    WSC_OIDC_CLIENT_SECRET: idp.clientSecret,
    WSC_ROLE_MAP: idp.roleMap,
    WSC_PUBLIC_ORIGIN: origin,
    WSC_SESSION_IDLE_MS: "110000",
  };
  stack = await startStack(settings, port);
});
test.afterAll(async () => {
  await stack.stop();
  await idp.close();
});

test(`somebody signs in at the provider, works, is warned, and signs out`, async ({ page, context }) => {
  const { shell, create } = wordsOf("ko");
  await context.addCookies([{ name: "wsc_lang", value: "ko", url: stack.baseUrl }]);

  await page.goto(`${stack.baseUrl}/jobs/new`);
  await page.getByRole("button", { name: "operator" }).click();
  await expect(page).toHaveURL(`${stack.baseUrl}/jobs/new`);
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
  const cookies = await context.cookies(stack.baseUrl);
  expect(cookies.find(({ name }) => name === "wsc_sid")).toMatchObject({ httpOnly: true, sameSite: "Strict" });
  await page.getByRole("button", { name: shell.signOut }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { level: 1, name: shell.signedOutTitle })).toBeVisible();
  expect(await axeComplaints(page)).toEqual([]);
  expect((await context.cookies(stack.baseUrl)).map(({ name }) => name)).toEqual(["wsc_lang"]);
});

test("somebody without a role is told so and can only sign out", async ({ page }) => {
  const person = idp.people.get("viewer");
  if (person === undefined) throw new Error("no viewer");
  person.groups = ["another-team"];
  const { shell } = wordsOf("en");
  await page.goto(stack.baseUrl);
  await page.getByRole("button", { name: "viewer" }).click();
  await expect(page.getByRole("heading", { level: 1, name: shell.noRoleTitle })).toBeVisible();
  expect(await axeComplaints(page)).toEqual([]);
  await page.getByRole("button", { name: shell.signOut }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { level: 1, name: shell.signedOutTitle })).toBeVisible();
});
