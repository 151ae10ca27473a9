import { type ComparisonCounts, isFinalPhase, type Job, jobPhases } from "@wsc-dashboard/wsc-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { OpenDatabase } from "../src/database/open-database.ts";
import type { JobSummaryRow } from "../src/database/schema.ts";
import type { ReportHead } from "../src/reports/report-work.ts";
import { createJobSummaries } from "../src/summaries/job-summaries.ts";
import { createReadingState } from "../src/summaries/reading-state.ts";
import { type DatabaseKind, empty, noon } from "./database-bench.ts";

const day = 86_400_000;
const noMasters: ReadonlyMap<string, string> = new Map();
const instant = (at: number): string => new Date(at).toISOString();

const jobOf = (instanceNo: string, daysAgo: number, change: Partial<Job> = {}): Job => ({
  instanceNo,
  startUrl: "https://shop.example.com/",
  memo: "",
  status: { text: "Complete", phase: "completed" },
  progress: 100,
  crawlCount: 80,
  findingCount: null,
  startedAt: instant(noon - daysAgo * day - 3_600_000),
  endedAt: instant(noon - daysAgo * day),
  capabilities: { report: true, cancel: false, stop: false, rescan: true, cause: false },
  reportExpiresAt: instant(noon + (365 - daysAgo) * day),
  ...change,
});

const headOf = (job: Job, high: number, change: Partial<ReportHead["scope"]> = {}): ReportHead => ({
  job,
  reportDate: job.endedAt,
  summary: { total: high, high, medium: 0, low: 0 },
  byItem: [{ item: "XSS", total: high, high, medium: 0, low: 0 }],
  scope: {
    ...{ target: job.startUrl, scanned: [], notScanned: [], excluded: [], items: ["XSS"], userAgent: "PC Chrome" },
    signInUsed: false,
    ...change,
  },
  expiresAt: job.reportExpiresAt,
  findingCount: high,
  sha256: "0".repeat(64),
});

const none = { total: 0, high: 0, medium: 0, low: 0, unrated: 0 };
const counts: ComparisonCounts = { new: none, fixed: none, remaining: 3, notRetested: 0 };

