/**
 * How fast reports of 5,000 and 25,000 findings are in the browser, compared with a page that writes the same rows with
 * innerHTML and one that shows them with TanStack Virtual, in the same run and browser. `node scripts/dev.mjs build`, then `node bench/report-viewer.ts`. Exits with 1 when a
 * goal is missed.
 */
import { readFileSync } from "node:fs";
import { type BrowserContext, type CDPSession, chromium, type Page } from "@playwright/test";
import type { JobSeed } from "@wsc-dashboard/wsc-emulator";
import { startStack } from "../e2e/stack.ts";
import { browserArguments, ensureBrowser } from "../scripts/find-browser.ts";
import { type Row, tellLoad, tellRow } from "./goals.ts";
import { orNull } from "./npm-tools.ts";
import { reactVirtualPage } from "./react-virtual-page.ts";
import { startStackFloor } from "./stack-floor.ts";
import { median } from "./statistics.ts";

/** A report, the CPU slowdown, and the goals: times, and ratios to the comparison pages. */
interface Trial {
  readonly findings: number;
  readonly slowdown: number;
  readonly goals: Partial<Record<keyof Timing, number>>;
  readonly ratios: Partial<Record<keyof Timing, number>>;
  /** Ratios for a report that is opened from another page of an app that runs already, as a person does. */
  readonly opened?: { readonly firstRows: number; readonly allRows: number };
}
const trials: readonly Trial[] = [
  { findings: 5000, slowdown: 1, goals: {}, ratios: { memoryMb: 1.3 }, opened: { firstRows: 1.25, allRows: 1.3 } },
  { findings: 5000, slowdown: 4, goals: { longestTaskMs: 200, keyToPaintMs: 90 }, ratios: {} },
  { findings: 25_000, slowdown: 1, goals: { longestTaskMs: 100, keyToPaintMs: 32 }, ratios: {} },
];
const rounds = 3;
/** More, because a fifth of a second varies more than the seconds of a load. */
const openingRounds = 7;
const openingPauseMs = 1_000;

interface Timing {
  /** From the start of the page load. */
  readonly firstRowsMs: number;
  readonly allRowsMs: number;
  /** Of everything: loading, keys and filter. */
  readonly longestTaskMs: number;
  readonly longestUntilAllMs: number;
  /** CPU time of the page's main thread until all rows are there: a busy machine affects it less than the times. */
  readonly cpuMs: number;
  readonly longestTaskCpuMs: number;
  /** From a key press that moves one row on to the next frame. */
  readonly keyToPaintMs: number;
  /** From pressing a filter until exactly the matching rows are in the page. */
  readonly filterMs: number;
  readonly nodes: number;
  readonly heapMb: number;
  /** Private memory of the page's process; NaN where the system does not report it. */
  readonly memoryMb: number;
}

const risks = ["High", "Medium", "Low"] as const;
const jobOf = (count: number): string => String(9_900_000 + count);

/** A job whose report has rows as on a large site: each with its own exchange. */
function largeJob(count: number): JobSeed {
  return {
    instanceNo: jobOf(count),
    startUrl: `https://large-${count}.example.com/`,
    status: 4,
    endedAt: new Date(Date.now() - 86_400_000).toISOString(),
    findings: Array.from({ length: count }, (_, index) => {
      const payload = `"><script>mark${index}</script>`;
      const path = `/section-${index % 40}/page-${index}`;
      return {
        item: index % 5 === 0 ? "SSI Injection" : "XSS",
        risk: risks[index % risks.length] ?? "Low",
        method: "GET",
        url: `https://large-${count}.example.com${path}`,
        parameter: "q",
        evidence: `GET ${path}?q=${encodeURIComponent(payload)} HTTP/1.1\nHost: large.example.com\n\nHTTP/1.1 200 OK\n\n<p>${payload}</p>`,
      };
    }),
  };
}

