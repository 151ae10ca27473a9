import { capabilitiesOf, remembered, rescanClosesAt } from "@wsc-dashboard/wsc-core";
import type { ReadPage, ReadRecord } from "@wsc-dashboard/wsc-core/upstream";

/** A page that was read once; the capabilities of its jobs are computed for the moment of each access. */
export interface KeptPage {
  /** Returns the same object while nothing of it changes. */
  at(now: number): ReadPage;
}

// Pages that are read again have nearly the same instants.
const expiryOf = remembered((reportExpiresAt: string) => Date.parse(reportExpiresAt));
const rescanEndOf = remembered((endedAt: string) => rescanClosesAt(new Date(endedAt)).getTime());

/** The nearest instants, in milliseconds, at or before `at` and after it, when capabilities of some jobs change. */
function periodAround({ records }: ReadPage, at: number): { readonly from: number; readonly until: number } {
  let from = Number.NEGATIVE_INFINITY;
  let until = Number.POSITIVE_INFINITY;
  const note = (change: number): void => {
    if (change <= at) from = Math.max(from, change);
    else until = Math.min(until, change);
  };
  for (const { job } of records) {
    if (job.reportExpiresAt !== null) note(expiryOf(job.reportExpiresAt));
    if (job.endedAt !== null) note(rescanEndOf(job.endedAt));
  }
  return { from, until };
}

function recordAt(record: ReadRecord, now: Date): ReadRecord {
  const { job, button } = record;
  const { status, endedAt, reportExpiresAt } = job;
  const instantOf = (text: string | null): Date | null => (text === null ? null : new Date(text));
  const facts = { button, status, endedAt: instantOf(endedAt), reportExpiresAt: instantOf(reportExpiresAt), now };
  return { ...record, job: { ...job, capabilities: capabilitiesOf(facts) } };
}

/** `readAt`: the moment for which the page's capabilities were computed, in milliseconds. */
export function createKeptPage(page: ReadPage, readAt: number): KeptPage {
  let current = page;
  let period = { from: readAt, until: periodAround(page, readAt).until };
  return {
    at(now) {
      if (now >= period.from && now < period.until) return current;
      current = { ...page, records: page.records.map((record) => recordAt(record, new Date(now))) };
      period = periodAround(page, now);
      return current;
    },
  };
}

const recordBytes = 600;

/**
 * Approximate memory of a page, in bytes. Its texts are cut out of the response, and a substring keeps the whole string alive, so
 * a page counts at least its response at two bytes a character.
 */
export function pageBytes(page: ReadPage, answerBytes: number): number {
  return recordBytes * (page.records.length + 1) + 2 * answerBytes;
}
