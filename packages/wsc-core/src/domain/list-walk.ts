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
  /** This page is to be read next. */
  | { readonly kind: "read"; readonly page: number }
  /** Every row was seen, or every row that can be as young as what is looked for. */
  | { readonly kind: "complete"; readonly by: "count" | "order" }
  | { readonly kind: "unproven"; readonly gap: WalkGap };

export interface WalkOptions {
  /** Nothing that is looked for can have started before, in milliseconds. */
  readonly since: number;
  /** Rows asked for on each page. */
  readonly limit: number;
  /** Pages read at most. */
  readonly maxPages: number;
  /** The list of this account was once seen in another order: falling starts say nothing. */
  readonly isOrderRefuted?: boolean;
}

/** Zones of the list's dates are not documented: a start may be told this much too early, in milliseconds. */
const zoneDoubtMs = 26 * 3_600_000;
/** So many rows in falling order are no accident. */
const minOrderedRows = 5;

/**
 * Walks through the pages of a list and says which one to read next, until a row that was not met is proven not to be there: when
 * the rows that were seen, each counted once, are as many as a count that was the same on all pages; or when the starts fall from
 * row to row down to before `since`, and the last page goes on in that order. Page size and last page are taken from what came.
 * Pure; `take` is told every page in turn.
 */
export function createListWalk({ since, limit, maxPages, isOrderRefuted = false }: WalkOptions) {
  const seen = new Set<string>();
  let total: number | null = null;
  let pageSize = limit;
  let pagesRead = 0;
  let nextPage = 1;
  let lastPage: number | null = null;
  let isFalling = true;
  let lastStart: number | null = null;
  /** The newest start on the last page, once it was read and found in falling order. */
  let lastPageTop: number | null = null;

  const unproven = (gap: WalkGap): WalkStep => ({ kind: "unproven", gap });

  /** Starts that fall strictly from row to row, beginning below `above`. */
  function falls(starts: readonly (number | null)[], above: number | null): boolean {
    let before = above;
    for (const start of starts) {
      if (start === null || (before !== null && start >= before)) return false;
      before = start;
    }
    return true;
  }

  const isDownToSince = (): boolean =>
    isFalling && !isOrderRefuted && seen.size >= minOrderedRows && (lastStart ?? Infinity) < since - zoneDoubtMs;

  const isOrderProven = (): boolean =>
    isDownToSince() && lastPageTop !== null && lastPageTop < (lastStart ?? -Infinity);

  function next(): WalkStep {
    if (seen.size === total) return { kind: "complete", by: "count" };
    if (isOrderProven()) return { kind: "complete", by: "order" };
    if (pagesRead >= maxPages) return unproven(isFalling ? "LIST_WALK_INCOMPLETE" : "LIST_ORDER_UNPROVEN");
    // The youngest job stands on the first or on the last page of a list in order, so the last one comes second.
    if (lastPage !== null && pagesRead === 1) return { kind: "read", page: lastPage };
    const canBeCounted = pagesRead + Math.ceil(((total ?? 0) - seen.size) / pageSize) <= maxPages;
    if (!canBeCounted && (!isFalling || isOrderRefuted)) return unproven("LIST_ORDER_UNPROVEN");
    if (nextPage === lastPage) nextPage += 1;
    return { kind: "read", page: nextPage };
  }

  /** The vendor may give fewer rows than were asked for, and its last page may be counted by either. */
  function learnSize({ received, pageCount }: WalkedPage): void {
    if (received < limit && (total ?? 0) > received) pageSize = Math.max(1, received);
    const pages = Math.ceil((total ?? 0) / pageSize);
    const last = received < limit ? pages : Math.max(pages, pageCount ?? 0);
    if (last > 1) lastPage = last;
  }

  function takeLast(page: WalkedPage, isNew: boolean): void {
    const isInOrder = isNew && falls(page.starts, lastStart);
    if (isInOrder) lastPageTop = page.starts[0] ?? null;
    else isFalling = false;
  }

  return {
    take(page: WalkedPage): WalkStep {
      const isLast = pagesRead === 1 && lastPage !== null;
      pagesRead += 1;
      if (page.total === null) return unproven("LIST_COUNT_MISSING");
      if (page.ids.length < page.received || page.received > page.total) return unproven("LIST_ROWS_UNREADABLE");
      total ??= page.total;
      if (page.total !== total) return unproven("LIST_CHANGED");
      const before = seen.size;
      for (const id of page.ids) seen.add(id);
      const isNew = seen.size - before === page.received;
      // A page that brings nothing new, or no rows, before all were seen: pages are not what they seem, or rows moved meanwhile.
      if (!isLast && seen.size === before && seen.size !== total) return unproven("LIST_WALK_INCOMPLETE");
      if (pagesRead === 1) learnSize(page);
      if (isLast) takeLast(page, isNew);
      else {
        if (!isNew || !falls(page.starts, lastStart)) isFalling = false;
        lastStart = page.starts.at(-1) ?? lastStart;
        nextPage += 1;
      }
      return next();
    },
  };
}