/** The practical limit: every row written as one text, evidence included, with one listener and nothing else. */
const vanillaPage = `<!doctype html><html lang="en"><meta charset="utf-8"><title>innerHTML</title><style>
body{margin:0;font:14px/20px sans-serif}#list{height:90vh;overflow:auto}
.finding-row{display:grid;grid-template-columns:60px 80px 180px 60px 1fr 70px;gap:8px;padding:8px;height:57px;box-sizing:border-box;
border-bottom:1px solid #ddd;overflow:hidden;content-visibility:auto;contain-intrinsic-size:auto 57px}
.finding-row>*{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}.evidence{grid-column:1/-1}</style>
<input type="checkbox" checked aria-label="High risk"><div id="list"></div><script type="module">
const job = new URLSearchParams(location.search).get("job");
let findings;
const safe = (text) => String(text ?? "").replace(/[&<>"]/g, (sign) => "&#" + sign.charCodeAt(0) + ";");
const list = document.getElementById("list");
const draw = (shown) => { list.innerHTML = shown.map((f) => '<div class="finding-row" id="' + f.number + '"><a data-finding href="#' + f.number + '">' +
  f.number + '</a><span>' + f.severity + '</span><span>' + safe(f.item) + '</span><span>' + f.method + '</span><span>' + safe(f.url) +
  '</span><span>' + safe(f.parameter) + '</span><span class="evidence">' + safe(f.evidence) + '</span></div>').join(""); };
globalThis.show = async () => {
  const answer = await fetch("/api/jobs/" + job + "/report", { headers: { "X-WSC-Request": "1" } });
  findings = (await answer.json()).findings;
  draw(findings);
};
if (!location.search.includes("wait")) await show();
document.querySelector("input").onchange = ({ target }) => draw(target.checked ? findings : findings.filter((f) => f.severity !== "high"));
document.onkeydown = ({ key }) => {
  if (key !== "j") return;
  const row = document.activeElement.closest(".finding-row")?.nextElementSibling ?? list.firstElementChild;
  row.firstElementChild.focus();
};
</script></html>`;

/** Records when the first row and the last one are in the page and painted, and every long task. */
async function watchRows(page: Page, total: number): Promise<void> {
  await page.addInitScript((count) => {
    const seen = { first: 0, all: 0, longest: 0 };
    Object.assign(globalThis, { seen });
    // A message is handled after the frame whose beginning the callback of the animation frame sees.
    const painted = (name: "first" | "all"): void => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => (seen[name] ||= performance.now());
        port2.postMessage(null);
      });
    };
    // At once and not by polling: between two tasks that build rows a timer comes late, by more than a frame.
    new MutationObserver((_, observer) => {
      if (document.querySelector(".finding-row[id]") === null) return;
      observer.disconnect();
      painted("first");
    }).observe(document, { subtree: true, childList: true });
    // Rarely: counting the rows takes time that is not the page's.
    const lookForAll = (): void => {
      if (document.querySelectorAll(".finding-row[id]").length === count) painted("all");
      else setTimeout(lookForAll, 50);
    };
    lookForAll();
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.longest = Math.max(seen.longest, duration);
    }).observe({ type: "longtask", buffered: true });
  }, total);
}

/** Lets the page report its long tasks so far. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 200)));
}

/** The median over several presses of a key that moves one row on. */
async function keyToPaint(page: Page): Promise<number> {
  const times: number[] = [];
  for (let press = 0; press < 9; press += 1) {
    await page.evaluate(() => {
      const painted = new Promise((resolve) => {
        const onKey = (event: KeyboardEvent): void => {
          requestAnimationFrame(() => {
            const channel = new MessageChannel();
            channel.port1.onmessage = () => resolve(performance.now() - event.timeStamp);
            channel.port2.postMessage(null);
          });
        };
        document.addEventListener("keydown", onKey, { once: true, capture: true });
      });
      Object.assign(globalThis, { painted });
    });
    await page.keyboard.press("j");
    times.push(await page.evaluate(() => (globalThis as unknown as { painted: Promise<number> }).painted));
  }
  return median(times);
}

function filterMs(page: Page, left: number): Promise<number> {
  return page.evaluate(async (wanted) => {
    const start = performance.now();
    document.querySelector<HTMLInputElement>('input[type=checkbox][aria-label="High risk"]')?.click();
    while (document.querySelectorAll(".finding-row[id]").length !== wanted) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await new Promise((resolve) => requestAnimationFrame(resolve));
    return performance.now() - start;
  }, left);
}

async function metricsOf(session: CDPSession): Promise<Readonly<Record<string, number>>> {
  await session.send("HeapProfiler.collectGarbage");
  const { metrics } = await session.send("Performance.getMetrics");
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
}

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly args?: { readonly name?: string };
  /** CPU time of the thread, in microseconds. */
  readonly tdur?: number;
}

