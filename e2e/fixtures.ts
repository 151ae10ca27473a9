import { test as base, expect, type Locator } from "@playwright/test";
import type { JobList, Submission } from "@wsc-dashboard/wsc-core";
import type { EmulatorControl, JobSeed } from "@wsc-dashboard/wsc-emulator";
import { createIdempotencyKey } from "../apps/web/src/api/idempotency-key.ts";
import { hangLimitMs } from "../scripts/hang-limit.ts";
import { dropDraft } from "./drop-draft.ts";
import { guardPages, type PageGuard } from "./page-guard.ts";
import { type Stack, startStack } from "./stack.ts";
import { browserZone, type Language, languages } from "./words.ts";

export { expect, languages };

export const themes = ["light", "dark"] as const;

interface Look {
  readonly language: Language;
  readonly theme: (typeof themes)[number];
}

/** Files that follow each other and name the same stack share it; a name or a setting of its own gives a file a stack of its own. */
interface StackOptions {
  readonly name: string;
  /** Further variables of the BFF's environment. */
  readonly settings: Readonly<Record<string, string>>;
  /** Makes one job first, so that the account is known to keep memos whole: without it nothing is sent again by itself. */
  readonly provesMemos?: boolean;
}

/** Changes something through the API as the page would; answers what came back. */
export type Change = <Answer>(method: "POST" | "DELETE", path: string, data?: unknown) => Promise<Answer>;

export interface Verbs {
  /** Opens a page with a chosen language and theme. */
  readonly visit: (path: string, look: Look) => Promise<void>;
  /** The gateway's controls; faults, requests and settings are as at the start again after each test. */
  readonly emulator: EmulatorControl;
  /** Adds jobs to the account and waits until the dashboard's list shows them. Answers their numbers. */
  readonly addJobs: (seeds: readonly JobSeed[]) => Promise<readonly string[]>;
  /** Makes the account hold these jobs and no others, and waits until the dashboard knows. Answers their numbers. */
  readonly showOnly: (seeds: readonly JobSeed[]) => Promise<readonly string[]>;
  /** Asks the API as the page would, with the page's cookies. */
  readonly ask: (path: string) => Promise<{ readonly status: number; readonly body: unknown }>;
  readonly change: Change;
  /** Takes back what waits and drops what needs a person, so that nothing of a test reaches the next one. */
  readonly endSubmissions: () => Promise<void>;
  /** Whether the process still answers. */
  readonly expectAlive: () => Promise<void>;
  readonly allowStatuses: PageGuard["allowStatuses"];
  readonly allowConsole: PageGuard["allowConsole"];
  readonly guard: { current: PageGuard | null };
}

/** The request that fills the list when a page of it opens without filters. */
const listPath = "/api/jobs?q=&searchBy=url&page=1&limit=50";

/** The one stack that a worker runs at a time. */
interface RunningStack {
  /** The stack with these options: the running one if it was started with them, else a new one in its place. */
  readonly change: (options: StackOptions) => Promise<Stack>;
}

