import type { ReadPage, ReadRecord } from "@wsc-dashboard/wsc-core/upstream";
import { pageCountOf } from "@wsc-dashboard/wsc-core/upstream";
import type { ProbablePage, ProbablePlace } from "./rank-index.ts";

/** Calls for one job while the ids lead from page to page; then each of them tells on which side the job stands. */
const maxCalls = 5;
/** Pages read for a number of which nothing says yet that a job has it. */
const maxUnknown = 2;
/** Pages read where the ids lead nowhere. */
const maxUnordered = 2;

export interface LocateOptions<P extends { readonly page: ReadPage }> {
  readonly instanceNo: string;
  /** Where the job probably stands: looked at first. */
  readonly likelyPages: readonly number[];
  readonly limit: number;
  /** Where the pages that were read earlier place it. */
  readonly probably: ProbablePlace | null;
  /** A page to look at when the ids say nothing about the place; `null` for none. */
  readonly nextUnordered: (pageCount: number) => number | null;
  readonly read: (page: number) => Promise<P>;
  /** Calls that were made for it before. */
  readonly callsBefore?: number;
  /** Whether there is a job of this number, as one call tells: made before more than two pages are read. Absent when it is known. */
  readonly isKnown?: () => Promise<boolean>;
}

export interface Located<P> {
  readonly record: ReadRecord;
  readonly from: P;
}

/** Not met: `absent` when the order of the ids leaves no place for it, otherwise nobody knows. */
export type NotLocated = "absent" | "undecided";

/** A page whose ids are on one side of the job's. Keys are ids, or their negatives in a list that begins with the smallest one. */
interface Bound {
  readonly page: number;
  /** The key at the side of the job. */
  readonly key: bigint;
  /** How much keys fall from one page to the next. */
  readonly perPage: number;
  /** From 0, when the ids of the page are anyhow apart, to 1, when all are equally far. */
  readonly evenness: number;
  /** Just now, and not remembered from earlier. */
  readonly isRead: boolean;
}

/** How many keys are not below the one before. */
const countRises = (keys: readonly bigint[]): number =>
  keys.filter((key, index) => index > 0 && key >= (keys[index - 1] ?? key)).length;

const larger = (one: bigint, other: bigint): bigint => (one > other ? one : other);
const smaller = (one: bigint, other: bigint): bigint => (one > other ? other : one);

/** How alike the differences of neighbouring keys are: 1 when all are equal. */
function evennessOf(keys: readonly bigint[]): number {
  const gaps = keys.slice(1).map((key, index) => Number((keys[index] ?? key) - key));
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / Math.max(1, gaps.length);
  const deviation = Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / Math.max(1, gaps.length));
  return mean === 0 ? 0 : 1 / (1 + (3 * deviation) / Math.abs(mean));
}

/** Pages from one bound to the other. */
interface Interval {
  readonly first: number;
  readonly last: number;
}

function intervalOf(newer: Bound, older: Bound | null, pageCount: number): Interval | null {
  // What is only remembered may stand on a page beside.
  const first = newer.page + (newer.isRead ? 1 : 0);
  const last = Math.min(pageCount, older === null ? Number.POSITIVE_INFINITY : older.page - (older.isRead ? 1 : 0));
  return first > last ? null : { first, last };
}

/** No page is taken to be so much steeper or flatter than the whole between two pages, by which the estimate would turn back. */
const maxSteepness = 3;

/**
 * The page of an interval on which a key should stand, by how keys fall on the pages at its ends and from one of them to the other. Even
 * pages are believed; the more the ids of one differ, the less it says about what lies behind it.
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
  /** The cubic through both ends: which part of the keys the first `part` of the pages has. */
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

/** What the ids of the pages that were read say about the place of one job. */
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
  /** Too many rows stand elsewhere for the others to tell anything. */
  let isMixed = false;
  /** The page read last whose keys lie on both sides of the job's. */
  let around: number | null = null;
  let hasLookedBeside = false;

  /** Beside a page that should have it, or elsewhere: once. */
  function beside(page: number): number | null {
    if (hasLookedBeside) return null;
    hasLookedBeside = true;
    const isUnread = (number: number | null): number is number =>
      number !== null && number >= 1 && number <= pageCount && !seen.has(number);
    // A page that the ids have led to has its neighbours in about the same order; the first one read says nothing of the kind.
    const isNear = seen.size > 1;
    const candidates = isNear ? [page + 1, page - 1] : [nextUnordered(pageCount), page + 1];
    return candidates.find(isUnread) ?? null;
  }

  /** Where it should stand; the middle when two estimates in a row have left more than half of the pages between the bounds. */
  function choose({ first, last }: Interval, from: Bound): number | null {
    const pages = last - first + 1;
    slow = older !== null && pages > width / 2 ? slow + 1 : 0;
    width = pages;
    const page =
      slow > 1 && pages > 4
        ? Math.floor((first + last) / 2)
        : estimatedPage(wanted * (sign ?? 1n), from, older, { first, last });
    // Only what is remembered can lead to a page once more.
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

    /** The page to read next; otherwise what is known without the job. */
    next(): number | NotLocated {
      if (around !== null) return isOrdered ? "absent" : (beside(around) ?? "undecided");
      if (isMixed && seen.size >= maxUnordered) return "undecided";
      const known: NotLocated = isOrdered ? "absent" : "undecided";
      if (newer === null) return seen.has(1) ? known : 1;
      const interval = intervalOf(newer, older, pageCount);
      if (interval !== null) return choose(interval, newer) ?? "undecided";
      if (newer.isRead && (older === null || older.isRead)) return known;
      // What was remembered is wrong by more than a page.
      if (!newer.isRead) newer = null;
      if (older !== null && !older.isRead) older = null;
      return this.next();
    },

    forgetAround(): void {
      around = null;
    },
    /** The first page on the older side of the job. */
    olderPage: (): number | null => older?.page ?? null,
  };
}

/**
 * Finds one job on the pages of the list, which the upstream cannot read by its number. Ids that fall or rise from row to row lead
 * to it in a few reads, however long the list is; where they are in no order, only a page or two are read.
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
  /** Whether one more page may be read. */
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
  // A likely page that turned out wrong says nothing about its neighbours.
  place.forgetAround();
  let next = place.next();
  for (; typeof next === "number"; next = place.next()) {
    if (!(await mayLook())) return "undecided";
    const found = await look(next);
    if (found !== null) return found;
  }
  // Rows that moved to another page between two reads stand on one that was read before they came.
  const again = hasMoved ? place.olderPage() : null;
  const found = again === null || !(await mayLook()) ? null : await look(again);
  if (found !== null) return found;
  // In whatever order they came: every row was read, and none of them is the job.
  return !hasMoved && total !== null && met.size >= total ? "absent" : next;
}
