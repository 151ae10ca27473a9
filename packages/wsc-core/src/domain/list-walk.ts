/** One page of the account's list, in row order. */
export interface WalkedPage {
  /** Ids of the readable rows. */
  readonly ids: readonly string[];
  /** Starts of the same rows in milliseconds; `null` if missing. */
  readonly starts: readonly (number | null)[];
  /** Number of rows received, readable or not. */
  readonly received: number;
  /** Total number of jobs in the response; `null` if missing. */
  readonly total: number | null;
  /** Page count as sent by the vendor; `null` if missing. */
  readonly pageCount: number | null;
}

/** Why not finding a job in the list does not prove its absence; codes of the error catalogue. */
export type WalkGap =
  | "LIST_COUNT_MISSING"
  | "LIST_ROWS_UNREADABLE"
  | "LIST_CHANGED"
  | "LIST_ORDER_UNPROVEN"
  | "LIST_WALK_INCOMPLETE";

export type WalkStep =
  /** Read this page next. `isBeyondEnd`: there may be no such page; if it is refused, call `skipBeyondEnd`. */
  | { readonly kind: "read"; readonly page: number; readonly isBeyondEnd?: true }
  /** Every row was seen, or every row that can be as young as the wanted job. */
  | { readonly kind: "complete"; readonly by: "count" | "order" }
  | { readonly kind: "unproven"; readonly gap: WalkGap };

/** Order in which the account's list was seen; `null` while unknown. */
export type KnownOrder = "newest-first" | "oldest-first" | "unordered" | null;

export interface WalkOptions {
  /** The wanted job cannot have started before this instant, in milliseconds. */
  readonly since: number;
  /** Requested rows per page. */
  readonly limit: number;
  /** Maximum number of pages to read. */
  readonly maxPages: number;
  /** Falling starts prove nothing if the list was seen in another order; rising ones only if it is known to be oldest first. */
  readonly knownOrder?: KnownOrder;
}

/** The zone of the list's dates is not documented: a start may be this much too early, in milliseconds. */
const zoneDoubtMs = 26 * 3_600_000;
/** This many different starts are sorted by chance in one of 40,000 lists. */
const minOrderedStarts = 8;
/** Minimum number of pages to search, even if nothing can be proven. */
const minPagesRead = 10;

type Starts = readonly (number | null)[];

/** Counts how often a start is lower than the one before, beginning with `above`; `null` if one is higher or missing. */
function countFalls(starts: Starts, above: number): number | null {
  let before = above;
  let falls = 0;
  for (const start of starts) {
    if (start === null || start > before) return null;
    if (start < before) falls += 1;
    before = start;
  }
  return falls;
}

/** Tracks whether starts never rise from row to row, over contiguous rows from the youngest job on. */
function createFall(isPossible: boolean) {
  let isFalling = isPossible;
  let levels = 0;
  let lowest = Number.POSITIVE_INFINITY;
  return {
    lowest: (): number => lowest,
    /** Whether enough different starts show the order. */
    isTelling: (): boolean => isFalling && levels >= minOrderedStarts,
    /** Takes the rows that follow the previous ones, younger ones first. */
    take(starts: Starts, isNew: boolean): void {
      const falls = countFalls(starts, lowest);
      isFalling &&= isNew && falls !== null;
      levels += falls ?? 0;
      lowest = starts.at(-1) ?? lowest;
    },
    give(): void {
      isFalling = false;
    },
  };
}

/** Tracks what the starts of the rows prove, for both orders of the list. */
function createOrderProof({ since, knownOrder = null }: Pick<WalkOptions, "since" | "knownOrder">) {
  const down = createFall(knownOrder === null || knownOrder === "newest-first");
  const up = createFall(knownOrder === "oldest-first");
  /** Youngest start at the other end of the list, once it was read. */
  let [lastPageTop, firstPageTop]: [number | null, number | null] = [null, null];
  let end: "unread" | "nothing new" | "refused" = "unread";

  const isOldEnough = (fall: typeof down, otherEnd: number | null): boolean =>
    fall.isTelling() && fall.lowest() < since - zoneDoubtMs && otherEnd !== null && otherEnd < fall.lowest();
  const isRisen = (): boolean => end !== "refused" && isOldEnough(up, firstPageTop);

  return {
    isProven: (): boolean => isOldEnough(down, lastPageTop) || (end === "nothing new" && isRisen()),
    /** Whether only the page after the last one is missing from the proof. */
    needsEnd: (): boolean => end === "unread" && isRisen(),
    /** Whether more pages can complete a proof. */
    isPossible: (): boolean => down.isTelling() || (up.isTelling() && end !== "refused"),
    /** The youngest jobs are at the end. */
    isBackwards: knownOrder === "oldest-first",

    takeFirst(starts: Starts, isNew: boolean, isOnly: boolean): void {
      down.take(starts, isNew);
      const told = starts.filter((start) => start !== null);
      if (isOnly || told.length < starts.length) up.give();
      else firstPageTop = told.reduce((top, start) => Math.max(top, start), Number.NEGATIVE_INFINITY);
    },
    /** `isFull`: the page holds as many rows as the total leaves for it. */
    takeLast(starts: Starts, isNew: boolean, isFull: boolean): void {
      if (isNew && countFalls(starts, down.lowest()) !== null) lastPageTop = starts[0] ?? null;
      else down.give();
      up.take(starts.toReversed(), isNew && isFull);
    },
    takeFurther(starts: Starts, isNew: boolean): void {
      down.take(starts, isNew);
      up.take(starts.toReversed(), isNew);
    },
    takeEnd(found: "nothing new" | "refused"): void {
      end = found;
    },
  };
}

