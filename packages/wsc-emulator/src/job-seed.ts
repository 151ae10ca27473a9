import { isFinalPhase, isJobStatusCode, type JobStatusCode, jobStatusTable } from "@wsc-dashboard/wsc-core";
import * as z from "zod/mini";
import type { NewJob } from "./job-store.ts";

const url = z.string().check(z.maxLength(4000));
const instant = z.iso.datetime({ offset: true });
const count = z.int().check(z.minimum(0));

/** A job that existed before: input of the control endpoint and of the built-in history. */
export const jobSeedSchema = z.strictObject({
  /** Digits, possibly beyond 2^53; default the next free number. */
  instanceNo: z.optional(z.string().check(z.regex(/^[1-9][0-9]{0,19}$/))),
  startUrl: url,
  /** A vendor's code, or null for an undocumented status (then set `statusText`). */
  status: z.nullable(
    z.pipe(
      z.int(),
      z.custom<JobStatusCode>((code) => isJobStatusCode(code as number)),
    ),
  ),
  statusText: z.optional(z.string()),
  startedAt: z.optional(instant),
  endedAt: z.optional(instant),
  memo: z._default(z.string(), ""),
  excludeUrls: z._default(z.array(url), []),
  headers: z._default(z.record(z.string(), z.string()), {}),
  items: z._default(z.array(z.string()), ["ALL"]),
  userAgent: z._default(z.string(), "PC Chrome"),
  speed: z._default(z.enum(["1", "2", "3"]), "1"),
  masterInstanceNo: z.optional(z.string()),
  crawlCount: z._default(count, 0),
  progress: z.optional(z.int().check(z.minimum(0), z.maximum(100))),
  findings: z._default(
    z.array(
      z.strictObject({
        item: z.string(),
        risk: z.enum(["High", "Medium", "Low"]),
        url,
        method: z.string(),
        parameter: z.string(),
        evidence: z.string(),
      }),
    ),
    [],
  ),
  /** The advice by item, where it is another than the usual one. */
  recommendations: z._default(z.record(z.string(), z.string()), {}),
  scannedDomains: z.optional(z.array(z.string())),
  notScannedDomains: z._default(z.array(z.string()), []),
});
export type JobSeed = z.input<typeof jobSeedSchema>;

/** Default share of a finished job's time spent on URL collection. */
const crawlShare = 0.2;

/** Converts a seed to a job. `now` replaces missing instants; `steadyNow` is the clock without offset. */
export function newJobOf(seed: JobSeed, now: number, steadyNow: number): NewJob {
  const {
    instanceNo,
    startUrl,
    status,
    statusText,
    startedAt: startText,
    endedAt: endText,
    masterInstanceNo,
    progress,
    scannedDomains,
    excludeUrls,
    headers,
    items,
    userAgent,
    speed,
    memo,
    ...counts
  } = jobSeedSchema.parse(seed);
  const startedAt = startText === undefined ? now : Date.parse(startText);
  const isOver = status !== null && isFinalPhase(jobStatusTable[status].phase);
  const endedAt = endText === undefined ? (isOver ? Math.max(now, startedAt) : null) : Date.parse(endText);
  const crawlEndedAt = startedAt + ((endedAt ?? now) - startedAt) * crawlShare;
  return {
    ...(instanceNo === undefined ? {} : { instanceNo }),
    order: {
      startUrl,
      excludeUrls,
      headers,
      items,
      userAgent,
      speed,
      memo,
      masterInstanceNo: masterInstanceNo ?? null,
    },
    code: status,
    statusText: statusText ?? null,
    startedAt,
    searchableAt: steadyNow,
    crawlStartedAt: startedAt,
    crawlEndedAt,
    scanStartedAt: crawlEndedAt,
    endedAt,
    progress: progress ?? (status === 4 ? 100 : 0),
    scannedDomains: scannedDomains ?? [URL.canParse(startUrl) ? new URL(startUrl).host : startUrl],
    ...counts,
  };
}
