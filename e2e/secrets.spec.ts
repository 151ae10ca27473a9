import { mkdtempSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { demoMember } from "@wsc-dashboard/wsc-emulator";
import { expect, languages, test } from "./fixtures.ts";
import { fillLogin, newJobForm } from "./new-job-form.ts";
import { wordsOf } from "./words.ts";

const dataDirectory = mkdtempSync(join(tmpdir(), "wsc-secrets-"));
test.use({ stackOptions: { name: "secrets", settings: { WSC_DATA_DIR: dataDirectory } } });

const webDist = join(import.meta.dirname, "..", "apps", "web", "dist");

async function textsOf(directory: string): Promise<string[]> {
  const files = await readdir(directory, { recursive: true, withFileTypes: true });
  return Promise.all(
    files.filter((file) => file.isFile()).map((file) => readFile(join(file.parentPath, file.name), "latin1")),
  );
}

/** Every spelling in which a value could have been written down. */
function spellings(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const escaped = JSON.stringify(secret).slice(1, -1);
  return [
    secret,
    escaped,
    encodeURIComponent(secret),
    bytes.toString("base64"),
    bytes.toString("base64url"),
    bytes.toString("hex"),
  ];
}

/** Text that a page holds, shown or not, and everything a browser keeps for it. */
const inPage = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const fields = [...document.querySelectorAll<HTMLInputElement>("input, textarea")].map((field) => field.value);
    const kept = [JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie];
    return [document.documentElement.outerHTML, ...fields, ...kept, location.href, JSON.stringify(history.state)].join(
      "\n",
    );
  });

