/**
 * What decided findings cost: pages of 200 targets with 10,000 findings, one report of 5,000 of them, before and after somebody
 * decided each finding. `node bench/verdicts.ts`, about a minute. Exits with 1 when a goal is missed.
 */
import { setTimeout as wait } from "node:timers/promises";
import type { Finding } from "@wsc-dashboard/wsc-core";
import { createEmulator } from "@wsc-dashboard/wsc-emulator";
import { accessKey, secretKey } from "../apps/bff/test/start-bff.ts";
import { type DashboardProcess, type Person, startDashboardProcess } from "./dashboard-process.ts";
import { tellLoad, tellRow } from "./goals.ts";
import { percentile } from "./statistics.ts";

const targets = 200;
const findingsOfLargest = 5_000;
const findingsOfOthers = 25;
const verdictsAtOnce = 200;
const asksPerPage = 30;
const limitMs = 300_000;
/** Milliseconds at the 95th percentile. */
const goals = { pageMs: 100 };
const hourMs = 3_600_000;

const hostOf = (index: number): string => `shop-${index}.example.com`;
const person = (index: number): Person => ({ name: `operator-${index}`, group: "operators" });

const emulator = await createEmulator({ accessKey, secretKey, paceMs: 0, seed: false });
const now = Date.now();
const ids = Array.from({ length: targets }, (_, index) => {
  const host = hostOf(index);
  const [id = ""] = emulator.control.addJobs([
    {
      ...{ startUrl: `https://${host}/`, status: 4, crawlCount: 100 },
      startedAt: new Date(now - (index + 2) * hourMs).toISOString(),
      endedAt: new Date(now - (index + 1) * hourMs).toISOString(),
      findings: Array.from({ length: index === 0 ? findingsOfLargest : findingsOfOthers }, (_, number) => ({
        ...{ item: "XSS", risk: "High" as const, method: "GET", parameter: "q", evidence: "<b>" },
        url: `https://${host}/page/${number}`,
      })),
    },
  ]);
  return id;
});
const dashboard: DashboardProcess = await startDashboardProcess(emulator.origin, {
  ...{ WSC_ACCESS_KEY: accessKey, WSC_SECRET_KEY: secretKey, WSC_LIST_POLL_MS: "60000", WSC_BACKGROUND_READ_MS: "1" },
});

let asked = 0;
async function get<T>(path: string): Promise<T> {
  asked += 1;
  const answer = await dashboard.ask({ person: person(asked % 20), path });
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${answer.code}`);
  return JSON.parse(answer.body) as T;
}

const pages = [
  "/api/targets?limit=200",
  "/api/overview",
  `/api/jobs/${ids[0]}/report`,
  `/api/jobs/${ids[0]}/report/verdicts`,
];

async function timesOf(path: string): Promise<number> {
  const times: number[] = [];
  for (let ask = 0; ask < asksPerPage; ask += 1) {
    asked += 1;
    times.push((await dashboard.ask({ person: person(asked % 20), path })).ms);
  }
  return percentile(times, 95);
}

async function untilRead(): Promise<void> {
  for (const startedAt = performance.now(); performance.now() - startedAt < limitMs; await wait(200)) {
    const { targets: read } = await get<{ targets: { latest: { open: { high: number } } | null }[] }>(pages[0] ?? "");
    if (read.length === targets && read.every(({ latest }) => latest !== null)) return;
  }
  throw new Error("the reports were not read in the background");
}

async function decideAll(index: number): Promise<number> {
  const { findings } = await get<{ findings: Finding[] }>(`/api/jobs/${ids[index]}/report`);
  const fingerprints = findings.map(({ fingerprint }) => ({ fingerprint, version: 0 }));
  let decided = 0;
  for (let from = 0; from < fingerprints.length; from += verdictsAtOnce) {
    const { body, status } = await dashboard.ask({
      person: person(index % 20),
      method: "POST",
      path: "/api/verdicts",
      body: {
        ...{ host: hostOf(index), instanceNo: ids[index], findings: fingerprints.slice(from, from + verdictsAtOnce) },
        change: { kind: "decide", decision: { verdict: "false-positive", reason: "measured" } },
      },
    });
    if (status !== 200) throw new Error(`${hostOf(index)}: ${status} ${body}`);
    decided += (JSON.parse(body) as { results: { code?: string }[] }).results.filter(
      ({ code }) => code === undefined,
    ).length;
  }
  return decided;
}

await untilRead();
const before: number[] = [];
for (const page of pages) before.push(await timesOf(page));
const startedAt = performance.now();
let decided = 0;
for (let index = 0; index < targets; index += 1) decided += await decideAll(index);
const perVerdict = (performance.now() - startedAt) / decided;
process.stdout.write(`${decided} verdicts on ${targets} targets, ${perVerdict.toFixed(2)} ms each\n`);
for (const [index, page] of pages.entries()) {
  const seen = await timesOf(page);
  const name = page.replace(String(ids[0]), "N");
  process.stdout.write(`${name}: ${before[index]?.toFixed(1)} ms before, ${seen.toFixed(1)} ms after\n`);
  tellRow({ what: `${name} with ${decided} verdicts, p95`, seen, goal: goals.pageMs, unit: "ms" });
}
const { targets: after } = await get<{ targets: { latest: { open: { high: number } } | null }[] }>(pages[0] ?? "");
const open = after.reduce((sum, { latest }) => sum + (latest?.open.high ?? 0), 0);
process.stdout.write(`${open} findings open afterwards\n`);
if (open !== 0) process.exitCode = 1;
tellLoad();
await dashboard.close();
await emulator.close();
process.exit();