/** Starts to record the tasks of the pages' main threads; returns a function that ends it and returns what they took. */
async function traceTasks(session: CDPSession): Promise<() => Promise<Pick<Timing, "cpuMs" | "longestTaskCpuMs">>> {
  const events: TraceEvent[] = [];
  session.on("Tracing.dataCollected", ({ value }) => {
    for (const event of value) events.push(event as unknown as TraceEvent);
  });
  const traceConfig = { includedCategories: ["toplevel"] };
  await session.send("Tracing.start", { transferMode: "ReportEvents", traceConfig });
  return async () => {
    const ended = new Promise((resolve) => session.once("Tracing.tracingComplete", resolve));
    await session.send("Tracing.end");
    await ended;
    const threadOf = ({ pid, tid }: TraceEvent): string => `${pid}:${tid}`;
    const isMain = ({ name, args }: TraceEvent): boolean => name === "thread_name" && args?.name === "CrRendererMain";
    const mainThreads = new Set(events.filter(isMain).map(threadOf));
    const tasks = events.filter((event) => event.name.endsWith("RunTask") && mainThreads.has(threadOf(event)));
    const times = tasks.map(({ tdur = 0 }) => tdur / 1000);
    return {
      cpuMs: times.reduce((sum, time) => sum + time, 0),
      longestTaskCpuMs: times.reduce((longest, time) => Math.max(longest, time), 0),
    };
  };
}

/** Memory of the largest process of a page, in megabytes; only on Linux. */
async function memoryOf(context: BrowserContext): Promise<number> {
  const session = await context.browser()?.newBrowserCDPSession();
  const { processInfo = [] } = (await session?.send("SystemInfo.getProcessInfo")) ?? {};
  const sizes = processInfo
    .filter(({ type }) => type === "renderer")
    .map(({ id }) => {
      try {
        return Number(/Pss_Anon:\s+(\d+)/.exec(readFileSync(`/proc/${id}/smaps_rollup`, "utf8"))?.[1]) / 1024;
      } catch {
        return Number.NaN;
      }
    });
  return Math.max(...sizes);
}

type Seen = { readonly first: number; readonly all: number; readonly longest: number };
const seenOf = (page: Page): Promise<Seen> => page.evaluate(() => (globalThis as unknown as { seen: Seen }).seen);

/** Milliseconds from a press in a page that has loaded until the first rows and all of them are there. */
interface Opening {
  readonly firstMs: number;
  readonly allMs: number;
}

interface Opener {
  readonly opens: "link" | "script";
  /** Not with a virtual list. */
  readonly hasAllRows: boolean;
}
const byLink: Opener = { opens: "link", hasAllRows: true };
const byScript: Opener = { opens: "script", hasAllRows: true };

/** Loads a page that waits, then has it show the report. */
async function measureOpening(
  context: BrowserContext,
  address: string,
  { findings, slowdown }: Trial,
  { opens, hasAllRows }: Opener,
): Promise<Opening> {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
  await watchRows(page, findings);
  await page.goto(address, { timeout: 180_000 });
  if (opens === "link") await page.waitForSelector('main a[href$="/report"]', { timeout: 180_000 });
  else await page.waitForFunction(() => "show" in globalThis);
  // What a page still loads for itself is not part of opening the report.
  await page.waitForTimeout(openingPauseMs);
  const start = await page.evaluate((how) => {
    const now = performance.now();
    if (how === "link") document.querySelector<HTMLAnchorElement>('main a[href$="/report"]')?.click();
    else void (globalThis as unknown as { show: () => Promise<void> }).show();
    return now;
  }, opens);
  await page.waitForFunction(
    (wanted) => (globalThis as unknown as { seen: Seen }).seen[wanted] > 0,
    hasAllRows ? ("all" as const) : ("first" as const),
    { timeout: 180_000 },
  );
  const { first, all } = await seenOf(page);
  await page.close();
  return { firstMs: first - start, allMs: all - start };
}

