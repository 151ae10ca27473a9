/**
 * Server cost of reading a report with 5,000 findings: stored as validated bytes, compared with validating and serialising it for
 * every reader, in the same run. `node bench/report-read.ts`. Exits with 1 when the goal is missed.
 */
import { reportSchema } from "@wsc-dashboard/wsc-core";
import type { UpstreamClient } from "@wsc-dashboard/wsc-core/node";
import { type ReadRecord, readJobPage, readReport } from "@wsc-dashboard/wsc-core/upstream";
import { createReportReader } from "../apps/bff/src/reports/report-reader.ts";
import { createReportThread } from "../apps/bff/src/reports/report-thread.ts";
import { tellRow } from "./goals.ts";
import { wireReport } from "./upstream-stub.ts";

const count = 5000;
const reads = 60;
/** Fraction of the time that validating and serialising takes. */
const goal = 0.1;
const zone = "Asia/Seoul";
const now = Date.parse("2026-11-21T00:00:00Z");

const page = {
  total_cnt: 1,
  record_data: [
    {
      instanceNo: 1,
      start_url: "https://www.example.com/",
      status: "Complete",
      result_button: "report",
      memo: "",
      end_date: "2026/11/19 03:42:57",
    },
  ],
};
const record: ReadRecord | undefined = readJobPage(page, { zone, now: new Date(now) })?.records[0];
if (record === undefined) throw new Error("the page has a job");

const payload = wireReport(count);
const report = readReport(payload, { job: record.job, zone, now: new Date(now) });
if (report === null) throw new Error("the payload is a report");
/** The reader adds it. */
const sha256 = "0".repeat(64);
const body = Buffer.from(JSON.stringify({ returnCode: "0", resources: payload }));
const thread = createReportThread();
const client = {
  call: (_, { decode } = {}) => decode?.({ httpStatus: 200, body }) as ReturnType<UpstreamClient["call"]>,
} satisfies Pick<UpstreamClient, "call">;
const reader = createReportReader({
  client: client as never,
  directory: { find: async () => ({ record, asOf: new Date(now).toISOString() }) } as never,
  ...{ thread, zone, now: () => now },
});

async function millisecondsOf(read: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < reads; round += 1) {
    const startedAt = performance.now();
    await read();
    times.push(performance.now() - startedAt);
  }
  return times.sort((a, b) => a - b)[Math.floor(reads / 2)] ?? 0;
}

const startedAt = performance.now();
const bytes = (await reader.readSerialised("1")).byteLength;
const firstMs = performance.now() - startedAt;
const keptMs = await millisecondsOf(() => reader.readSerialised("1"));
const naiveMs = await millisecondsOf(() => Buffer.from(JSON.stringify(reportSchema.parse({ ...report, sha256 }))));
process.stdout.write(
  `${count} findings, ${(bytes / 1e6).toFixed(1)} MB: first read ${firstMs.toFixed(0)} ms, ` +
    `kept ${keptMs.toFixed(2)} ms, validated and written anew ${naiveMs.toFixed(2)} ms\n`,
);
tellRow({
  what: `reading a kept report of ${count} findings beside doing it anew`,
  seen: keptMs / naiveMs,
  goal,
  unit: "×",
});
thread.close();
