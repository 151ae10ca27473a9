/**
 * How fast reports of 5,000 and 25,000 findings are in the browser, beside a page that writes the same rows with innerHTML, in the
 * same run and browser. `node scripts/dev.mjs build`, then `node bench/report-viewer.ts`. Ends with 1 when a goal is missed.
 */
import { availableParallelism, loadavg } from "node:os";
import { type BrowserContext, type CDPSession, chromium, type Page } from "@playwright/test";
import type { JobSeed } from "@wsc-dashboard/wsc-emulator";
import { startStack } from "../e2e/stack.ts";
import { browserArguments, ensureBrowser } from "../scripts/find-browser.ts";

const sizes = [5000, 25_000] as const;
const rounds = 3;
const goals = { longestTaskMs: 100, keyToPaintMs: 32 };

interface Timing {
  /** From the beginning of the page load. */
  readonly firstRowsMs: number;
  readonly allRowsMs: number;
  readonly longestTaskMs: number;
  /** From a key that moves on by one row to the next frame. */
  readonly keyToPaintMs: number;
  /** From the press of a filter until exactly the rows it leaves are in the page. */
  readonly filterMs: number;
  readonly nodes: number;
  readonly heapMb: number;
}

const risks = ["High", "Medium", "Low"] as const;
const jobOf = (count: number): string => String(9_900_000 + count);

/** Rows as a large site has them: each with an exchange of its own. */
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

/** The limit: every row written as one text, evidence included, with one listener and nothing else. */
const vanillaPage = `<!doctype html><html lang="en"><meta charset="utf-8"><title>innerHTML</title><style>
body{margin:0;font:14px/20px sans-serif}#list{height:90vh;overflow:auto}
.finding-row{display:grid;grid-template-columns:60px 80px 180px 60px 1fr 70px;gap:8px;padding:8px;height:57px;box-sizing:border-box;
border-bottom:1px solid #ddd;overflow:hidden;content-visibility:auto;contain-intrinsic-size:auto 57px}
.finding-row>*{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}.evidence{grid-column:1/-1}</style>
<input type="checkbox" checked aria-label="High risk"><div id="list"></div><script type="module">
const job = new URLSearchParams(location.search).get("job");
const answer = await fetch("/api/jobs/" + job + "/report", { headers: { "X-WSC-Request": "1" } });
const { findings } = await answer.json();
const safe = (text) => String(text ?? "").replace(/[&<>"]/g, (sign) => "&#" + sign.charCodeAt(0) + ";");
const list = document.getElementById("list");
const draw = (shown) => { list.innerHTML = shown.map((f) => '<div class="finding-row" id="' + f.number + '"><a data-finding href="#' + f.number + '">' +
  f.number + '</a><span>' + f.severity + '</span><span>' + safe(f.item) + '</span><span>' + f.method + '</span><span>' + safe(f.url) +
  '</span><span>' + safe(f.parameter) + '</span><span class="evidence">' + safe(f.evidence) + '</span></div>').join(""); };
draw(findings);
document.querySelector("input").onchange = ({ target }) => draw(target.checked ? findings : findings.filter((f) => f.severity !== "high"));
document.onkeydown = ({ key }) => {
  if (key !== "j") return;
  const row = document.activeElement.closest(".finding-row")?.nextElementSibling ?? list.firstElementChild;
  row.firstElementChild.focus();
};
</script></html>`;

/** Notes when the first row and the last one are in the page and painted, and every long task. */
async function watchRows(page: Page, total: number): Promise<void> {
  await page.addInitScript((count) => {
    const seen = { first: 0, all: 0, longest: 0 };
    Object.assign(globalThis, { seen });
    const painted = (name: "first" | "all"): void => {
      requestAnimationFrame(() => setTimeout(() => (seen[name] ||= performance.now())));
    };
    const look = (): void => {
      const rows = document.querySelectorAll(".finding-row[id]").length;
      if (rows > 0 && seen.first === 0) painted("first");
      if (rows === count && seen.all === 0) painted("all");
      else if (seen.all === 0) setTimeout(look, 20);
    };
    look();
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.longest = Math.max(seen.longest, duration);
    }).observe({ type: "longtask", buffered: true });
  }, total);
}