export const test = base.extend<Verbs & { stack: Stack; stackOptions: StackOptions }, { runningStack: RunningStack }>({
  timezoneId: browserZone,
  stackOptions: [{ name: "shared", settings: {} }, { option: true }],
  // Options of a worker's scope would start a worker and a browser for each stack as well.
  runningStack: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures a fixture needs from here.
    async ({}, use) => {
      let running: { readonly key: string; readonly stack: Stack } | null = null;
      const stop = async (): Promise<void> => {
        const before = running;
        running = null;
        await before?.stack.stop();
      };
      await use({
        change: async (options) => {
          const key = JSON.stringify(options);
          if (running?.key === key) return running.stack;
          await stop();
          const stack = await startStack(options.settings);
          running = { key, stack };
          if (options.provesMemos) await proveMemos(stack);
          return stack;
        },
      });
      await stop();
    },
    { scope: "worker", timeout: hangLimitMs },
  ],
  stack: async ({ runningStack, stackOptions }, use) => {
    await use(await runningStack.change(stackOptions));
  },
  baseURL: async ({ stack }, use) => {
    await use(stack.baseUrl);
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures a fixture needs from here.
  guard: async ({}, use) => {
    await use({ current: null });
  },
  context: async ({ context, stack, guard }, use) => {
    const pages = guardPages(context, stack.baseUrl);
    guard.current = pages;
    await use(context);
    await dropDraft(context.request, stack.baseUrl);
    expect(pages.problems).toEqual([]);
  },
  allowStatuses: async ({ context: _, guard }, use) => {
    await use((...statuses) => guard.current?.allowStatuses(...statuses));
  },
  allowConsole: async ({ context: _, guard }, use) => {
    await use((pattern) => guard.current?.allowConsole(pattern));
  },
  visit: async ({ page, context, baseURL }, use) => {
    await use(async (path, { language, theme }) => {
      await context.addCookies([
        { name: "wsc_lang", value: language, url: baseURL ?? "" },
        { name: "wsc_theme", value: theme, url: baseURL ?? "" },
      ]);
      await page.goto(path);
    });
  },
  emulator: async ({ stack }, use) => {
    const { control } = stack.emulator;
    const settings = control.settings();
    await use(control);
    control.clearFaults();
    control.clearRequests();
    control.changeSettings(settings);
  },
  ask: async ({ context }, use) => {
    await use(async (path) => {
      const answer = await context.request.get(path, { headers: { "X-WSC-Request": "1" } });
      return { status: answer.status(), body: await answer.json() };
    });
  },
  change: async ({ context, baseURL }, use) => {
    await use(async (method, path, data = {}) => {
      const answer = await context.request.fetch(path, {
        method,
        data,
        headers: { "X-WSC-Request": "1", Origin: baseURL ?? "", "Idempotency-Key": createIdempotencyKey() },
      });
      expect(answer.ok(), await answer.text()).toBe(true);
      return answer.json();
    });
  },
  endSubmissions: async ({ context, ask, change }, use) => {
    await use(async () => {
      await context.clearCookies();
      const { submissions } = (await ask("/api/submissions")).body as { submissions: Submission[] };
      for (const { id, state } of submissions) {
        const path = `/api/submissions/${id}`;
        if (state === "NEEDS_REVIEW") await change("POST", `${path}/resolve`, { choice: "drop" });
        else if (state === "SCHEDULED" || state === "RETRY_WAIT" || state === "HELD") await change("DELETE", path);
      }
    });
  },
  addJobs: async ({ emulator, ask }, use) => {
    await use(async (seeds) => {
      const numbers = emulator.addJobs(seeds);
      // Not one by one: a number that is not met is not looked for again for a minute.
      const areShown = async (): Promise<boolean> => {
        const { jobs = [] } = (await ask("/api/jobs?limit=100")).body as Partial<JobList>;
        const shown = new Set(jobs.map(({ instanceNo }) => instanceNo));
        return numbers.every((number) => shown.has(number));
      };
      await expect.poll(areShown, { intervals: [100, 250] }).toBe(true);
      return numbers;
    });
  },
  showOnly: async ({ emulator, ask }, use) => {
    await use(async (seeds) => {
      await emulator.reset(false);
      const numbers = emulator.addJobs(seeds);
      const isShown = async (): Promise<boolean> => {
        const { jobs, total } = (await ask(listPath)).body as JobList;
        return total === numbers.length && jobs.every(({ instanceNo }) => numbers.includes(instanceNo));
      };
      await expect.poll(isShown, { intervals: [100, 250] }).toBe(true);
      return numbers;
    });
  },
  expectAlive: async ({ request }, use) => {
    await use(async () => expect((await request.get("/livez")).status()).toBe(200));
  },
});

/** A job that the list shows with its whole memo. */
async function proveMemos({ baseUrl, demoSite, emulator }: Stack): Promise<void> {
  const headers = {
    "Content-Type": "application/json",
    "Idempotency-Key": createIdempotencyKey(),
    Origin: baseUrl,
    "X-WSC-Request": "1",
  };
  const body = JSON.stringify({ startUrl: demoSite.origin, consent: { textVersion: "1", accepted: true } });
  const answer = await fetch(`${baseUrl}/api/jobs`, { method: "POST", headers, body });
  const { submission } = (await answer.json()) as { submission: Submission };
  const readState = async (): Promise<string> => {
    const read = await fetch(`${baseUrl}/api/submissions/${submission.id}`, { headers: { "X-WSC-Request": "1" } });
    return ((await read.json()) as { submission: Submission }).submission.state;
  };
  await expect.poll(readState, { timeout: hangLimitMs }).toBe("BOUND");
  await emulator.control.reset(true);
  emulator.control.clearRequests();
}

/** Presses Tab until the element has the focus. */
export async function tabTo(target: Locator): Promise<void> {
  const { keyboard } = target.page();
  const isThere = (): Promise<boolean> => target.evaluate((element) => element === document.activeElement);
  for (let presses = 0; presses < 200; presses += 1) {
    if (await isThere()) return;
    await keyboard.press("Tab");
  }
  throw new Error(`Tab never reaches ${target}`);
}
