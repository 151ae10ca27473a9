/**
 * How long a phone waits for the job list with an empty cache, compared with the list of a public dashboard of job queues, and with
 * a page that has the dashboard's libraries and nothing else, in the same run and browser. `node scripts/dev.mjs build`, then `node bench/first-load.ts`. Exits with 1 when a goal is missed.
 */
import { type Browser, chromium } from "@playwright/test";
import type { JobSeed } from "@wsc-dashboard/wsc-emulator";
import { startStack } from "../e2e/stack.ts";
import { browserArguments, ensureBrowser } from "../scripts/find-browser.ts";
import { freePort } from "../scripts/free-port.ts";
import { type Peer, startBullBoard } from "./bull-board.ts";
import { tellLoad, tellRow } from "./goals.ts";
import { installTools, orNull } from "./npm-tools.ts";
import { startStackFloor } from "./stack-floor.ts";
import { median } from "./statistics.ts";

const rounds = 5;
const lighthouseRounds = 3;
const lighthouseVersion = "12.8.2";
/** Fractions of the peer's values; the score is the product's own. */
const goals = { scriptBytes: 0.65, lcpMs: 0.75, tbtMs: 0.25, score: 95 };
/** Lighthouse's slow phone: round trip of 150 ms, 1.6 Mbit/s down and 0.75 up, a processor four times slower. */
const network = { latency: 150, downloadThroughput: 1_638_400 / 8, uploadThroughput: 750_000 / 8, offline: false };
const phone = { viewport: { width: 412, height: 823 }, deviceScaleFactor: 1.75, isMobile: true, hasTouch: true };
const cpuSlowdown = 4;
/** Pause after the rows are there; what loads later is not part of the first load. */
const settleMs = 3000;

interface Load {
  readonly fcpMs: number;
  readonly lcpMs: number;
  /** Total blocking time: from the first paint on, the time of tasks beyond 50 ms each. */
  readonly tbtMs: number;
  /** When the first row of the list is in the page. */
  readonly rowsMs: number;
  /** As transferred, in bytes. */
  readonly scriptBytes: number;
  readonly allBytes: number;
  readonly requests: number;
}

interface Subject {
  readonly name: string;
  readonly url: string;
  /** Selector of a list row. */
  readonly row: string;
}

const seeds: readonly JobSeed[] = Array.from({ length: 100 }, (_, index) => ({
  instanceNo: String(9_800_000 + index),
  startUrl: `https://shop-${index}.example.com/`,
  status: 4,
  endedAt: new Date(Date.now() - (index + 1) * 3_600_000).toISOString(),
}));

/** Records the paints, the long tasks and the first row. */
function watchLoad(row: string): void {
  const seen = { fcp: 0, lcp: 0, tbt: 0, rows: 0 };
  Object.assign(globalThis, { seen });
  const observe = (type: string, note: (entry: PerformanceEntry) => void): void =>
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true });
  observe("paint", ({ name, startTime }) => {
    if (name === "first-contentful-paint") seen.fcp = startTime;
  });
  observe("largest-contentful-paint", ({ startTime }) => {
    seen.lcp = startTime;
  });
  observe("longtask", ({ startTime, duration }) => {
    if (seen.fcp > 0 && startTime + duration > seen.fcp) seen.tbt += Math.max(0, duration - 50);
  });
  const look = (): void => {
    if (document.querySelector(row) === null) setTimeout(look, 10);
    else requestAnimationFrame(() => setTimeout(() => Object.assign(seen, { rows: performance.now() })));
  };
  look();
}

async function measureLoad(browser: Browser, { url, row }: Subject): Promise<Load> {
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", network);
  await session.send("Emulation.setCPUThrottlingRate", { rate: cpuSlowdown });
  const scripts = new Set<string>();
  let [scriptBytes, allBytes, requests] = [0, 0, 0];
  session.on("Network.responseReceived", ({ requestId, type }) => {
    if (type === "Script") scripts.add(requestId);
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    requests += 1;
    allBytes += encodedDataLength;
    if (scripts.has(requestId)) scriptBytes += encodedDataLength;
  });
  await page.addInitScript(watchLoad, row);
  await page.goto(url, { waitUntil: "commit", timeout: 120_000 });
  await page.waitForSelector(row, { state: "attached", timeout: 120_000 });
  await page.waitForTimeout(settleMs);
  type Seen = Readonly<Record<"fcp" | "lcp" | "tbt" | "rows", number>>;
  const { fcp, lcp, tbt, rows } = await page.evaluate(() => (globalThis as unknown as { seen: Seen }).seen);
  await context.close();
  return { fcpMs: fcp, lcpMs: lcp, tbtMs: tbt, rowsMs: rows, scriptBytes, allBytes, requests };
}

type Lighthouse = (
  url: string,
  flags: object,
) => Promise<{ readonly lhr: { readonly categories: { readonly performance: { readonly score: number | null } } } }>;

