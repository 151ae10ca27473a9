/**
 * Prometheus (Debian: prometheus) scrapes two dashboards with the shipped alert rules, and each alert is triggered by a fault:
 * `npm run trial:alerts [-- --only ALERT]`. Days and minutes of the rules become seconds, as scripts/alerts/shorten-rules.ts
 * describes; nothing else is changed. Exits with 1 when an alert fires without its fault, does not fire with it, or does not end
 * after it. Not part of `npm test`; takes about six minutes and up to 12,000 open files.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { inspect, parseArgs } from "node:util";
import { Visitor } from "../apps/bff/test/identity/visitor.ts";
import { versionOf } from "../e2e/sso-trials/run-product.ts";
import { allFaults, backUp, type Fault } from "./alerts/faults.ts";
import { shortenRules } from "./alerts/shorten-rules.ts";
import { type Call, call, type Dashboards, headersOf, startDashboards } from "./alerts/start-dashboards.ts";
import { type Prometheus, promtool, startPrometheus } from "./alerts/start-prometheus.ts";
import { build } from "./build.ts";
import { onStopRequest, stopAllProcesses } from "./processes.mjs";
import { describeFailure, Refusal, step } from "./step.mjs";
import { root } from "./toolchain.mjs";

const prometheusProgram = "/usr/bin/prometheus";
const promtoolProgram = "/usr/bin/promtool";
const rulesFile = join(root, "deploy", "monitoring", "alerts.yml");
const limitMs = 180_000;
/** When given, only the faults of these alerts. */
const { values } = parseArgs({ options: { only: { type: "string", multiple: true } } });
/** Longer than the ranges of the shortened rules. */
const healthyMs = 25_000;

/** Waits until `isThere`; returns the seconds it took, or `null` after three minutes. */
async function secondsUntil(isThere: () => Promise<boolean>, goOn?: () => Promise<void>): Promise<string | null> {
  const begunAt = performance.now();
  let isOver = false;
  const going = (async () => {
    while (!isOver && goOn !== undefined) {
      await goOn();
      await wait(200);
    }
  })();
  try {
    while (performance.now() - begunAt < limitMs) {
      if (await isThere()) return ((performance.now() - begunAt) / 1000).toFixed(1);
      await wait(500);
    }
    return null;
  } finally {
    isOver = true;
    await going;
  }
}

/** Provokes one fault; returns the broken promises. */
async function tryFault(fault: Fault, prometheus: Prometheus): Promise<string[]> {
  const before = await prometheus.firing();
  const early = fault.alerts.filter((name) => before.has(name));
  if (early.length > 0) return early.map((name) => `${name} fires before its fault`);
  const left = new Set(fault.alerts);
  const times = new Map<string, string>();
  const begunAt = performance.now();
  await fault.provoke().catch((cause: unknown) => {
    throw new Error(`could not be provoked: ${fault.what}`, { cause });
  });
  await secondsUntil(async () => {
    const now = await prometheus.firing();
    for (const name of left) {
      if (!now.has(name)) continue;
      left.delete(name);
      times.set(name, ((performance.now() - begunAt) / 1000).toFixed(1));
    }
    return left.size === 0;
  }, fault.goOn);
  await fault.repair?.();
  const ended =
    fault.repair === undefined || left.size > 0
      ? ""
      : await secondsUntil(async () => {
          const now = await prometheus.firing();
          return !fault.alerts.some((name) => now.has(name));
        });
  for (const name of fault.alerts) {
    const fired = times.has(name) ? `fired after ${times.get(name)} s` : "DID NOT FIRE";
    const end = ended === "" ? "" : ended === null ? ", DID NOT END" : `, ended ${ended} s after the repair`;
    process.stdout.write(`  ${name.padEnd(26)} ${fired}${end}: ${fault.what}\n`);
  }
  return [
    ...[...left].map((name) => `${name} did not fire`),
    ...(ended === null ? [`${fault.alerts} did not end`] : []),
  ];
}