async function measure(
  context: BrowserContext,
  address: string,
  { findings: count, slowdown }: Trial,
): Promise<Timing> {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Performance.enable");
  await session.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
  await watchRows(page, count);
  const endTrace = await traceTasks(session);
  await page.goto(address, { waitUntil: "commit", timeout: 180_000 });
  await page.waitForFunction(() => (globalThis as unknown as { seen: Seen }).seen.all > 0, undefined, {
    timeout: 180_000,
  });
  const used = await endTrace();
  await settle(page);
  const { first, all, longest: longestUntilAll } = await seenOf(page);
  const { Nodes: nodes = Number.NaN, JSHeapUsedSize: heap = Number.NaN } = await metricsOf(session);
  const memoryMb = await memoryOf(context);
  // The garbage collection of the measurement is no task of the page.
  await settle(page);
  await page.evaluate(() => {
    (globalThis as unknown as { seen: { longest: number } }).seen.longest = 0;
  });
  const keyToPaintMs = await keyToPaint(page);
  const filtered = await filterMs(page, count - Math.ceil(count / risks.length));
  await settle(page);
  const { longest: longestAfterwards } = await seenOf(page);
  await page.close();
  return {
    firstRowsMs: first,
    allRowsMs: all,
    longestTaskMs: Math.max(longestUntilAll, longestAfterwards),
    longestUntilAllMs: longestUntilAll,
    ...used,
    keyToPaintMs,
    filterMs: filtered,
    nodes,
    heapMb: heap / 2 ** 20,
    memoryMb,
  };
}

const lines: readonly (readonly [label: string, name: keyof Timing])[] = [
  ["first rows, ms", "firstRowsMs"],
  ["all rows, ms", "allRowsMs"],
  ["CPU for all, ms", "cpuMs"],
  ["longest task, ms", "longestTaskMs"],
  ["until all, ms", "longestUntilAllMs"],
  ["its CPU, ms", "longestTaskCpuMs"],
  ["key to paint, ms", "keyToPaintMs"],
  ["filter, ms", "filterMs"],
  ["nodes", "nodes"],
  ["JS heap, MB", "heapMb"],
  ["memory, MB", "memoryMb"],
];

const unitOf = (name: keyof Timing): Row["unit"] => (name.endsWith("Ms") ? "ms" : "");

/** What was measured of a trial, a value for each round. */
interface Outcome {
  readonly ours: readonly Timing[];
  readonly theirs: readonly Timing[];
  /** By page: the viewer, innerHTML and, where npm can install them, TanStack Virtual alone and with the dashboard's libraries. */
  readonly openings: Readonly<Record<"viewer" | "innerHTML" | "virtual" | "floor", readonly Opening[]>>;
}

function tellOpenings({ findings, opened }: Trial, openings: Outcome["openings"]): void {
  if (opened === undefined) return;
  const medianOf = (page: keyof typeof openings, name: keyof Opening): number =>
    median(openings[page].map((opening) => opening[name]));
  const of = (page: keyof typeof openings): string =>
    `${page} ${medianOf(page, "firstMs").toFixed(0)} and ${medianOf(page, "allMs").toFixed(0)}`;
  process.stdout.write(
    `opened from a page that has loaded, median of ${openingRounds}, first and all rows, ms: ${of("viewer")}, ${of("innerHTML")}, ` +
      `TanStack Virtual ${medianOf("virtual", "firstMs").toFixed(0)}, ` +
      `with React, Router and Query around it ${medianOf("floor", "firstMs").toFixed(0)}\n`,
  );
  const first = medianOf("viewer", "firstMs") / medianOf("virtual", "firstMs");
  const all = medianOf("viewer", "allMs") / medianOf("innerHTML", "allMs");
  const what = `${findings} findings, opened in the app`;
  tellRow({ what: `${what}: first rows, beside TanStack Virtual`, seen: first, goal: opened.firstRows, unit: "×" });
  tellRow({ what: `${what}: all rows, beside innerHTML`, seen: all, goal: opened.allRows, unit: "×" });
}