/** Returns a function for Lighthouse's score for a phone, up to 100; `null` where Lighthouse cannot be installed. */
async function createScorer(): Promise<((url: string) => Promise<number>) | null> {
  const load = await installTools([`lighthouse@${lighthouseVersion}`]).catch(() => null);
  if (load === null) return null;
  const { default: lighthouse } = (await load("lighthouse/core/index.js")) as { readonly default: Lighthouse };
  const executablePath = await ensureBrowser();
  return async (url) => {
    const scores: number[] = [];
    for (let round = 0; round < lighthouseRounds; round += 1) {
      const port = await freePort();
      const browser = await chromium.launch({
        executablePath,
        args: [...browserArguments, `--remote-debugging-port=${port}`],
      });
      const flags = {
        port,
        logLevel: "silent",
        onlyCategories: ["performance"],
        blockedUrlPatterns: ["*/api/events*"],
      };
      // The event stream never ends, and Lighthouse would wait for its end.
      const { lhr } = await lighthouse(url, flags).finally(() => browser.close());
      scores.push((lhr.categories.performance.score ?? Number.NaN) * 100);
    }
    return median(scores);
  };
}

const lines: readonly (readonly [label: string, name: keyof Load, per: number])[] = [
  ["first paint, ms", "fcpMs", 1],
  ["largest paint, ms", "lcpMs", 1],
  ["first row, ms", "rowsMs", 1],
  ["blocked, ms", "tbtMs", 1],
  ["JavaScript, kB", "scriptBytes", 1000],
  ["everything, kB", "allBytes", 1000],
  ["requests", "requests", 1],
];

const medianOf = (loads: readonly Load[], name: keyof Load): number => median(loads.map((load) => load[name]));

interface Measured {
  readonly name: string;
  readonly loads: readonly Load[];
}

function tellLoads(ours: readonly Load[], others: readonly Measured[], peer: Peer | null): void {
  process.stdout.write(`list of jobs on a slow phone, median of ${rounds}\n`);
  tellLoad();
  for (const [label, name, per] of lines) {
    const own = medianOf(ours, name) / per;
    const beside = others.map((other) => {
      const value = medianOf(other.loads, name) / per;
      return `  ${other.name} ${value.toFixed(0).padStart(6)}  ratio ${(own / value).toFixed(2)}`;
    });
    process.stdout.write(`${label.padEnd(18)} dashboard ${own.toFixed(0).padStart(6)}${beside.join("")}\n`);
  }
  const theirs = others.find(({ name }) => name === peer?.name)?.loads ?? [];
  for (const [what, name] of [
    ["JavaScript of the list of jobs", "scriptBytes"],
    ["largest paint on a slow phone", "lcpMs"],
    ["blocked time on a slow phone", "tbtMs"],
  ] as const) {
    const beside = peer === null ? "a peer, which npm cannot install" : peer.name;
    const seen = medianOf(ours, name) / medianOf(theirs, name);
    tellRow({ what: `${what}, beside ${beside}`, seen, goal: goals[name], unit: "×" });
  }
}

async function tellScores(subjects: readonly Subject[]): Promise<void> {
  const scoreOf = await createScorer();
  for (const [index, { name, url }] of subjects.entries()) {
    const score = scoreOf === null ? Number.NaN : await scoreOf(url);
    process.stdout.write(`score, median of ${lighthouseRounds}: ${name} ${score.toFixed(0)}\n`);
    const what = `points short of 100 from Lighthouse ${lighthouseVersion} on a phone`;
    if (index === 0) tellRow({ what, seen: 100 - score, goal: 100 - goals.score, unit: "" });
  }
}

const stack = await startStack({ WSC_LIST_POLL_MS: "15000", WSC_LOG_LEVEL: "error" });
stack.emulator.control.addJobs(seeds);
const ask = { "X-WSC-Request": "1" };
const list = await fetch(`${stack.baseUrl}/api/jobs?limit=50`, { headers: ask }).then((answer) => answer.text());
if ((JSON.parse(list) as { jobs?: unknown[] }).jobs?.length !== 50)
  throw new Error(`no list of 50 jobs: ${list.slice(0, 200)}`);
const peer = await orNull("bull-board", startBullBoard());
const floor = await orNull("the floor of the stack", startStackFloor({ "/api/jobs": list }));
const browser = await chromium.launch({ executablePath: await ensureBrowser(), args: [...browserArguments] });
try {
  const row = "[data-row]";
  const dashboard: Subject = { name: "dashboard", url: `${stack.baseUrl}/jobs`, row };
  const subjects = [dashboard];
  if (peer !== null) subjects.push({ name: peer.name, url: peer.listUrl, row: "main li, main tr, main [class*=job]" });
  if (floor !== null) subjects.push({ name: floor.name, url: floor.listUrl, row });
  const loads = subjects.map((): Load[] => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, subject] of subjects.entries()) loads[index]?.push(await measureLoad(browser, subject));
  }
  const [ours = []] = loads;
  const others = subjects.map(({ name }, index) => ({ name, loads: loads[index] ?? [] })).slice(1);
  tellLoads(ours, others, peer);
  await tellScores(subjects);
} finally {
  await browser.close();
  peer?.close();
  floor?.close();
  await stack.stop();
}