/** An auditor has the audit log open on both dashboards, so that the log is verified every few seconds. */
function watchAudit({ plain, other, auditor }: Dashboards): () => Promise<void> {
  let isOver = false;
  const watch = async (origin: string, options: Call, send?: Parameters<typeof call>[2]): Promise<void> => {
    while (!isOver) {
      await call(`${origin}/api/audit/chain`, options, send);
      await wait(1_000);
    }
  };
  const throughProvider = async (url: string, init: RequestInit) => (await auditor.open(url, undefined, init)).response;
  const watching = [
    watch(plain.origin, { headers: headersOf("auditor", "auditor") }),
    watch(other.origin, {}, throughProvider),
  ];
  return async () => {
    isOver = true;
    await Promise.all(watching);
  };
}

/** Ordinary work, so that every counter exists before it is needed; then no alert may fire. */
async function seeHealthy(dashboards: Dashboards, prometheus: Prometheus): Promise<string> {
  const { plain, other, operator, auditor } = dashboards;
  await operator.signIn("operator");
  await auditor.signIn("auditor");
  await call(`${plain.origin}/api/jobs?q=first`, { headers: headersOf("operator", "operator") });
  await operator.open(`${other.origin}/api/jobs`, undefined, { headers: headersOf("", "") });
  await wait(healthyMs);
  const up = await prometheus.value('sum(up{job="wsc-dashboard"})');
  if (up !== 2) throw new Refusal(`Prometheus reaches ${up ?? 0} of 2 dashboards.`);
  const active = [...(await prometheus.active())];
  if (active.length > 0) throw new Refusal(`Without any fault these are active: ${active.join(", ")}`);
  return "2 dashboards scraped, no alert";
}

async function run(directory: string): Promise<string[]> {
  const version = versionOf(prometheusProgram, ["--version"]);
  if (version === null) throw new Refusal("Left out: Prometheus is not installed (Debian: prometheus).");
  const detail = (text: string) => ({ detail: text });
  await step(
    "rules",
    () => promtool(promtoolProgram, ["check", "rules", rulesFile]).split("\n").at(-1)?.trim() ?? "",
    detail,
  );
  const rules = shortenRules(readFileSync(rulesFile, "utf8"));
  await step("build", build, detail);
  const dashboards = await step("start", () => startDashboards(directory));
  const { plain, other } = dashboards;
  backUp(plain, join(directory, "first.sqlite"));
  const targets = [plain, other].map(({ metricsPort }) => `127.0.0.1:${metricsPort}`);
  const prometheus = await startPrometheus(prometheusProgram, directory, { rules: rules.text, targets });
  const stopWatching = watchAudit(dashboards);
  try {
    const scrape = await (await fetch(`http://${targets[0]}/metrics`)).text();
    await step("metrics", () => promtool(promtoolProgram, ["check", "metrics"], scrape) || "no complaint", detail);
    await step("healthy", () => seeHealthy(dashboards, prometheus), detail);
    process.stdout.write(`Prometheus ${version}, ${rules.alerts.length} alerts\n`);
    const faults = allFaults(dashboards, directory, () => new Visitor(other.origin));
    const provoked = new Set(faults.flatMap(({ alerts }) => alerts));
    const broken = rules.alerts.filter((name) => !provoked.has(name)).map((name) => `${name} has no fault here`);
    const { only } = values;
    const chosen =
      only === undefined ? faults : faults.filter(({ alerts }) => alerts.some((name) => only.includes(name)));
    for (const fault of chosen) broken.push(...(await tryFault(fault, prometheus)));
    return broken;
  } finally {
    await stopWatching();
    await prometheus.stop();
    await dashboards.close();
  }
}

onStopRequest(() => void stopAllProcesses().then(() => process.exit(130)));
const directory = mkdtempSync(join(tmpdir(), "wsc-alerts-"));
try {
  const broken = await run(directory);
  for (const line of broken) process.stdout.write(`BROKEN: ${line}\n`);
  process.exitCode = broken.length > 0 ? 1 : 0;
} catch (error) {
  process.stderr.write(describeFailure(error));
  if (error instanceof Error && error.cause !== undefined) process.stderr.write(`${inspect(error.cause)}\n`);
  // Processes started before the failure would keep this one alive.
  await stopAllProcesses();
  process.exitCode = 1;
} finally {
  rmSync(directory, { recursive: true, force: true });
}