function tellTrial(trial: Trial, { ours, theirs, openings }: Outcome): void {
  const { findings, slowdown, goals, ratios } = trial;
  const slow = slowdown === 1 ? "" : `, processor ${slowdown} times slower`;
  process.stdout.write(`\n${findings} findings${slow}, median of ${rounds}\n`);
  tellLoad();
  const seen = (name: keyof Timing): readonly [viewer: number, vanilla: number] => [
    median(ours.map((timing) => timing[name])),
    median(theirs.map((timing) => timing[name])),
  ];
  for (const [label, name] of lines) {
    const [viewer, vanilla] = seen(name);
    process.stdout.write(
      `${label.padEnd(18)} viewer ${viewer.toFixed(0).padStart(7)}  innerHTML ${vanilla.toFixed(0).padStart(7)}  ratio ${(viewer / vanilla).toFixed(2)}\n`,
    );
  }
  tellOpenings(trial, openings);
  for (const [label, name] of lines) {
    const what = `${findings} findings${slow}: ${label.split(",")[0]}`;
    const [viewer, vanilla] = seen(name);
    const { [name]: goal } = goals;
    const { [name]: ratio } = ratios;
    if (goal !== undefined) tellRow({ what, seen: viewer, goal, unit: unitOf(name) });
    if (ratio !== undefined)
      tellRow({ what: `${what}, beside innerHTML`, seen: viewer / vanilla, goal: ratio, unit: "×" });
  }
}

interface Visit {
  readonly baseUrl: string;
  readonly trial: Trial;
  readonly path: string;
  /** The comparison pages by the first part of their path. */
  readonly pages: Readonly<Record<string, string>>;
}

/** Measures a page in its own browser, so that nothing is left over from the previous one. */
async function inOwnBrowser<Measured>(
  { baseUrl, trial, path, pages }: Visit,
  work: (context: BrowserContext, address: string, trial: Trial) => Promise<Measured>,
): Promise<Measured> {
  const browser = await chromium.launch({ executablePath: await ensureBrowser(), args: [...browserArguments] });
  try {
    const context = await browser.newContext();
    await context.addCookies([{ name: "wsc_lang", value: "en", url: baseUrl }]);
    for (const [name, body] of Object.entries(pages)) {
      await context.route(`${baseUrl}/${name}?*`, (route) =>
        route.fulfill({ body, contentType: "text/html; charset=utf-8" }),
      );
    }
    return await work(context, new URL(path, baseUrl).href, trial);
  } finally {
    await browser.close();
  }
}

const virtualPage = await orNull("TanStack Virtual", reactVirtualPage());
const pages = { innerHTML: vanillaPage, ...(virtualPage === null ? {} : { virtual: virtualPage }) };
const stack = await startStack();
try {
  stack.emulator.control.addJobs([...new Set(trials.map(({ findings }) => findings))].map(largeJob));
  for (const trial of trials) {
    const instanceNo = jobOf(trial.findings);
    // The first read of a report goes to the upstream; only the page is to be measured.
    const headers = { "X-WSC-Request": "1" };
    const report = await fetch(`${stack.baseUrl}/api/jobs/${instanceNo}/report`, { headers }).then((answer) =>
      answer.text(),
    );
    if (!report.startsWith("{") || !report.includes('"findings"'))
      throw new Error(`no report: ${report.slice(0, 200)}`);
    const ours: Timing[] = [];
    const theirs: Timing[] = [];
    const openings = {
      viewer: [] as Opening[],
      innerHTML: [] as Opening[],
      virtual: [] as Opening[],
      floor: [] as Opening[],
    };
    const floor =
      trial.opened === undefined
        ? null
        : await orNull("the floor of the stack", startStackFloor({ "/api/report": report }));
    const visit = { baseUrl: stack.baseUrl, trial, pages };
    for (let round = 0; round < rounds; round += 1) {
      ours.push(await inOwnBrowser({ ...visit, path: `/jobs/${instanceNo}/report` }, measure));
      theirs.push(await inOwnBrowser({ ...visit, path: `/innerHTML?job=${instanceNo}` }, measure));
    }
    for (let round = 0; trial.opened !== undefined && round < openingRounds; round += 1) {
      const open = (path: string, opener: Opener): Promise<Opening> =>
        inOwnBrowser({ ...visit, path }, (...page) => measureOpening(...page, opener));
      openings.viewer.push(await open(`/jobs/${instanceNo}`, byLink));
      openings.innerHTML.push(await open(`/innerHTML?job=${instanceNo}&wait`, byScript));
      if (virtualPage !== null)
        openings.virtual.push(await open(`/virtual?job=${instanceNo}&wait`, { ...byScript, hasAllRows: false }));
      if (floor !== null) openings.floor.push(await open(floor.jobUrl, { ...byLink, hasAllRows: false }));
    }
    floor?.close();
    tellTrial(trial, { ours, theirs, openings });
  }
} finally {
  await stack.stop();
}