/** The median of some presses of a key that moves on by one row. */
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
  return middle(times);
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

async function measure(context: BrowserContext, address: string, count: number): Promise<Timing> {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Performance.enable");
  await watchRows(page, count);
  await page.goto(address);
  type Seen = { readonly first: number; readonly all: number; readonly longest: number };
  const seenOf = () => page.evaluate(() => (globalThis as unknown as { seen: Seen }).seen);
  await page.waitForFunction(() => (globalThis as unknown as { seen: Seen }).seen.all > 0, undefined, {
    timeout: 180_000,
  });
  const { first, all } = await seenOf();
  const { Nodes: nodes = Number.NaN, JSHeapUsedSize: heap = Number.NaN } = await metricsOf(session);
  const keyToPaintMs = await keyToPaint(page);
  const filtered = await filterMs(page, count - Math.ceil(count / risks.length));
  const { longest } = await seenOf();
  await page.close();
  return {
    firstRowsMs: first,
    allRowsMs: all,
    longestTaskMs: longest,
    keyToPaintMs,
    filterMs: filtered,
    nodes,
    heapMb: heap / 2 ** 20,
  };
}

function middle(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

const lines: readonly (readonly [label: string, name: keyof Timing])[] = [
  ["first rows, ms", "firstRowsMs"],
  ["all rows, ms", "allRowsMs"],
  ["longest task, ms", "longestTaskMs"],
  ["key to paint, ms", "keyToPaintMs"],
  ["filter, ms", "filterMs"],
  ["nodes", "nodes"],
  ["JS heap, MB", "heapMb"],
];

function printTable(count: number, ours: readonly Timing[], theirs: readonly Timing[]): void {
  const [load = 0] = loadavg();
  process.stdout.write(
    `${count} findings, median of ${rounds}; ${load.toFixed(1)} processes wait for ${availableParallelism()} cores\n`,
  );
  for (const [label, name] of lines) {
    const [viewer, vanilla] = [ours, theirs].map((all) => middle(all.map((timing) => timing[name])));
    const ratio = ((viewer ?? 0) / (vanilla ?? 1)).toFixed(2);
    process.stdout.write(
      `${label.padEnd(18)} viewer ${viewer?.toFixed(0).padStart(7)}  innerHTML ${vanilla?.toFixed(0).padStart(7)}  ratio ${ratio}\n`,
    );
  }
  for (const [name, goal] of Object.entries(goals) as [keyof typeof goals, number][]) {
    const reached = Math.min(...ours.map((timing) => timing[name]));
    if (reached <= goal) continue;
    process.stdout.write(`${name} is ${reached.toFixed(0)} at best, the goal is ${goal}\n`);
    process.exitCode = 1;
  }
}

const stack = await startStack();
const browser = await chromium.launch({ executablePath: await ensureBrowser(), args: [...browserArguments] });
try {
  const context = await browser.newContext();
  await context.addCookies([{ name: "wsc_lang", value: "en", url: stack.baseUrl }]);
  await context.route(`${stack.baseUrl}/innerHTML?*`, (route) =>
    route.fulfill({ body: vanillaPage, contentType: "text/html; charset=utf-8" }),
  );
  for (const count of sizes) {
    const instanceNo = jobOf(count);
    stack.emulator.control.addJobs([largeJob(count)]);
    // The first read of a report goes to the upstream; what is measured is the page.
    await context.request.get(`${stack.baseUrl}/api/jobs/${instanceNo}/report`, {
      headers: { "X-WSC-Request": "1" },
      timeout: 120_000,
    });
    const ours: Timing[] = [];
    const theirs: Timing[] = [];
    for (let round = 0; round < rounds; round += 1) {
      ours.push(await measure(context, `${stack.baseUrl}/jobs/${instanceNo}/report`, count));
      theirs.push(await measure(context, `${stack.baseUrl}/innerHTML?job=${instanceNo}`, count));
    }
    printTable(count, ours, theirs);
  }
} finally {
  await browser.close();
  await stack.stop();
}
