import type { ReadPage, ReadRecord } from "@wsc-dashboard/wsc-core/upstream";
import { pageCountOf } from "@wsc-dashboard/wsc-core/upstream";

/** Pages read for one job while the ids fall from page to page; then each of them tells on which side the job stands. */
const maxJumps = 5;
/** Pages read when the ids say nothing about the place. */
const maxSteps = 20;

export interface LocateOptions<P extends { readonly page: ReadPage }> {
  readonly instanceNo: string;
  /** Where the job probably stands: looked at first. */
  readonly likelyPages: readonly number[];
  readonly limit: number;
  readonly read: (page: number) => Promise<P>;
}

interface Located<P> {
  readonly record: ReadRecord;
  readonly from: P;
}

/** A page whose ids are on one side of the job's. */
interface Bound {
  readonly page: number;
  /** The id at the side of the job. */
  readonly id: bigint;
  /** How much ids fall from one page to the next. */
  readonly perPage: number;
}

function isFalling(ids: readonly bigint[]): boolean {
  return ids.every((id, index) => index === 0 || id < (ids[index - 1] ?? id));
}

/** The page on which an id should stand, between two that were read. */
function estimatedPage(id: bigint, newer: Bound, older: Bound | null, pageCount: number): number | null {
  const first = newer.page + 1;
  const last = Math.min(pageCount, (older?.page ?? Number.POSITIVE_INFINITY) - 1);
  if (first > last) return null;
  const perPage = older === null ? newer.perPage : Number(newer.id - older.id) / (older.page - newer.page);
  const pages = Math.ceil(Number(newer.id - id) / Math.max(1, perPage));
  return Math.min(last, Math.max(first, newer.page + pages));
}

/**
 * Finds one job on the pages of the list, which the upstream cannot read by its number. Ids that fall from row to row lead to it
 * in a few reads, however long the list is; otherwise the pages are read one after the other. `null` when it was not met.
 */
export async function locateJob<P extends { readonly page: ReadPage }>({
  instanceNo,
  likelyPages,
  limit,
  read,
}: LocateOptions<P>): Promise<Located<P> | null> {
  const wanted = BigInt(instanceNo);
  const seen = new Set<number>();
  let pageCount = Number.POSITIVE_INFINITY;
  let newer: Bound | null = null;
  let older: Bound | null = null;
  let isOrdered = true;
  let isBetweenRows = false;
  let total: number | null = null;
  let hasMoved = false;

  function learn(number: number, { records, received }: ReadPage): void {
    const ids = records.map(({ job }) => BigInt(job.instanceNo));
    const [first] = ids;
    const last = ids.at(-1);
    if (first === undefined || last === undefined) {
      if (received === 0) pageCount = Math.min(pageCount, Math.max(1, number - 1));
      return;
    }
    isOrdered &&= isFalling(ids);
    const perPage = ids.length === 1 ? 1 : (Number(first - last) / (ids.length - 1)) * ids.length;
    if (wanted < last && (newer === null || number > newer.page)) newer = { page: number, id: last, perPage };
    if (wanted > first && (older === null || number < older.page)) older = { page: number, id: first, perPage };
    isBetweenRows = wanted < first && wanted > last;
  }

  async function look(number: number): Promise<Located<P> | null> {
    seen.add(number);
    const from = await read(number);
    const { page } = from;
    const record = page.records.find(({ job }) => job.instanceNo === instanceNo);
    if (record !== undefined) return { record, from };
    hasMoved ||= total !== null && page.total !== total;
    total = page.total;
    pageCount = Math.min(pageCount, pageCountOf(page, { limit, page: number }));
    learn(number, page);
    return null;
  }

  function next(): number | null {
    if (!isOrdered) {
      for (let number = 1; number <= Math.min(pageCount, maxSteps); number += 1) if (!seen.has(number)) return number;
      return null;
    }
    if (isBetweenRows || seen.size >= maxJumps) return null;
    if (newer === null) return seen.has(1) ? null : 1;
    return estimatedPage(wanted, newer, older, pageCount);
  }

  for (const number of likelyPages) {
    const found = await look(number);
    if (found !== null) return found;
  }
  // A likely page that turned out wrong says nothing about its neighbours.
  isBetweenRows = false;
  for (let number = next(); number !== null; number = next()) {
    const found = await look(number);
    if (found !== null) return found;
  }
  // Rows that moved to another page between two reads stand on one that was read before they came.
  const again = hasMoved ? (older as Bound | null)?.page : undefined;
  return again === undefined ? null : look(again);
}
