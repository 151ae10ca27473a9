import { capabilitiesOf, rescanClosesAt } from "@wsc-dashboard/wsc-core";
import type { ReadPage, ReadRecord } from "@wsc-dashboard/wsc-core/upstream";

/** A page that was read once; what may be done with its jobs is told for the moment of asking. */
export interface KeptPage {
  /** The same object as long as nothing of it changes. */
  at(now: number): ReadPage;
}

/** The nearest instants, in milliseconds, before (or at) and after which other things may be done with some of the jobs. */
function periodAround({ records }: ReadPage, at: number): { readonly from: number; readonly until: number } {
  let from = Number.NEGATIVE_INFINITY;
  let until = Number.POSITIVE_INFINITY;
  const note = (change: number): void => {
    if (change <= at) from = Math.max(from, change);
    else until = Math.min(until, change);
  };
  for (const { job } of records) {
    if (job.reportExpiresAt !== null) note(Date.parse(job.reportExpiresAt));
    if (job.endedAt !== null) note(rescanClosesAt(new Date(job.endedAt)).getTime());
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

/** `readAt`: the moment for which the page was read, in milliseconds. */
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
 * Roughly what a page takes in memory, in bytes. Whatever its texts are made of came in the answer, and a text cut out of a longer
 * one keeps all of that: no page counts less than its answer with two bytes a character.
 */
export function pageBytes(page: ReadPage, answerBytes: number): number {
  return recordBytes * (page.records.length + 1) + 2 * answerBytes;
}
