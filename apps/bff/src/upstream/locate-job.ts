import type { ReadPage, ReadRecord } from "@wsc-dashboard/wsc-core/upstream";
import { pageCountOf } from "@wsc-dashboard/wsc-core/upstream";
import type { ProbablePage, ProbablePlace } from "./rank-index.ts";

/** Maximum calls for one job while its ids guide the search: each page read tells on which side of it the job is. */
const maxCalls = 5;
/** Maximum pages read for a number that is not known to belong to a job. */
const maxUnknown = 2;
/** Maximum pages read when the ids are in no order. */
const maxUnordered = 2;

export interface LocateOptions<P extends { readonly page: ReadPage }> {
  readonly instanceNo: string;
  /** Pages where the job probably is; read first. */
  readonly likelyPages: readonly number[];
  readonly limit: number;
  /** Where pages read earlier suggest that the job is. */
  readonly probably: ProbablePlace | null;
  /** The next page to read when the ids do not help; `null` for none. */
  readonly nextUnordered: (pageCount: number) => number | null;
  readonly read: (page: number) => Promise<P>;
  /** Calls already made for this job. */
  readonly callsBefore?: number;
  /** Checks by one call, before a third page is read, whether a job has this number. Not set when it is known to exist. */
  readonly isKnown?: () => Promise<boolean>;
}

export interface Located<P> {
  readonly record: ReadRecord;
  readonly from: P;
}

/** Not found: `absent` when the order of the ids, or having read every row, rules the job out; otherwise undecided. */
export type NotLocated = "absent" | "undecided";

/** A page whose ids are all on one side of the job's id. Keys are ids, negated when the list begins with the smallest one. */
interface Bound {
  readonly page: number;
  /** The key of the page that is nearest to the job's. */
  readonly key: bigint;
  /** How much keys fall from one page to the next. */
  readonly perPage: number;
  /** How even the gaps between the page's ids are: from 0 (irregular) to 1 (all equal). */
  readonly evenness: number;
  /** Read in this search, not remembered from earlier. */
  readonly isRead: boolean;
}

/** Number of keys that are not smaller than the one before. */
const countRises = (keys: readonly bigint[]): number =>
  keys.filter((key, index) => index > 0 && key >= (keys[index - 1] ?? key)).length;

const larger = (one: bigint, other: bigint): bigint => (one > other ? one : other);
const smaller = (one: bigint, other: bigint): bigint => (one > other ? other : one);

/** How even the gaps between neighbouring keys are: 1 when all are equal. */
function evennessOf(keys: readonly bigint[]): number {
  const gaps = keys.slice(1).map((key, index) => Number((keys[index] ?? key) - key));
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / Math.max(1, gaps.length);
  const deviation = Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / Math.max(1, gaps.length));
  return mean === 0 ? 0 : 1 / (1 + (3 * deviation) / Math.abs(mean));
}

/** The pages that may lie between two bounds. */
interface Interval {
  readonly first: number;
  readonly last: number;
}

function intervalOf(newer: Bound, older: Bound | null, pageCount: number): Interval | null {
  // A remembered page may have moved by one.
  const first = newer.page + (newer.isRead ? 1 : 0);
  const last = Math.min(pageCount, older === null ? Number.POSITIVE_INFINITY : older.page - (older.isRead ? 1 : 0));
  return first > last ? null : { first, last };
}

/** Limits how far the slope at a page may exceed the average slope between both pages, so that the estimate stays monotonic. */
const maxSteepness = 3;

/**
 * Estimates the page of an interval on which a key is, from the slope of the keys on the pages at both ends and between them. The
 * slope of a page with even gaps has full weight; the more uneven its gaps, the less it tells about the pages behind it.
 */
