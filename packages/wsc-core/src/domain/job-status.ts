/**
 * The status machine of a job (vendor's search filter, contract section 8.2). Lists carry a text instead of the number,
 * and only "Pending" is documented; the other texts are seen in samples or spoken by the emulator.
 */
export const jobPhases = [
  "waiting",
  "crawling",
  "scanning",
  "stopping",
  "completed",
  "failed",
  "cancelled",
  "stopped",
  "unknown",
] as const;
export type JobPhase = (typeof jobPhases)[number];

interface StatusRow {
  readonly meaning: string;
  readonly phase: Exclude<JobPhase, "unknown">;
  readonly text: string;
  readonly next: readonly number[];
}

export const jobStatusTable = {
  12: { meaning: "URL collection waiting", phase: "waiting", text: "Pending", next: [13, 91] },
  13: { meaning: "URL collection running", phase: "crawling", text: "Crawling", next: [14, 15, 92] },
  14: { meaning: "URL collection done", phase: "waiting", text: "Crawl Complete", next: [2, 91, 92] },
  15: { meaning: "URL collection failed", phase: "failed", text: "Crawl Fail", next: [] },
  2: { meaning: "diagnosis waiting", phase: "waiting", text: "Scan Pending", next: [3, 91] },
  3: { meaning: "diagnosis running", phase: "scanning", text: "Scanning", next: [4, 5, 92] },
  4: { meaning: "diagnosis done", phase: "completed", text: "Complete", next: [] },
  5: { meaning: "diagnosis failed", phase: "failed", text: "Scan Fail", next: [] },
  91: { meaning: "diagnosis cancelled", phase: "cancelled", text: "Cancelled", next: [] },
  92: { meaning: "stopping", phase: "stopping", text: "Stopping", next: [93] },
  93: { meaning: "job stopped", phase: "stopped", text: "Stopped", next: [] },
} as const satisfies Record<number, StatusRow>;

export type JobStatusCode = keyof typeof jobStatusTable;

/** The eleven codes in the order a job meets them. */
export const jobStatusCodes = [12, 13, 14, 15, 2, 3, 4, 5, 91, 92, 93] as const satisfies readonly JobStatusCode[];

/** Whether the number is one of the vendor's eleven status codes. */
export function isJobStatusCode(code: number): code is JobStatusCode {
  return Object.hasOwn(jobStatusTable, code);
}

/** The codes that may follow `code` directly (contract section 8.2, inferred there). */
export function nextStatusCodes(code: JobStatusCode): readonly number[] {
  return jobStatusTable[code].next;
}

const finalPhases: ReadonlySet<JobPhase> = new Set(["completed", "failed", "cancelled", "stopped"]);

/** Whether nothing further can happen to a job in this phase. An unknown status is never final. */
export function isFinalPhase(phase: JobPhase): boolean {
  return finalPhases.has(phase);
}

export interface JobStatus {
  /** The vendor's own word, kept as it came. */
  readonly text: string;
  readonly phase: JobPhase;
  /** The vendor's number, only when it is certain. */
  readonly code?: number | undefined;
}

const squeeze = (text: string): string => text.toLowerCase().replace(/[^a-z]/g, "");

const byText = new Map<string, JobStatusCode>(jobStatusCodes.map((code) => [squeeze(jobStatusTable[code].text), code]));

/** Further spellings that other revisions of the vendor's pages suggest; they tell the phase but not the number. */
const phaseBySpelling: Readonly<Record<string, JobPhase>> = {
  waiting: "waiting",
  reserved: "waiting",
  crawlpending: "waiting",
  completed: "completed",
  done: "completed",
  canceled: "cancelled",
  cancel: "cancelled",
  terminated: "stopped",
  terminating: "stopping",
  crawlfailed: "failed",
  scanfailed: "failed",
  failed: "failed",
  fail: "failed",
};

/**
 * Reads a list record's status text; `knownCode` is the number the list was filtered by. A text nobody has seen keeps
 * its words and becomes phase "unknown".
 */
export function readJobStatus(text: string, knownCode?: number): JobStatus {
  if (knownCode !== undefined && isJobStatusCode(knownCode)) {
    return { text, phase: jobStatusTable[knownCode].phase, code: knownCode };
  }
  const key = squeeze(text);
  const code = byText.get(key);
  if (code !== undefined) return { text, phase: jobStatusTable[code].phase, code };
  return { text, phase: (Object.hasOwn(phaseBySpelling, key) && phaseBySpelling[key]) || "unknown" };
}