/** Promises of the stored counts of jobs and reports, the same on both databases. */
export function describeJobSummaries(kind: DatabaseKind): void {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await kind.create();
  });
  afterAll(() => database.close());
  beforeEach(() => empty(database));

  const summaries = () => createJobSummaries(database);
  const note = (...jobs: readonly Job[]) => summaries().noteListed(jobs, noon, noon);
  const rowOf = async (instanceNo: string): Promise<JobSummaryRow> => {
    const row = (await summaries().all()).find(({ instance_no }) => instance_no === instanceNo);
    if (row === undefined) throw new Error(`no row of ${instanceNo}`);
    return row;
  };
  const read = async (job: Job, high: number, change: Partial<ReportHead["scope"]> = {}, masters = noMasters) =>
    summaries().noteReport(await rowOf(job.instanceNo), headOf(job, high, change), masters, noon);

  describe(`the counts of jobs and reports (${kind.name})`, () => {
    it("hold counts and texts as the upstream may give them, however large or broken", async () => {
      const most = Number.MAX_SAFE_INTEGER;
      const job = jobOf("7", 1, { crawlCount: most, status: { text: "a\0b\ud800", phase: "unknown" }, endedAt: null });
      expect(await note(job)).toBe(1);
      await read(job, most);
      expect(await rowOf("7")).toMatchObject({ crawl_count: most, high: most, status_text: "a\ufffdb\ufffd" });
    });

    it("say how many jobs of a page are new or changed, and keep what was read of the others", async () => {
      const job = jobOf("7", 1);
      expect(await note(job, jobOf("8", 2))).toBe(2);
      await read(job, 3);
      expect(await note(job, jobOf("8", 2, { crawlCount: 81 }))).toBe(1);
      expect(await rowOf("7")).toMatchObject({ high: 3, next_read_at: null });
    });

    it("drop what was read of a job whose number another one took", async () => {
      const job = jobOf("7", 1);
      await note(job);
      await read(job, 3);
      await note(jobOf("7", 1, { startUrl: "https://other.example.com/" }));
      expect(await rowOf("7")).toMatchObject({ target: "other.example.com", high: null, next_read_at: noon });
    });

    it("name the newest report of every target before older ones, also where no end is known", async () => {
      const other = { startUrl: "https://other.example.com/" };
      await note(jobOf("1", 1), jobOf("2", 2), jobOf("3", 30, other), jobOf("4", 40, { ...other, endedAt: null }));
      const order: string[] = [];
      for (let next = await summaries().nextReport(noon); next !== null; next = await summaries().nextReport(noon)) {
        order.push(next.row.instance_no);
        await summaries().noteFailure(next.row, "UPSTREAM_TIMEOUT", noMasters, noon);
      }
      expect(order).toEqual(["1", "3", "2", "4"]);
      expect(await summaries().nextReport(noon + 59_999)).toBeNull();
      expect(await summaries().nextReport(noon + 60_000)).not.toBeNull();
    });

    it("choose the master of a re-scan, else the latest comparable report, and compare again when that changes", async () => {
      const [master, between, head] = [jobOf("1", 30), jobOf("2", 20), jobOf("3", 1)];
      await note(master, between, head);
      await read(master, 3);
      await read(between, 3, { signInUsed: true });
      await read(head, 0);
      expect(await rowOf("3")).toMatchObject({ partner: "1", not_comparable: null, next_compare_at: noon });
      const pair = await summaries().nextComparison(noon);
      expect([pair?.head.instance_no, pair?.base.instance_no]).toEqual(["3", "1"]);
      await summaries().noteComparison("3", "1", counts, noon, []);
      expect(await summaries().nextComparison(noon)).toBeNull();
      await summaries().chooseAllPartners(new Map([["3", "1"]]), noon);
      expect(await rowOf("3")).toMatchObject({ partner: "1", compared: JSON.stringify(counts) });
      await read(between, 3);
      expect(await rowOf("3")).toMatchObject({ partner: "2", compared: null, next_compare_at: noon });
      // A comparison computed for the previous partner is not stored as one with the new partner.
      await summaries().noteComparison("3", "1", counts, noon, []);
      expect(await rowOf("3")).toMatchObject({ compared: null });
    });

    it("are erased once the year of the report is over, and jobs that left the list are forgotten", async () => {
      const [old, fresh] = [jobOf("1", 364), jobOf("2", 1)];
      await note(old, fresh);
      await read(old, 3);
      await summaries().forgetExpired(noon + 2 * day);
      expect(await rowOf("1")).toMatchObject({ high: null, read_at: null, has_report: 0 });
      await summaries().noteListed([fresh], noon + day, noon + day);
      await summaries().forgetUnseen(noon + day);
      expect((await summaries().all()).map(({ instance_no }) => instance_no)).toEqual(["2"]);
    });

    it("name the jobs that have not come to their end", async () => {
      await note(jobOf("1", 1), jobOf("2", 0, { status: { text: "Scanning", phase: "scanning" } }));
      expect(await summaries().unsettled(jobPhases.filter(isFinalPhase))).toEqual(["2"]);
    });
  });

  describe(`the background reading (${kind.name})`, () => {
    it("belongs to one process, until that gives it back or is silent for a minute", async () => {
      const [one, two] = [createReadingState(database, "one"), createReadingState(database, "two")];
      expect(await one.hold(noon)).toBe(true);
      expect(await createReadingState({ ...database, isSoleProcess: false }, "three").hold(noon + 1)).toBe(false);
      await one.release();
      expect(await two.hold(noon + 2)).toBe(true);
      const other = createReadingState({ ...database, isSoleProcess: false }, "one");
      expect(await other.hold(noon + 60_002)).toBe(false);
      expect(await other.hold(noon + 60_003)).toBe(true);
    });
  });
}
