import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, languages, test } from "./fixtures.ts";
import { newJobForm } from "./new-job-form.ts";
import { wordsOf } from "./words.ts";

test.use({ stackOptions: { name: "secrets", settings: {} } });

const webDist = join(import.meta.dirname, "..", "apps", "web", "dist");

for (const [index, outcome] of (["created", "refused", "in doubt"] as const).entries()) {
  const language = languages[index] ?? "en";
  const words = wordsOf(language);
  const { create } = words;

  test(`keys, signatures and a typed cookie stay where they belong when a job is ${outcome}, in ${language}`, async ({
    page,
    context,
    visit,
    stack,
    emulator,
  }) => {
    const cookie = `SID=typed-${Date.now()}-secret-${index}`;
    const target = `${stack.demoSite.origin.replace("127.0.0.1", index === 0 ? "127.0.0.1" : "localhost")}`;
    const received: Promise<string>[] = [];
    const urls: string[] = [];
    context.on("request", (request) => urls.push(request.url()));
    context.on("response", (response) => {
      received.push(
        Promise.all([response.allHeaders(), response.text().catch(() => "")]).then((parts) => JSON.stringify(parts)),
      );
    });
    emulator.changeSettings({ paceMs: 0 });
    if (outcome === "refused") {
      emulator.addFault({ operation: "createJob", effect: { kind: "service-error", code: "169201" } });
    } else if (outcome === "in doubt") {
      emulator.addFault({ operation: "createJob", effect: { kind: "gateway-error", code: "500" } });
    }

    await visit("/jobs/new", { language, theme: "light" });
    const form = newJobForm(page, words);
    await form.startUrl.fill(target);
    await form.next.click();
    await page.getByRole("radio", { name: create.signInHeaders }).check();
    const value = page.getByLabel(create.headerValue(1));
    await expect(value).toHaveAttribute("type", "password");
    await expect(value).toHaveAttribute("autocomplete", "off");
    await value.fill(cookie);
    await form.advanceTo("review", "signin");
    await form.consent.check();
    // Not even the review shows it.
    await expect(page.getByRole("main")).not.toContainText("typed-");
    await form.start(target).click();
    const ending = {
      created: page.getByRole("link", { name: words.jobs.openReport, exact: true }),
      refused: page.getByRole("heading", { name: create.failedTitle }),
      "in doubt": page.getByRole("heading", { name: create.doubtTitle }),
    }[outcome];
    await expect(ending).toBeVisible({ timeout: 20_000 });

    // It arrived where it was meant to, once.
    const sent = emulator.requests().filter(({ operation }) => operation === "createJob");
    expect(sent).toHaveLength(1);
    expect(sent[0]?.body).toMatchObject({ Headers: { Cookie: "[masked]" } });

    if (outcome === "refused") {
      await page.getByRole("button", { name: create.backToForm }).click();
      await expect(page.getByText(create.secretWiped)).toBeHidden();
      await page.getByRole("navigation", { name: create.steps }).getByRole("link").nth(1).click();
      await expect(page.getByText(create.secretWiped)).toBeVisible();
      await expect(value).toHaveValue("");
    }
    if (outcome === "created") {
      await ending.click();
      await expect(page.getByRole("article").first()).toBeVisible();
    }
    const inPage = await page.evaluate(() => {
      const fields = [...document.querySelectorAll<HTMLInputElement>("input, textarea")].map((field) => field.value);
      const storage = [JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie];
      return [
        document.documentElement.outerHTML,
        ...fields,
        ...storage,
        location.href,
        JSON.stringify(history.state),
      ].join("\n");
    });
    // Read until there is no answer left that is still on its way.
    await page.goto("/jobs");
    await expect(page.getByRole("row").nth(1)).toBeVisible();
    const texts = await Promise.all(received);
    const files = (await readdir(webDist, { recursive: true, withFileTypes: true })).filter((file) => file.isFile());
    const assets = await Promise.all(files.map((file) => readFile(join(file.parentPath, file.name), "latin1")));
    const places = { answers: texts, addresses: urls, page: [inPage], log: stack.logs, assets };
    const secrets = {
      "access key": stack.secrets.accessKey,
      "secret key": stack.secrets.secretKey,
      "target cookie": cookie,
      "encoded target cookie": encodeURIComponent(cookie),
      "target cookie in base64": Buffer.from(cookie).toString("base64"),
    };
    for (const [place, said] of Object.entries(places)) {
      expect(said.length, place).toBeGreaterThan(0);
      for (const [secret, text] of Object.entries(secrets)) {
        expect(
          said.filter((line) => line.includes(text)),
          `${secret} in ${place}`,
        ).toEqual([]);
      }
    }
    // A signature is 44 characters of base64 that end in "="; its header is named nowhere either.
    for (const said of [places.answers, places.addresses, places.page, places.log]) {
      expect(said.filter((line) => /x-ncp-(?:apigw-signature|iam-access-key)/i.test(line))).toEqual([]);
      expect(said.filter((line) => /(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{43}=(?!=)/.test(line))).toEqual([]);
    }
    expect(stack.logs.some((line) => line.includes('"operation":"createJob"') || line.includes("createJob"))).toBe(
      true,
    );
  });
}

test("the sign-in values of a form are gone after leaving it, and are never in its address", async ({
  page,
  visit,
}) => {
  const words = wordsOf("en");
  const { create } = words;
  const form = newJobForm(page, words);
  await visit("/jobs/new", { language: "en", theme: "light" });
  await form.startUrl.fill("https://www.example.com/");
  await form.next.click();
  await page.getByRole("radio", { name: create.signInHeaders }).check();
  await page.getByLabel(create.headerValue(1)).fill("SID=left-behind");
  await form.next.click();
  expect(page.url()).not.toContain("left-behind");
  await page.getByRole("link", { name: words.shell.product }).click();
  await page.getByRole("dialog").getByRole("button", { name: create.leave, exact: true }).click();
  await expect(page).toHaveURL(/\/jobs$/);
  await page.goBack();
  await expect(form.startUrl.or(page.getByLabel(create.headerValue(1)))).not.toHaveCount(0);
  const left = await page.evaluate(() => [
    document.documentElement.outerHTML,
    ...[...document.querySelectorAll<HTMLInputElement>("input")].map((field) => field.value),
  ]);
  expect(left.filter((text) => text.includes("left-behind"))).toEqual([]);
});
