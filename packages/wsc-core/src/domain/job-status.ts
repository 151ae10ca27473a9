/**
 * Status machine of a job (vendor's search filter, docs/upstream-api.md section 8.2). Lists send a text instead of the number.
 * "Pending" is documented for them; for the rest, the words of the filter's table in three languages are the best guess.
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
  /** The word used in samples and by the emulator. */
  readonly text: string;
  /** Words of the vendor's table of status codes, on its searchJobs page per language (docs/upstream-api.md section 8.2). */
  readonly words: { readonly ko: string; readonly en: string; readonly ja: string };
  readonly next: readonly number[];
}

export const jobStatusTable = {
  12: {
    meaning: "URL collection waiting",
    phase: "waiting",
    text: "Pending",
    words: { ko: "URL 수집 대기", en: "URL collection pending", ja: "URL収集待ち" },
    next: [13, 91],
  },
  13: {
    meaning: "URL collection running",
    phase: "crawling",
    text: "Crawling",
    words: { ko: "URL 수집 진행 중", en: "URL collection in progress", ja: "URL収集進行中" },
    next: [14, 15, 92],
  },
  14: {
    meaning: "URL collection done",
    phase: "waiting",
    text: "Crawl Complete",
    words: { ko: "URL 수집 완료", en: "URL collection completed", ja: "URL収集完了" },
    next: [2, 91, 92],
  },
  15: {
    meaning: "URL collection failed",
    phase: "failed",
    text: "Crawl Fail",
    words: { ko: "URL 수집 실패", en: "URL collection failed", ja: "URL収集失敗" },
    next: [],
  },
  2: {
    meaning: "diagnosis waiting",
    phase: "waiting",
    text: "Scan Pending",
    words: { ko: "진단 대기", en: "diagnostic pending", ja: "診断待ち" },
    next: [3, 91],
  },
  3: {
    meaning: "diagnosis running",
    phase: "scanning",
    text: "Scanning",
    words: { ko: "진단 진행 중", en: "diagnostic in progress", ja: "診断進行中" },
    next: [4, 5, 92],
  },
  4: {
    meaning: "diagnosis done",
    phase: "completed",
    text: "Complete",
    words: { ko: "진단 완료", en: "diagnostic completed", ja: "診断完了" },
    next: [],
  },
  5: {
    meaning: "diagnosis failed",
    phase: "failed",
    text: "Scan Fail",
    words: { ko: "진단 실패", en: "diagnostic failed", ja: "診断失敗" },
    next: [],
  },
  91: {
    meaning: "diagnosis cancelled",
    phase: "cancelled",
    text: "Cancelled",
    words: { ko: "진단 취소", en: "diagnostic canceled", ja: "診断キャンセル" },
    next: [],
  },
  92: {
    meaning: "stopping",
    phase: "stopping",
    text: "Stopping",
    words: { ko: "중지 중", en: "stopping", ja: "停止中" },
    next: [93],
  },
  93: {
    meaning: "job stopped",
    phase: "stopped",
    text: "Stopped",
    words: { ko: "작업 중지", en: "job stopped", ja: "ジョブ停止" },
    next: [],
  },
} as const satisfies Record<number, StatusRow>;

export type JobStatusCode = keyof typeof jobStatusTable;

/** The eleven codes in the order a job meets them. */
export const jobStatusCodes = [12, 13, 14, 15, 2, 3, 4, 5, 91, 92, 93] as const satisfies readonly JobStatusCode[];

/** Whether the number is one of the vendor's eleven status codes. */
export function isJobStatusCode(code: number): code is JobStatusCode {
  return Object.hasOwn(jobStatusTable, code);
}

/** Returns the codes that may directly follow `code` (docs/upstream-api.md section 8.2, inferred there). */
export function nextStatusCodes(code: JobStatusCode): readonly number[] {
  return jobStatusTable[code].next;
}

const finalPhases: ReadonlySet<JobPhase> = new Set(["completed", "failed", "cancelled", "stopped"]);

/** Whether nothing further can happen to a job in this phase. An unknown status is never final. */
export function isFinalPhase(phase: JobPhase): boolean {
  return finalPhases.has(phase);
}

export interface JobStatus {
  /** The vendor's text, unchanged. */
  readonly text: string;
  readonly phase: JobPhase;
  /** The vendor's number; set only if certain. */
  readonly code?: number | undefined;
}

/** Normalises a status: letters and digits only, one case, one composition of Hangul and kana. Longer texts are not a status. */
const squeeze = (text: string): string =>
  text.length > 200
    ? ""
    : text
        .normalize("NFKC")
        .toLowerCase()
        .replace(/[^\p{L}\p{M}\p{N}]/gu, "");

const byText = new Map<string, JobStatusCode>(
  jobStatusCodes.flatMap((code) => {
    const { text, words } = jobStatusTable[code];
    return [text, words.ko, words.en, words.ja].map((word) => [squeeze(word), code] as const);
  }),
);

/** Further spellings suggested by other revisions of the vendor's pages; they give the phase but not the number. */
const phaseBySpelling: Readonly<Record<string, JobPhase>> = {
  waiting: "waiting",
  reserved: "waiting",
  crawlpending: "waiting",
  completed: "completed",
  done: "completed",
  canceled: "cancelled",
  diagnosticcancelled: "cancelled",
  cancel: "cancelled",
  terminated: "stopped",
  terminating: "stopping",
  crawlfailed: "failed",
  scanfailed: "failed",
  failed: "failed",
  fail: "failed",
};

/** Reads a status text alone; phase "unknown" for an unknown text. */
function readWords(text: string): JobStatus {
  const key = squeeze(text);
  const code = byText.get(key);
  if (code !== undefined) return { text, phase: jobStatusTable[code].phase, code };
  return { text, phase: (Object.hasOwn(phaseBySpelling, key) && phaseBySpelling[key]) || "unknown" };
}

/**
 * Reads a status text; `knownCode` is the number received with it. If their phases contradict each other, neither is used. An
 * unknown text is kept, with phase "unknown".
 */
export function readJobStatus(text: string, knownCode?: number): JobStatus {
  const said = readWords(text);
  if (knownCode === undefined || !isJobStatusCode(knownCode)) return said;
  const known: JobStatus = { text, phase: jobStatusTable[knownCode].phase, code: knownCode };
  return said.phase === "unknown" || said.phase === known.phase ? known : { text, phase: "unknown" };
}
