/** What one page of the account's list says, in the order of its rows. */
export interface WalkedPage {
  /** Ids of the rows that could be read. */
  readonly ids: readonly string[];
  /** Starts of the same rows in milliseconds; `null` where none was told. */
  readonly starts: readonly (number | null)[];
  /** Rows that came, readable or not. */
  readonly received: number;
  /** All jobs by the answer's word; `null` without one. */
  readonly total: number | null;
  /** The last page by the vendor's word; `null` without one. */
  readonly pageCount: number | null;
}

/** Why a list in which a job was not met does not prove that there is none; codes of the error catalogue. */
export type WalkGap =
  | "LIST_COUNT_MISSING"
  | "LIST_ROWS_UNREADABLE"
  | "LIST_CHANGED"
  | "LIST_ORDER_UNPROVEN"
  | "LIST_WALK_INCOMPLETE";

export type WalkStep =
  /** This page is to be read next. `isBeyondEnd`: none may stand there, and whoever is refused calls `skipBeyondEnd`. */
  | { readonly kind: "read"; readonly page: number; readonly isBeyondEnd?: true }
  /** Every row was seen, or every row that can be as young as what is looked for. */
  | { readonly kind: "complete"; readonly by: "count" | "order" }
  | { readonly kind: "unproven"; readonly gap: WalkGap };

/** The order that the account's list was seen in; `null` while nothing has shown one. */
export type KnownOrder = "newest-first" | "oldest-first" | "unordered" | null;

export interface WalkOptions {
  /** Nothing that is looked for can have started before, in milliseconds. */
  readonly since: number;
  /** Rows asked for on each page. */
  readonly limit: number;
  /** Pages read at most. */
  readonly maxPages: number;
  /** Falling starts say nothing in a list that was seen in another order, and rising ones only in one known to come oldest first. */
  readonly knownOrder?: KnownOrder;
}

/** Zones of the list's dates are not documented: a start may be told this much too early, in milliseconds. */
const zoneDoubtMs = 26 * 3_600_000;
/** So many different starts are in order by accident once in 40,000 lists. */
const minOrderedStarts = 8;
/** Pages on which a job is looked for at least, although nothing can be proven. */
const minPagesRead = 10;

type Starts = readonly (number | null)[];

/** How often a start is lower than the one before, from `above` on; `null` when one is higher, or none was told. */
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

/** Starts that never rise from row to row, of the rows that were seen without a gap, from the youngest job of the list on. */
function createFall(isPossible: boolean) {
  let isFalling = isPossible;
  let levels = 0;
  let lowest = Number.POSITIVE_INFINITY;
  return {
    lowest: (): number => lowest,
    /** Whether the order is shown by enough different starts. */
    isTelling: (): boolean => isFalling && levels >= minOrderedStarts,
    /** Rows that follow the ones before; the younger ones first. */
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

/** What the starts of the rows say, in either order of the list. */
function createOrderProof({ since, knownOrder = null }: Pick<WalkOptions, "since" | "knownOrder">) {
  const down = createFall(knownOrder === null || knownOrder === "newest-first");
  const up = createFall(knownOrder === "oldest-first");
  /** The youngest start at the other end of the list, once it was read. */
  let [lastPageTop, firstPageTop]: [number | null, number | null] = [null, null];
  let end: "unread" | "nothing new" | "refused" = "unread";

  const isOldEnough = (fall: typeof down, otherEnd: number | null): boolean =>
    fall.isTelling() && fall.lowest() < since - zoneDoubtMs && otherEnd !== null && otherEnd < fall.lowest();
  const isRisen = (): boolean => end !== "refused" && isOldEnough(up, firstPageTop);

  return {
    isProven: (): boolean => isOldEnough(down, lastPageTop) || (end === "nothing new" && isRisen()),
    /** Whether all that is missing is what stands behind the last page. */
    needsEnd: (): boolean => end === "unread" && isRisen(),
    /** Whether more pages may bring a proof. */
    isPossible: (): boolean => down.isTelling() || (up.isTelling() && end !== "refused"),
    /** The youngest jobs stand at the end. */
    isBackwards: knownOrder === "oldest-first",

    takeFirst(starts: Starts, isNew: boolean, isOnly: boolean): void {
      down.take(starts, isNew);
      const told = starts.filter((start) => start !== null);
      if (isOnly || told.length < starts.length) up.give();
      else firstPageTop = told.reduce((top, start) => Math.max(top, start), Number.NEGATIVE_INFINITY);
    },
    /** `isFull`: it holds as many rows as the count leaves for it. */
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

/** The vendor may give fewer rows than were asked for, and its last page may be counted by either. */
function sizesOf({ received, pageCount }: WalkedPage, total: number, limit: number) {
  const pageSize = received < limit && total > received ? Math.max(1, received) : limit;
  const pages = Math.ceil(total / pageSize);
  const last = received < limit ? pages : Math.max(pages, pageCount ?? 0);
  return { pageSize, lastPage: last > 1 ? last : null };
}

/**
 * Walks through the pages of a list and says which one to read next, until a row that was not met is proven not to be there: when
 * the rows that were seen, each counted once, are as many as a count that was the same on all pages; or when the starts never rise
 * from row to row down to before `since`, beginning with the youngest job, and the other end of the list is older still. In a list that
 * is known to come oldest first the youngest job is the last row: the last page has to hold as many rows as the count leaves for
 * it, and nothing new may stand behind it. Page size and last page are taken from what came. Pure; `take` is told every page in turn.
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
    // The youngest job stands on the first or on the last page of a list in order, so the last one comes second.
    if (lastPage !== null && pagesRead === 1) return read(lastPage);
    if (pagesRead >= minPagesRead && !order.isPossible() && !canBeCounted()) return unproven("LIST_ORDER_UNPROVEN");
    const page = nextUnread();
    return page < 1 ? unproven("LIST_WALK_INCOMPLETE") : read(page);
  }

  /** Some gateways tell no count there, and some give the last rows once more. */
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
      // A page that brings nothing new, or no rows, before all were seen: pages are not what they seem, or rows moved meanwhile.
      if (!isLast && seen.size === before && seen.size !== total) return unproven("LIST_WALK_INCOMPLETE");
      if (pagesRead === 1) {
        ({ pageSize, lastPage } = sizesOf(page, total, limit));
        order.takeFirst(starts, isNew, lastPage === null);
      } else if (isLast) order.takeLast(starts, isNew, ((lastPage ?? 1) - 1) * pageSize + received === total);
      else order.takeFurther(starts, isNew);
      return next();
    },

    /** The page behind the last one was refused: nobody knows where the list ends, so only its count can prove something. */
    skipBeyondEnd(): WalkStep {
      pagesRead += 1;
      order.takeEnd("refused");
      return next();
    },
  };
}
