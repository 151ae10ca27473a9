import { type FactFinding, provenFact, refutedFact, unobserved } from "../domain/gateway-facts.ts";
import type { ReadPage } from "./read-jobs.ts";
import { isWireObject, type WireObject } from "./wire-values.ts";

/** A page of jobs as received, with its request arguments. */
export interface ShownPage {
  readonly page: ReadPage;
  readonly payload: unknown;
  readonly envelope: "wrapped" | "bare";
  /** Requested rows; `null` when the gateway chose the number. */
  readonly limit: number | null;
  /** The status filter of the request. */
  readonly statusCode: number | null;
  /** Gateway time, as far as known. */
  readonly now: Date;
}

// What pages show of the facts about the gateway; used for a probe and for ordinary responses.

/** Judges whether responses use the documented envelope. */
export function judgeEnvelope(pages: readonly ShownPage[]): FactFinding {
  const forms = new Set(pages.map(({ envelope }) => envelope));
  if (forms.size === 0) return unobserved;
  if (forms.size > 1) return refutedFact("mixed");
  return forms.has("wrapped") ? provenFact("wrapped") : refutedFact("bare");
}

/** Judges the order of the list by the starts of its jobs. `pages`: pages of the unfiltered list, in order. */
export function judgeOrder(pages: readonly ShownPage[]): FactFinding {
  const starts = pages
    .flatMap(({ page }) => page.records.map(({ job }) => job.startedAt))
    .filter((start) => start !== null);
  const falls = starts.some((start, index) => start < (starts[index - 1] ?? start));
  const rises = starts.some((start, index) => start > (starts[index - 1] ?? start));
  if (!falls && !rises) return unobserved;
  if (falls && rises) return refutedFact("unordered");
  return falls ? provenFact("newest-first") : refutedFact("oldest-first");
}

const documentedRows = 100;

/** Judges how many rows a page holds. `pages`: first pages. */
export function judgePageSize(pages: readonly ShownPage[]): FactFinding {
  for (const { limit, page } of pages) {
    if (limit !== null && page.received > limit) return refutedFact("exceeded", page.received);
    if (limit === null || page.total === null || page.received >= Math.min(limit, page.total)) continue;
    return refutedFact("capped", page.received);
  }
  const full = pages.filter(({ limit }) => limit === documentedRows).at(-1);
  if (full?.page.received === documentedRows) return provenFact("given", documentedRows);
  return { ...unobserved, measure: full?.page.received ?? null };
}

/** Judges what `total_page_cnt` counts. `pages`: first pages. */
export function judgePageCount(pages: readonly ShownPage[]): FactFinding {
  const seen = pages.flatMap(({ limit, page: { total, received, pageCount } }): FactFinding[] => {
    if (total === null || total === 0 || received === 0 || limit === null) return [];
    if (pageCount === null) return [refutedFact("missing")];
    if (pageCount === Math.ceil(total / received)) return total > received ? [provenFact("given")] : [];
    return [
      pageCount === Math.ceil(total / limit) ? refutedFact("of-limit", pageCount) : refutedFact("other", pageCount),
    ];
  });
  return seen.find(({ state }) => state === "refuted") ?? seen[0] ?? unobserved;
}

/** Judges whether every status text of the rows is known. */
export function judgeStatusWords(pages: readonly ShownPage[]): FactFinding {
  const records = pages.flatMap(({ page }) => page.records);
  if (records.length === 0) return unobserved;
  const unknown = new Set(
    records.filter(({ job }) => job.status.phase === "unknown").map(({ job }) => job.status.text),
  );
  return unknown.size === 0 ? provenFact("known") : refutedFact("unknown", unknown.size);
}

export const rowsOf = ({ payload }: Pick<ShownPage, "payload">): WireObject[] =>
  isWireObject(payload) && Array.isArray(payload.record_data) ? payload.record_data.filter(isWireObject) : [];

const zoneAtEnd = /(?:Z|[+-]\d{2}:?\d{2})$/i;
const hasZone = (value: unknown): boolean =>
  typeof value === "number" || (typeof value === "string" && (/^\d{13}$/.test(value) || zoneAtEnd.test(value.trim())));
const minuteMs = 60_000;

/** Judges by the latest starts whether dates are in the zone in which they are read. */
export function judgeDateZone(pages: readonly ShownPage[]): FactFinding {
  const told = pages
    .flatMap(rowsOf)
    .filter((row) => row.start_date !== null && row.start_date !== undefined && row.start_date !== "");
  if (told.length === 0) return unobserved;
  const started = pages.flatMap(({ page, now }) =>
    page.records.flatMap(({ job: { startedAt, status } }) =>
      startedAt === null ? [] : [{ ageMs: now.getTime() - Date.parse(startedAt), phase: status.phase }],
    ),
  );
  if (started.length === 0) return refutedFact("unread");
  if (told.every((row) => hasZone(row.start_date))) return provenFact("explicit");
  // A job that waits for its time may start later; one that runs or has ended may not.
  const isAhead = started.some(({ ageMs, phase }) => !["waiting", "unknown"].includes(phase) && ageMs < -5 * minuteMs);
  if (isAhead) return refutedFact("ahead");
  const youngest = started.reduce((least, { ageMs }) => Math.min(least, ageMs), Number.POSITIVE_INFINITY);
  // Read in the zone one hour to the west, a start within the last hour would lie in the future.
  return youngest >= -5 * minuteMs && youngest < 55 * minuteMs
    ? provenFact("configured", Math.max(0, Math.round(youngest / minuteMs)))
    : unobserved;
}