/** Derives page size and last page: the vendor may send fewer rows than requested, and count its pages by either number. */
function sizesOf({ received, pageCount }: WalkedPage, total: number, limit: number) {
  const pageSize = received < limit && total > received ? Math.max(1, received) : limit;
  const pages = Math.ceil(total / pageSize);
  const last = received < limit ? pages : Math.max(pages, pageCount ?? 0);
  return { pageSize, lastPage: last > 1 ? last : null };
}

/**
 * Decides which page of a list to read next until the absence of a job is proven, in one of two ways. By count: the distinct rows
 * seen equal a total that was the same on all pages. By order: the starts never rise from row to row, from the youngest job down
 * to before `since`, and the other end of the list is older still. In a list known to be oldest first, the youngest job is the
 * last row: the last page must hold as many rows as the total leaves for it, and the page after it nothing new. Page size and
 * last page are derived from the responses. No I/O: the caller passes every page to `take`.
 */
export function createListWalk({ since, limit, maxPages, knownOrder = null }: WalkOptions) {
  const seen = new Set<string>();
  const readPages = new Set<number>();
  const order = createOrderProof({ since, knownOrder });
  let total: number | null = null;
  let [pageSize, lastPage]: [number, number | null] = [limit, null];
  let current: { readonly page: number; readonly isBeyondEnd: boolean } = { page: 1, isBeyondEnd: false };
  let pagesRead = 0;

  const unproven = (gap: WalkGap): WalkStep => ({ kind: "unproven", gap });
  const read = (page: number, isBeyondEnd = false): WalkStep => {
    current = { page, isBeyondEnd };
    return isBeyondEnd ? { kind: "read", page, isBeyondEnd } : { kind: "read", page };
  };
  const canBeCounted = (): boolean => pagesRead + Math.ceil(((total ?? 0) - seen.size) / pageSize) <= maxPages;

  function nextUnread(): number {
    const step = order.isBackwards && lastPage !== null ? -1 : 1;
    let page = step < 0 ? (lastPage ?? 2) - 1 : 2;
    while (readPages.has(page)) page += step;
    return page;
  }

  function next(): WalkStep {
    if (seen.size === total) return { kind: "complete", by: "count" };
    if (order.isProven()) return { kind: "complete", by: "order" };
    if (pagesRead >= maxPages) return unproven(order.isPossible() ? "LIST_WALK_INCOMPLETE" : "LIST_ORDER_UNPROVEN");
    if (order.needsEnd() && lastPage !== null) return read(lastPage + 1, true);
    // In a sorted list the youngest job is on the first or the last page, so the last one is read second.
    if (lastPage !== null && pagesRead === 1) return read(lastPage);
    if (pagesRead >= minPagesRead && !order.isPossible() && !canBeCounted()) return unproven("LIST_ORDER_UNPROVEN");
    const page = nextUnread();
    return page < 1 ? unproven("LIST_WALK_INCOMPLETE") : read(page);
  }

  /** Beyond the end some gateways send no total, and some repeat the last rows. */
  function takeBeyondEnd({ ids, received, total: told }: WalkedPage): WalkStep {
    if (ids.length < received) return unproven("LIST_ROWS_UNREADABLE");
    if (ids.some((id) => !seen.has(id)) || (told ?? 0) > (total ?? 0)) return unproven("LIST_CHANGED");
    order.takeEnd("nothing new");
    return next();
  }

  return {
    take(page: WalkedPage): WalkStep {
      const { ids, starts, received } = page;
      pagesRead += 1;
      readPages.add(current.page);
      if (current.isBeyondEnd) return takeBeyondEnd(page);
      if (page.total === null) return unproven("LIST_COUNT_MISSING");
      if (ids.length < received || received > page.total) return unproven("LIST_ROWS_UNREADABLE");
      total ??= page.total;
      if (page.total !== total) return unproven("LIST_CHANGED");
      const before = seen.size;
      for (const id of ids) seen.add(id);
      const isNew = seen.size - before === received;
      const isLast = current.page === lastPage;
      // A page without new rows before all were seen: pages are not what they seem, or rows moved in the meantime.
      if (!isLast && seen.size === before && seen.size !== total) return unproven("LIST_WALK_INCOMPLETE");
      if (pagesRead === 1) {
        ({ pageSize, lastPage } = sizesOf(page, total, limit));
        order.takeFirst(starts, isNew, lastPage === null);
      } else if (isLast) order.takeLast(starts, isNew, ((lastPage ?? 1) - 1) * pageSize + received === total);
      else order.takeFurther(starts, isNew);
      return next();
    },

    /** The page after the last one was refused: the end of the list is unknown, so only the count can prove absence. */
    skipBeyondEnd(): WalkStep {
      pagesRead += 1;
      order.takeEnd("refused");
      return next();
    },
  };
}