for (const [index, outcome] of (["created", "refused", "in doubt"] as const).entries()) {
  const language = languages[index] ?? "en";
  const words = wordsOf(language);
  const { create } = words;
  const isForm = outcome === "created";

  test(`keys, signatures and a typed ${isForm ? "password" : "cookie"} stay where they belong when a job is ${outcome}, in ${language}`, async ({
    page,
    context,
    visit,
    stack,
    emulator,
    ask,
  }) => {
    const typed = isForm ? demoMember.password : `SID=typed-${Date.now()}-secret-${index}`;
    const memo = `plain memo ${index}`;
    const target = stack.demoSite.origin.replace("127.0.0.1", index === 0 ? "127.0.0.1" : "localhost");
    const received: Promise<string>[] = [];
    const requested: { url: string; body: string }[] = [];
    const console: string[] = [];
    context.on("console", (message) => console.push(message.text()));
    context.on("request", (request) => requested.push({ url: request.url(), body: request.postData() ?? "" }));
    context.on("response", (response) => {
      // Events have no end to wait for; that they name nouns and nothing else is a test of the server's.
      const body = response.url().endsWith("/api/events") ? "" : response.text().catch(() => "");
      received.push(Promise.all([response.allHeaders(), body]).then((parts) => JSON.stringify(parts)));
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
    const value = page.getByLabel(create.headerValue(1));
    if (isForm) await fillLogin(page, words, target);
    else {
      await page.getByRole("radio", { name: create.signInHeaders }).check();
      await expect(value).toHaveAttribute("type", "password");
      await expect(value).toHaveAttribute("autocomplete", "off");
      await value.fill(typed);
    }
    await page.getByRole("button", { name: words.signIn.test }).click();
    const outcomeOfTest = isForm ? words.signIn.signedIn : words.signIn.tested;
    await expect(page.getByText(outcomeOfTest).first()).toBeVisible();
    await form.advanceTo("checks", "signin");
    if (isForm) {
      // All checks would only take longer.
      await page.getByRole("radio", { name: create.checksChosen }).check();
      await page.getByRole("checkbox", { name: "SQL Injection" }).check();
    }
    await page.getByLabel(create.memo, { exact: true }).fill(memo);
    const draft = async (): Promise<string> => JSON.stringify(await ask("/api/drafts"));
    await expect.poll(draft).toContain(memo);
    const drafts = [await draft()];
    await form.toReview.click();
    await page.getByText(words.review.exact).click();
    await expect(page.getByText(words.review.checksum)).toBeVisible();
    // Not even the review shows it.
    const reviewed = await page.getByRole("main").textContent();
    await form.consent.check();
    await form.start(target).click();
    const ending = {
      created: page.getByRole("link", { name: words.jobs.openReport, exact: true }),
      refused: page.getByRole("heading", { name: create.failedTitle }),
      "in doubt": page.getByRole("heading", { name: create.doubtTitle }),
    }[outcome];
    await expect(ending).toBeVisible();

    // It arrived where it was meant to, once.
    const sent = emulator.requests().filter(({ operation }) => operation === "createJob");
    expect(sent).toHaveLength(1);
    expect(sent[0]?.body).toMatchObject({ Headers: { Cookie: "[masked]" } });
    const carriers = requested.filter(({ body }) => body.includes(JSON.stringify(typed).slice(1, -1)));
    expect([...new Set(carriers.map(({ url }) => new URL(url).pathname))]).toEqual(["/api/targets/check", "/api/jobs"]);

    if (outcome === "refused") {
      await page.getByRole("button", { name: create.backToForm }).click();
      await expect(page.getByText(create.secretWiped)).toBeHidden();
      await page.getByRole("navigation", { name: create.steps }).getByRole("link").nth(1).click();
      await expect(page.getByText(create.secretWiped)).toBeVisible();
      await expect(value).toHaveValue("");
    }
    const shown = [await inPage(page)];
    if (outcome === "created") {
      await ending.click();
      await expect(page.getByRole("article").first()).toBeVisible();
      shown.push(await inPage(page));
    }
    // Read until there is no answer left that is still on its way.
    await page.goto("/jobs");
    await expect(page.getByRole("row").nth(1)).toBeVisible();
    const audit = await Promise.all(
      ["/api/audit?limit=100", "/api/submissions"].map(async (path) => JSON.stringify(await ask(path))),
    );
    const requests = requested.filter((request) => !carriers.includes(request));
    /** Where to look, and what shows that the looking finds something. */
    const places: Readonly<Record<string, readonly [said: readonly string[], proof: RegExp]>> = {
      answers: [await Promise.all(received), new RegExp(memo)],
      requests: [requests.map(({ url, body }) => `${url} ${body}`), /\/api\/jobs\/preview .*"-"/],
      page: [[...shown, reviewed ?? ""], new RegExp(memo)],
      drafts: [drafts, new RegExp(memo)],
      console: [[...console, "read"], /read/],
      log: [stack.logs, /createJob/],
      audit: [audit, /job\.create/],
      files: [await textsOf(dataDirectory), new RegExp(memo)],
      assets: [await textsOf(webDist), /script/],
    };
    const secrets = {
      "access key": stack.secrets.accessKey,
      "secret key": stack.secrets.secretKey,
      "sign-in value": typed,
    };
    for (const [place, [said, proof]] of Object.entries(places)) {
      expect(
        said.some((text) => proof.test(text)),
        place,
      ).toBe(true);
      for (const [name, secret] of Object.entries(secrets)) {
        for (const spelling of spellings(secret))
          expect(
            said.filter((text) => text.includes(spelling)),
            `${name} in ${place}`,
          ).toEqual([]);
      }
    }
    // A signature is 44 characters of base64 that end in "="; its header is named nowhere either.
    for (const place of ["answers", "requests", "page", "log"]) {
      const said = places[place]?.[0] ?? [];
      expect(said.filter((line) => /x-ncp-(?:apigw-signature|iam-access-key)/i.test(line))).toEqual([]);
      expect(said.filter((line) => /(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{43}=(?!=)/.test(line))).toEqual([]);
    }
  });
}

test("credential values of a form are gone after leaving it, and are never in its URL", async ({ page, visit }) => {
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
  await page.getByRole("banner").getByRole("link", { name: words.jobs.title, exact: true }).click();
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
