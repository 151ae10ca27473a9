import { capabilitiesOf, rescanClosesAt } from "@wsc-dashboard/wsc-core";
import type { ReadPage, ReadRecord } from "@wsc-dashboard/wsc-core/upstream";

/** A page that was read once; what may be done with its jobs is told for the moment of asking. */
export interface KeptPage {
  /** The same object as long as nothing of it changes. */
  at(now: number): ReadPage;
}

/** When something may no longer be done with a job that may be done now. */
function changesOf({ job }: ReadRecord): number[] {
  const { reportExpiresAt, endedAt } = job;
  return [
    ...(reportExpiresAt === null ? [] : [Date.parse(reportExpiresAt)]),
    ...(endedAt === null ? [] : [rescanClosesAt(new Date(endedAt)).getTime()]),
  ];
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
  const changes = [...new Set(page.records.flatMap(changesOf))].sort((a, b) => a - b);
  let current = page;
  let from = readAt;
  let until = changes.find((change) => change > readAt) ?? Number.POSITIVE_INFINITY;
  return {
    at(now) {
      if (now >= from && now < until) return current;
      current = { ...page, records: page.records.map((record) => recordAt(record, new Date(now))) };
      from = changes.findLast((change) => change <= now) ?? Number.NEGATIVE_INFINITY;
      until = changes.find((change) => change > now) ?? Number.POSITIVE_INFINITY;
      return current;
    },
  };
}

const recordBytes = 600;

/** Roughly what a page takes in memory, in bytes. */
export function pageBytes(page: ReadPage): number {
  return page.records.reduce((bytes, { job, wireMemo }) => {
    const extra = Object.entries(job.extra ?? {}).reduce((sum, [name, text]) => sum + name.length + text.length, 0);
    return bytes + recordBytes + 2 * (job.startUrl.length + job.memo.length + wireMemo.length + extra);
  }, recordBytes);
}
