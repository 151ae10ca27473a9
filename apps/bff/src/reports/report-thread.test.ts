import { comparisonSchema, reportSchema } from "@wsc-dashboard/wsc-core";
import { afterEach, describe, expect, it, vi } from "vitest";
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

describe("work on a large report", () => {
  it("runs off the main thread with the same result", async () => {
    const onThisThread = [
      vi.spyOn(reportWorks, "read"),
      vi.spyOn(reportWorks, "export"),
      vi.spyOn(reportWorks, "compare"),
    ];
    const expectElsewhere = (): void => {
      for (const work of onThisThread) expect(work).not.toHaveBeenCalled();
    };
    const read = await thread.run("read", large, large.body.length);
    expectElsewhere();
    const here = reportWorks.read(large);
    if (read.kind !== "success" || here.kind !== "success") throw new Error("no report");
    const [{ bytes, head }, expected] = [reportIn(read.payload), reportIn(here.payload)];
    expect(Buffer.from(bytes).equals(expected.bytes)).toBe(true);
    expect(head).toEqual(expected.head);
    expect(reportSchema.parse(JSON.parse(Buffer.from(bytes).toString("utf8"))).findings).toHaveLength(600);

    for (const work of onThisThread) work.mockClear();
    const order = { bytes, format: "sarif", context, ...allFindings } as const;
    const written = await thread.run("export", order, bytes.length);
    expectElsewhere();
    expect(written.findings).toBe(600);
    expect(Buffer.from(written.file.content).equals(reportWorks.export(order).file.content)).toBe(true);

    const runs = { base: { bytes, speed: "1" }, head: { bytes, speed: null } };
    for (const work of onThisThread) work.mockClear();
    const comparison = await thread.run("compare", runs, bytes.length);
    expectElsewhere();
    const compared = comparisonSchema.parse(JSON.parse(Buffer.from(comparison).toString("utf8")));
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

  it("that fails is reported as a fault, and the next is done", async () => {
    const broken = { bytes: Buffer.from("no report"), format: "csv", context, ...allFindings } as const;
    await expect(thread.run("export", broken, large.body.length)).rejects.toMatchObject({ code: "INTERNAL_ERROR" });
    expect(await thread.run("read", large, large.body.length)).toMatchObject({ kind: "success" });
  });

  it("rejects with failures of the gateway unchanged", async () => {
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