function estimatedPage(key: bigint, newer: Bound, older: Bound | null, { first, last }: Interval): number {
  const distance = Number(newer.key - key);
  const within = (page: number): number => Math.min(last, Math.max(first, page));
  if (older === null) return within(newer.page + Math.ceil(distance / Math.max(1, newer.perPage)));
  const whole = Number(newer.key - older.key);
  const pages = last - first + 1;
  const steepness = ({ perPage, evenness }: Bound): number =>
    Math.min(maxSteepness, ((Math.max(1, perPage) * pages) / whole) ** evenness);
  const [atNewer, atOlder] = [steepness(newer), steepness(older)];
  /** Cubic interpolation: the fraction of the key range covered by the first `part` of the pages. */
  const keysWithin = (part: number): number => {
    const rest = 1 - part;
    return part * part * (3 - 2 * part) + atNewer * part * rest * rest - atOlder * part * part * rest;
  };
  let [low, high] = [0, 1];
  for (let step = 0; step < 40; step += 1) {
    const middle = (low + high) / 2;
    if (keysWithin(middle) < distance / whole) low = middle;
    else high = middle;
  }
  return within(first + Math.floor(low * pages));
}

/** Narrows down the place of one job by the ids of the pages read. */
function createPlaceSearch({
  instanceNo,
  probably,
  nextUnordered,
}: Pick<LocateOptions<never>, "instanceNo" | "probably" | "nextUnordered">) {
  const wanted = BigInt(instanceNo);
  const seen = new Set<number>();
  let sign: bigint | null = probably === null ? null : probably.isFalling ? 1n : -1n;
  let pageCount = Number.POSITIVE_INFINITY;
  const remembered = (place: ProbablePage | null | undefined): Bound | null =>
    place === null || place === undefined
      ? null
      : { page: place.page, key: place.id * (sign ?? 1n), perPage: place.perPage, evenness: 0, isRead: false };
  let newer = remembered(sign === 1n ? probably?.above : probably?.below);
  let older = remembered(sign === 1n ? probably?.below : probably?.above);
  let width = Number.POSITIVE_INFINITY;
  let slow = 0;
  let isOrdered = true;
  /** Too many rows are out of order for the others to be of use. */
  let isMixed = false;
  /** The page read last, if the job's key lies between its keys. */
  let around: number | null = null;
  let hasLookedBeside = false;

  /** A page beside the one that should have the job, or elsewhere; used once. */
  function beside(page: number): number | null {
    if (hasLookedBeside) return null;
    hasLookedBeside = true;
    const isUnread = (number: number | null): number is number =>
      number !== null && number >= 1 && number <= pageCount && !seen.has(number);
    // A page that the ids have led to has neighbours in about the same order; for the first page read that is unknown.
    const isNear = seen.size > 1;
    const candidates = isNear ? [page + 1, page - 1] : [nextUnordered(pageCount), page + 1];
    return candidates.find(isUnread) ?? null;
  }

  /** The page of the job; the middle when two estimates in a row left more than half of the pages between the bounds. */
  function choose({ first, last }: Interval, from: Bound): number | null {
    const pages = last - first + 1;
    slow = older !== null && pages > width / 2 ? slow + 1 : 0;
    width = pages;
    const page =
      slow > 1 && pages > 4
        ? Math.floor((first + last) / 2)
        : estimatedPage(wanted * (sign ?? 1n), from, older, { first, last });
    // Only remembered bounds can lead to a page that was read already.
    const isUnread = (near: number): boolean => near >= first && near <= last && !seen.has(near);
    return [page, page + 1, page - 1].find(isUnread) ?? null;
  }

  return {
    begin: (page: number): void => void seen.add(page),
    pagesRead: (): number => seen.size,
    limitTo(count: number): void {
      pageCount = Math.min(pageCount, count);
    },

    learn(page: number, { records, received }: ReadPage): void {
      const ids = records.map(({ job }) => BigInt(job.instanceNo));
      const [first] = ids;
      const last = ids.at(-1);
      around = null;
      if (first === undefined || last === undefined) {
        if (received === 0) pageCount = Math.min(pageCount, Math.max(1, page - 1));
        return;
      }
      if (sign === null && first !== last) sign = first > last ? 1n : -1n;
      const keys = ids.map((id) => id * (sign ?? 1n));
      const key = wanted * (sign ?? 1n);
      const rises = countRises(keys);
      isOrdered &&= rises === 0;
      isMixed ||= rises > keys.length / 5;
      const [top, bottom] = [keys.reduce(larger), keys.reduce(smaller)];
      const perPage = keys.length === 1 ? 1 : (Number(top - bottom) / (keys.length - 1)) * keys.length;
      const evenness = evennessOf(keys);
      if (key < bottom && (newer === null || !newer.isRead || page > newer.page))
        newer = { page, key: bottom, perPage, evenness, isRead: true };
      if (key > top && (older === null || !older.isRead || page < older.page))
        older = { page, key: top, perPage, evenness, isRead: true };
      if (key < top && key > bottom) around = page;
    },

    /** The page to read next, or the result when there is none. */
    next(): number | NotLocated {
      if (around !== null) return isOrdered ? "absent" : (beside(around) ?? "undecided");
      if (isMixed && seen.size >= maxUnordered) return "undecided";
      const known: NotLocated = isOrdered ? "absent" : "undecided";
      if (newer === null) return seen.has(1) ? known : 1;
      const interval = intervalOf(newer, older, pageCount);
      if (interval !== null) return choose(interval, newer) ?? "undecided";
      if (newer.isRead && (older === null || older.isRead)) return known;
      // The remembered bounds are wrong by more than a page.
      if (!newer.isRead) newer = null;
      if (older !== null && !older.isRead) older = null;
      return this.next();
    },

    forgetAround(): void {
      around = null;
    },
    /** The nearest page on the older side of the job. */
    olderPage: (): number | null => older?.page ?? null,
  };
}

