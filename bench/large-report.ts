/**
 * A report of 25,000 findings: how often it is fetched from the upstream when 30 people open it at once, and how long it blocks
 * the event loop while it is parsed, sent, exported and compared, relative to the same work on the main thread.
 * `node bench/large-report.ts [findings]`. Exits with 1 when a goal is missed.
 */
import { request } from "node:http";
import { exportFormats } from "@wsc-dashboard/wsc-core";
import { readJobPage } from "@wsc-dashboard/wsc-core/upstream";
import { reportWorks } from "../apps/bff/src/reports/report-work.ts";
import { type DashboardProcess, type Person, proxyHeaders, startDashboardProcess } from "./dashboard-process.ts";
import { tellLoad, tellRow } from "./goals.ts";
import { instanceNoOf, startUpstreamStub, wireReport } from "./upstream-stub.ts";

const [findings = 25_000] = process.argv.slice(2).map(Number);
const readers = 30;
const goals = { calls: 1, busyMs: 50 };
const zone = "Asia/Seoul";

const personOf = (reader: number): Person => ({ name: `person-${reader}`, group: "viewers" });

function read({ port }: DashboardProcess, path: string, person: Person): Promise<number> {
  return new Promise((resolve, reject) => {
    const options = { host: "127.0.0.1", port, path, headers: proxyHeaders(person), agent: false };
    const outgoing = request(options, (response) => {
      let bytes = 0;
      response.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
      });
      response.on("end", () => {
        if (response.statusCode === 200) resolve(bytes);
        else reject(new Error(`${path}: HTTP ${response.statusCode}`));
      });
    });
    outgoing.on("error", reject).end();
  });
}

/** How long parsing it takes on the calling thread, in milliseconds. */
function readingMs(): number {
  const now = new Date();
  const record = { instanceNo: 1, start_url: "https://www.example.com/", status: "Complete", result_button: "report" };
  const job = readJobPage({ total_cnt: 1, record_data: [record] }, { zone, now })?.records[0]?.job;
  if (job === undefined) throw new Error("the page has a job");
  const body = Buffer.from(JSON.stringify({ returnCode: "0", resources: wireReport(findings) }));
  const startedAt = performance.now();
  reportWorks.read({ httpStatus: 200, body, job, zone, readAt: now.getTime() });
  return performance.now() - startedAt;
}

tellLoad();
const upstream = await startUpstreamStub({ jobs: 61, findings, reportDelayMs: 500 });
const dashboard = await startDashboardProcess(upstream.origin, {
  WSC_LIST_POLL_MS: "600000",
  WSC_DISPATCH_TICK_MS: "1000",
  WSC_UPSTREAM_TIMEOUT_MS: "60000",
});
const reportPath = `/api/jobs/${instanceNoOf(0)}/report`;
const earlierPath = `/api/jobs/${instanceNoOf(1)}/report`;
// The first request of each person is a login, which is written to the audit log.
for (let reader = 0; reader < readers; reader += 1) await read(dashboard, "/api/session", personOf(reader));
await read(dashboard, "/api/jobs?limit=61", personOf(0));

/** The longest time for which the event loop was blocked, in CPU milliseconds, by name. */
const busy = new Map<string, number>();
async function measure(name: string, work: () => Promise<unknown>): Promise<void> {
  await dashboard.usage();
  await work();
  const { busyMs, stallMs } = await dashboard.usage();
  busy.set(name, busyMs);
  process.stdout.write(`${name}: busy ${busyMs.toFixed(0)} ms at a time, loop held up ${stallMs.toFixed(0)} ms\n`);
}

let length = 0;
await measure(`${readers} readers at once`, async () => {
  const lengths = await Promise.all(
    Array.from({ length: readers }, (_, reader) => read(dashboard, reportPath, personOf(reader))),
  );
  length = lengths[0] ?? 0;
});
const calls = await upstream.reportCalls();
await measure("another report", () => read(dashboard, earlierPath, personOf(0)));
for (const format of exportFormats) {
  await measure(`export ${format}`, () =>
    read(dashboard, `${reportPath}/export?format=${format}&lang=en`, personOf(0)),
  );
}
const comparison = `/api/compare?base=${instanceNoOf(1)}&head=${instanceNoOf(0)}`;
await measure("comparison", () => read(dashboard, comparison, personOf(0)));
process.stdout.write(
  `${findings} findings, ${(length / 1e6).toFixed(1)} MB: reading it on the thread that answers would take ${readingMs().toFixed(0)} ms\n`,
);
tellRow({
  what: `${readers} readers of an uncached report, upstream calls`,
  seen: calls,
  goal: goals.calls,
  unit: "calls",
});
const longest = Math.max(...busy.values());
tellRow({
  what: `${findings} findings, longest time that nothing else is done`,
  seen: longest,
  goal: goals.busyMs,
  unit: "ms",
});
await dashboard.close();
upstream.close();
tellLoad();
