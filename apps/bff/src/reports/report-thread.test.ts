import { comparisonSchema, reportSchema } from "@wsc-dashboard/wsc-core";
import { afterEach, describe, expect, it } from "vitest";
import { finishedJob } from "../../test/finished-job.ts";
import { createReportThread, type ReportThread } from "./report-thread.ts";
import { type AnswerToRead, type ReadReport, reportWorks, type SerialisedReport } from "./report-work.ts";

const job = finishedJob();
const readAt = Date.parse("2026-11-28T00:00:00Z");
const context = { language: "en", zone: "Asia/Seoul", version: "0.0.0" } as const;
const allFindings = { criteria: {}, verdicts: [], base: null } as const;

function answerWith(findings: number): AnswerToRead {
  const rows = Array.from({ length: findings }, (_, at) => ({
    ...{ Risk: "High", Url: `https://shop.example.com/${at}`, Method: "GET", Parameter: "q" },
    Evidence: `seen ${at} `.repeat(20),
  }));
  const payload = { report_date: "2026/11/27 03:42:57", Login_Info: "SID=canary-value", Details: { XSS: rows } };
  const body = Buffer.from(JSON.stringify({ returnCode: "0", resources: payload }));
  return { httpStatus: 200, body, job, zone: "Asia/Seoul", readAt };
}
const large = answerWith(600);
function reportIn(payload: unknown): SerialisedReport {
  const { report } = payload as ReadReport;
  if (report === null) throw new Error("no report");
  return report;
}

let thread: ReportThread = createReportThread();
afterEach(() => {
  thread.close();
  thread = createReportThread();
});

/** How often this thread went on to other things until the work was done. */
async function countTurns(work: Promise<unknown>): Promise<number> {
  let isDone = false;
  const ended = work.finally(() => {
    isDone = true;
  });
  let turns = 0;
  while (!isDone) {
    await new Promise((resolve) => setImmediate(resolve));
    turns += 1;
  }
  await ended;
  return turns;
}

describe("work on a large report", () => {
  it("runs off the main thread with the same result", { timeout: 60_000 }, async () => {
    const size = large.body.length;
    const reading = thread.run("read", large, size);
    expect(await countTurns(reading)).toBeGreaterThan(3);
    const here = reportWorks.read(large);
    const read = await reading;
    if (read.kind !== "success" || here.kind !== "success") throw new Error("no report");
    const [{ bytes, head }, expected] = [reportIn(read.payload), reportIn(here.payload)];
    expect(Buffer.from(bytes).equals(expected.bytes)).toBe(true);
    expect(head).toEqual(expected.head);
    expect(reportSchema.parse(JSON.parse(Buffer.from(bytes).toString("utf8"))).findings).toHaveLength(600);

    const order = { bytes, format: "sarif", context, ...allFindings } as const;
    const writing = thread.run("export", order, bytes.length);
    expect(await countTurns(writing)).toBeGreaterThan(3);
    const written = await writing;
    expect(written.findings).toBe(600);
    expect(Buffer.from(written.file.content).equals(reportWorks.export(order).file.content)).toBe(true);

    const runs = { base: { bytes, speed: "1" }, head: { bytes, speed: null } };
    const comparing = thread.run("compare", runs, bytes.length);
    expect(await countTurns(comparing)).toBeGreaterThan(3);
    const compared = comparisonSchema.parse(JSON.parse(Buffer.from(await comparing).toString("utf8")));
    expect(compared.remaining).toHaveLength(600);
  });

  it("that takes too long is stopped alone: its answer is unreadable or its export busy, and small work goes on", async () => {
    thread = createReportThread({ limitMs: 1 });
    const { bytes } = reportIn((reportWorks.read(large) as { payload: unknown }).payload);
    const ordered = [
      thread.run("read", large, large.body.length),
      thread.run("export", { bytes, format: "html", context, ...allFindings }, bytes.length),
    ];
    expect((await Promise.allSettled(ordered)).map((one) => one.status === "rejected" && one.reason.code)).toEqual([
      "UPSTREAM_UNREADABLE",
      "SERVER_BUSY",
    ]);
    expect(await thread.run("read", answerWith(1), 100)).toMatchObject({ kind: "success" });
  });

  it("that fails is reported as a fault, and the next is done", { timeout: 60_000 }, async () => {
    const broken = { bytes: Buffer.from("no report"), format: "csv", context, ...allFindings } as const;
    await expect(thread.run("export", broken, large.body.length)).rejects.toMatchObject({ code: "INTERNAL_ERROR" });
    expect(await thread.run("read", large, large.body.length)).toMatchObject({ kind: "success" });
  });

  it("rejects with failures of the gateway unchanged", { timeout: 60_000 }, async () => {
    const body = Buffer.from(JSON.stringify({ error: { errorCode: "200", message: "x".repeat(300_000) } }));
    const answer = { ...large, httpStatus: 401, body };
    expect(await thread.run("read", answer, body.length)).toEqual(reportWorks.read(answer));
  });

  it("is refused once the server closes", async () => {
    const ordered = thread.run("read", large, large.body.length);
    thread.close();
    await expect(ordered).rejects.toMatchObject({ code: "SERVER_BUSY" });
    await expect(thread.run("read", large, large.body.length)).rejects.toMatchObject({ code: "SERVER_BUSY" });
  });
});
