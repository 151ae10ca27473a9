import { targetHostOf } from "@wsc-dashboard/wsc-core";
import { isActive, isWaiting, type JobOrder, type JobRecord } from "./job-record.ts";

const firstNumber = 7_000_001;

export type NewJob = Partial<Omit<JobRecord, "order" | "firstInstanceNo" | "startedAt" | "searchableAt">> & {
  readonly order: JobOrder;
  readonly startedAt: number;
  readonly searchableAt: number;
};

/** All jobs of the account, in memory. */
export class JobStore {
  #newestFirst: JobRecord[] = [];
  readonly #byNumber = new Map<string, JobRecord>();
  #nextNumber = firstNumber;

  /** Throws when the number is taken. Without a number the job gets the next one. */
  add(job: NewJob): JobRecord {
    const instanceNo = job.instanceNo ?? this.#takeNumber();
    if (this.#byNumber.has(instanceNo)) throw new Error(`job ${instanceNo} exists already`);
    const master = job.order.masterInstanceNo === null ? undefined : this.#byNumber.get(job.order.masterInstanceNo);
    const record: JobRecord = {
      code: 12,
      statusText: null,
      crawlStartedAt: null,
      crawlEndedAt: null,
      scanStartedAt: null,
      endedAt: null,
      crawlCount: 0,
      progress: 0,
      findings: [],
      scannedDomains: [],
      notScannedDomains: [],
      recommendations: {},
      shownShare: () => 1,
      ...job,
      instanceNo,
      firstInstanceNo: master?.firstInstanceNo ?? instanceNo,
    };
    this.#byNumber.set(instanceNo, record);
    const older = this.#newestFirst.findIndex(({ startedAt }) => startedAt <= record.startedAt);
    this.#newestFirst.splice(older === -1 ? this.#newestFirst.length : older, 0, record);
    return record;
  }

  get(instanceNo: string): JobRecord | undefined {
    return this.#byNumber.get(instanceNo);
  }

  all(): readonly JobRecord[] {
    return this.#newestFirst;
  }

  /** The waiting or running job of the same target, if there is one. */
  activeOn(startUrl: string): JobRecord | undefined {
    const host = targetHostOf(startUrl);
    return this.#newestFirst.find((record) => isActive(record) && targetHostOf(record.order.startUrl) === host);
  }

  waitingCount(): number {
    return this.#newestFirst.filter(isWaiting).length;
  }

  /** Counts the re-scans of a first job, without those cancelled before they began. */
  rescanCount(firstInstanceNo: string): number {
    return this.#newestFirst.filter(
      (record) =>
        record.firstInstanceNo === firstInstanceNo && record.instanceNo !== firstInstanceNo && record.code !== 91,
    ).length;
  }

  clear(): void {
    this.#newestFirst = [];
    this.#byNumber.clear();
    this.#nextNumber = firstNumber;
  }

  #takeNumber(): string {
    while (this.#byNumber.has(String(this.#nextNumber))) this.#nextNumber += 1;
    const instanceNo = String(this.#nextNumber);
    this.#nextNumber += 1;
    return instanceNo;
  }
}
