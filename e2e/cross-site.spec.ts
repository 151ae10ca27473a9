import type { Page } from "@playwright/test";
import { type AttackSite, startAttackSite } from "./attack-site.ts";
import { expect, test } from "./fixtures.ts";
import type { Stack } from "./stack.ts";

test.use({ stackOptions: { name: "resets", settings: {} } });

let site: AttackSite;
test.beforeAll(async () => {
  site = await startAttackSite();
});
test.afterAll(() => site.close());

const jobBody = JSON.stringify({
  startUrl: "https://shop.example.com/",
  consent: { textVersion: "1", accepted: true },
});
const acts = ["createJob", "cancelJob", "stopJob"];

/** What the dashboard wrote about requests of a path since `from`. */
const answered = (stack: Stack, from: number, path: string): string[] =>
  stack.logs
    .slice(from)
    .filter((line) => line.includes('"message":"request"'))
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter((line) => line["url.path"] === path)
    .map((line) => `${line["http.request.method"]} ${line["http.response.status_code"]}`);

interface Attack {
  readonly name: string;
  /** The attacker's page; whoever opens it has the dashboard open to them as an administrator. */
  readonly page: (dashboard: string, waiting: string) => string;
  /** Resolves when the attack was answered, and throws when it did anything. */
  readonly outcome: (page: Page, seen: (path: string) => string[], waiting: string) => Promise<void>;
}

const refusedOn = (path: string, line: string) => async (_: Page, seen: (path: string) => string[]) => {
  await expect.poll(() => seen(path)).toEqual([line]);
};

const attacks: readonly Attack[] = [
  {
    name: "a form that sends itself, its text shaped like JSON",
    page: (dashboard) => `<iframe name="sink"></iframe>
      <form method="post" enctype="text/plain" target="sink" action="${dashboard}/api/jobs">
      <input name='${jobBody.slice(0, -1)},"x":"' value='"}'></form><script>document.forms[0].submit()</script>`,
    outcome: refusedOn("/api/jobs", "POST 403"),
  },
  {
    name: "a script that does not want to read the answer",
    page: (dashboard, waiting) => `<script>fetch("${dashboard}/api/jobs/${waiting}/cancel", { method: "POST",
      mode: "no-cors", credentials: "include", headers: { "Content-Type": "text/plain" }, body: "{}" })</script>`,
    outcome: (page, seen, waiting) => refusedOn(`/api/jobs/${waiting}/cancel`, "POST 403")(page, seen),
  },
  {
    name: "a script that sends all that our own page sends",
    page: (dashboard) => `<script>fetch("${dashboard}/api/jobs", { method: "POST", credentials: "include",
      headers: { "Content-Type": "application/json", "X-WSC-Request": "1", "Idempotency-Key": "0123456789abcdef" },
      body: ${JSON.stringify(jobBody)} }).then(() => { document.title = "read" }, () => { document.title = "refused" })</script>`,
    outcome: async (page, seen) => {
      await expect(page).toHaveTitle("refused");
      await expect.poll(() => seen("/api/jobs")).toEqual(["OPTIONS 403"]);
    },
  },
  {
    name: "a beacon",
    page: (dashboard) =>
      `<script>navigator.sendBeacon("${dashboard}/api/jobs", new Blob([${JSON.stringify(jobBody)}]))</script>`,
    outcome: refusedOn("/api/jobs", "POST 403"),
  },
  {
    name: "an image, a script and a style with the address of an act and of data",
    page: (dashboard, waiting) => `<script>var read = []; addEventListener("error", ({ target }) =>
      { read.push(target.localName); document.title = read.sort().join() }, true)</script>
      <img src="${dashboard}/api/jobs/${waiting}/cancel"><script src="${dashboard}/api/session"></script>
      <link rel="stylesheet" href="${dashboard}/api/jobs">`,
    outcome: async (page, seen) => {
      await expect(page).toHaveTitle("img,link,script");
      await expect.poll(() => [...seen("/api/jobs"), ...seen("/api/session")]).toEqual(["GET 403", "GET 403"]);
    },
  },
  {
    name: "a frame that would let a click through",
    page: (dashboard) => `<iframe src="${dashboard}/jobs/new"></iframe>`,
    outcome: async (page, seen) => {
      await expect.poll(() => seen("/jobs/new")).toEqual(["GET 200"]);
      await expect.poll(() => page.frames().map((frame) => frame.url())).toContain("chrome-error://chromewebdata/");
    },
  },
  {
    name: "a window that wants to steer the one it opened",
    page: (dashboard) => `<button>Prize</button><script>document.querySelector("button").onclick = () => {
      const opened = window.open("${dashboard}/jobs/new");
      setInterval(() => { if (opened.closed) document.title = "cut off" }, 20) }</script>`,
    outcome: async (page, seen) => {
      const [opened] = await Promise.all([page.waitForEvent("popup"), page.getByRole("button").click()]);
      await expect(page).toHaveTitle("cut off");
      await expect(opened.getByRole("heading", { level: 1 })).toBeVisible();
      expect(await opened.evaluate(() => window.opener)).toBe(null);
      expect(seen("/jobs/new")).toEqual(["GET 200"]);
    },
  },
];

for (const { name, page: html, outcome } of attacks) {
  test(`${name} has no effect from another site or a sibling domain`, async ({ browser, stack }) => {
    const { control } = stack.emulator;
    const [waiting = ""] = control.addJobs([{ startUrl: "https://waiting.example.com/", status: 2 }]);
    control.clearRequests();
    site.serve(html(stack.baseUrl, waiting));
    for (const origin of Object.values(site.origins)) {
      const from = stack.logs.length;
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.goto(origin);
      await outcome(page, (path) => answered(stack, from, path), waiting);
      await context.close();
    }
    expect(control.requests().filter(({ operation }) => acts.includes(operation ?? ""))).toEqual([]);
  });
}
