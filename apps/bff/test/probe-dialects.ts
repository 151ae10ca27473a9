import { type GatewayFact, jobStatusCodes, jobStatusTable, type Language } from "@wsc-dashboard/wsc-core";
import type { EmulatorSettingsPatch, JobSeed } from "@wsc-dashboard/wsc-emulator";

const statusTexts = (language: Language): Record<string, string> =>
  Object.fromEntries(jobStatusCodes.map((code) => [String(code), jobStatusTable[code].words[language]]));

interface Dialect {
  readonly settings: EmulatorSettingsPatch;
  /** What a probe must print for each fact: its state, and its value and measure where they are certain. */
  readonly facts: Readonly<Record<string, readonly [GatewayFact["state"], (string | null)?, number?]>>;
}

/** Three gateway variants of the account, each with its true facts. */
export const dialects: Readonly<Record<string, Dialect>> = {
  "wrapped-newest-first": {
    settings: {},
    facts: {
      envelope: ["proven", "wrapped"],
      "number-form": ["proven", "number"],
      "list-order": ["proven", "newest-first"],
      "page-size": ["proven", "given", 100],
      "page-count": ["proven", "given"],
      "page-beyond-end": ["proven", "empty"],
      "memo-search": ["proven", "part-any-case"],
      "url-search": ["proven", "part"],
      "status-filter": ["proven", "kept"],
      "status-words": ["proven", "known"],
      "date-zone": ["proven", "configured"],
      "report-form": ["proven", "read"],
      "unknown-report": ["proven", "901"],
    },
  },
  "bare-oldest-first": {
    settings: {
      ...{ envelope: "bare", listOrder: "oldest-first", pageSizeCap: 20, numberForm: "text", dateForm: "dashes" },
      ...{ statusTexts: statusTexts("ko"), noDate: "-", keywordMatch: "whole" },
    },
    facts: {
      envelope: ["refuted", "bare"],
      "number-form": ["refuted", "text"],
      "list-order": ["refuted", "oldest-first"],
      "page-size": ["refuted", "capped", 20],
      "page-count": ["proven", "given"],
      "page-beyond-end": ["proven", "empty"],
      "memo-search": ["refuted", "whole-only"],
      "url-search": ["refuted", "whole-only"],
      "status-filter": ["proven", "kept"],
      "status-words": ["proven", "known"],
      "report-form": ["proven", "read"],
      "unknown-report": ["proven", "901"],
    },
  },
  "wrapped-zoned-dates": {
    settings: {
      ...{ pageSizeCap: 50, dateForm: "iso-zone", noDate: "", serviceErrorStatus: 400 },
      ...{ statusTexts: { ...statusTexts("ja"), 4: "結果あり" }, keywordMatch: "part-same-case" },
    },
    facts: {
      envelope: ["proven", "wrapped"],
      "number-form": ["proven", "number"],
      "list-order": ["proven", "newest-first"],
      "page-size": ["refuted", "capped", 50],
      "page-count": ["proven", "given"],
      "memo-search": ["refuted", "part-same-case"],
      "url-search": ["proven", "part"],
      "status-words": ["refuted", "unknown", 1],
      "date-zone": ["proven", "explicit"],
      "unknown-report": ["proven", "901"],
    },
  },
};

/** Contained in every text of a job of the account; no recorded file may contain it. */
export const canary = "canary7f3a";
const minuteMs = 60_000;

/** An account with 130 jobs, all with private text in every field, at `now` in milliseconds. */
export function privateJobs(now: number): JobSeed[] {
  const host = `${canary}.intra.example`;
  const job = (index: number): JobSeed => ({
    startUrl: `https://${host}:58443/${canary}/${index}?owner=${canary}`,
    status: 4,
    startedAt: new Date(now - (index + 1) * 60 * minuteMs).toISOString(),
    endedAt: new Date(now - (index * 60 + 30) * minuteMs).toISOString(),
    memo: `Secret ${canary} memo number ${index} 비밀카나리`,
    headers: { Cookie: `SESSION=${canary}; token=${canary}` },
    items: ["XSS", `${canary} item`],
    excludeUrls: [`https://${host}/logout`],
    userAgent: `${canary} agent`,
    findings: [
      {
        ...{ item: `${canary} item`, risk: "High", url: `https://${host}/${canary}?q=1`, method: `${canary}` },
        ...{ parameter: `${canary}_parameter`, evidence: `<b>${canary} evidence 비밀카나리</b>` },
      },
    ],
    scannedDomains: [host],
    notScannedDomains: [`cdn.${host}`],
    recommendations: { [`${canary} item`]: `Ask ${canary}` },
    crawlCount: 12,
  });
  const running: JobSeed = {
    ...job(0),
    status: 3,
    startedAt: new Date(now - 5 * minuteMs).toISOString(),
    endedAt: undefined,
    progress: 40,
  } as JobSeed;
  return [...Array.from({ length: 129 }, (_, index) => job(index + 1)), running];
}