/**
 * Finds one job on the pages of the list, because the upstream cannot return it by its number. If ids fall or rise from row to
 * row, a few reads suffice however long the list is; if they are in no order, only a page or two are read.
 */
export async function locateJob<P extends { readonly page: ReadPage }>({
  instanceNo,
  likelyPages,
  limit,
  probably,
  nextUnordered,
  read,
  callsBefore = 0,
  isKnown,
}: LocateOptions<P>): Promise<Located<P> | NotLocated> {
  const place = createPlaceSearch({ instanceNo, probably, nextUnordered });
  const met = new Set<string>();
  let total: number | null = null;
  let hasMoved = false;

  async function look(number: number): Promise<Located<P> | null> {
    place.begin(number);
    const from = await read(number);
    const { page } = from;
    const record = page.records.find(({ job }) => job.instanceNo === instanceNo);
    if (record !== undefined) return { record, from };
    for (const { job } of page.records) met.add(job.instanceNo);
    hasMoved ||= total !== null && page.total !== total;
    total = page.total;
    place.limitTo(pageCountOf(page, { limit, page: number }));
    place.learn(number, page);
    return null;
  }

  let known: Promise<boolean> | null = null;
  /** Whether another page may be read. */
  async function mayLook(): Promise<boolean> {
    const pages = place.pagesRead();
    if (isKnown === undefined) return callsBefore + pages < maxCalls;
    if (pages < maxUnknown) return true;
    known ??= isKnown();
    return (await known) && callsBefore + pages + 1 < maxCalls;
  }

  for (const number of likelyPages) {
    const found = await look(number);
    if (found !== null) return found;
  }
  // A likely page without the job says nothing about its neighbours.
  place.forgetAround();
  let next = place.next();
  for (; typeof next === "number"; next = place.next()) {
    if (!(await mayLook())) return "undecided";
    const found = await look(next);
    if (found !== null) return found;
  }
  // Rows that moved between two reads may now be on a page that was read before they arrived.
  const again = hasMoved ? place.olderPage() : null;
  const found = again === null || !(await mayLook()) ? null : await look(again);
  if (found !== null) return found;
  // Every row was read, in whatever order, and none is the job.
  return !hasMoved && total !== null && met.size >= total ? "absent" : next;
}
