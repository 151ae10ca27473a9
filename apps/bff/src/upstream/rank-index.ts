import type { ReadPage } from "@wsc-dashboard/wsc-core/upstream";

/** The rank of a known job, counted from the oldest one: new jobs do not change it, whichever order the list has. */
interface Anchor {
  readonly id: bigint;
  readonly rank: number;
}

/** The approximate page of a known job, and how much ids differ from one page to the next. */
export interface ProbablePage {
  readonly page: number;
  readonly id: bigint;
  readonly perPage: number;
}

export interface ProbablePlace {
  readonly isFalling: boolean;
  /** The nearest known jobs with a greater and with a smaller id. */
  readonly above: ProbablePage | null;
  readonly below: ProbablePage | null;
}

const maxAnchors = 4_000;

export type RankIndex = ReturnType<typeof createRankIndex>;

/**
 * Estimates the places of jobs from the pages read so far. The ids of an account grow unevenly, so one page is not enough to
 * compute a place; every page that anybody reads makes the next lookup cheaper.
 */
export function createRankIndex() {
  let anchors: Anchor[] = [];
  let list: { readonly isFalling: boolean; readonly total: number; readonly size: number } | null = null;

  /** Index of the first anchor whose id is not smaller. */
  function indexOf(id: bigint): number {
    let [low, high] = [0, anchors.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((anchors[middle]?.id ?? 0n) < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function add(anchor: Anchor): void {
    const index = indexOf(anchor.id);
    const [before, after] = [anchors[index - 1], anchors[index]];
    // Rows were removed, or inserted elsewhere: earlier anchors are no longer valid.
    if (
      (before?.rank ?? -1) >= anchor.rank ||
      (after !== undefined && after.id !== anchor.id && after.rank <= anchor.rank)
    )
      anchors = [anchor];
    else if (after?.id === anchor.id) anchors[index] = anchor;
    else if (anchors.length < maxAnchors) anchors.splice(index, 0, anchor);
  }

  /** Actual rows of a full page by the rows requested: the vendor may return fewer, which only the first page shows. */
  const sizes = new Map<number, number>();

  return {
    /** Learns from a page of the whole list that was requested with `limit` rows. */
    learn(page: number, limit: number, { records, total, received }: ReadPage): void {
      if (page === 1) sizes.set(limit, received > 0 && received < (total ?? 0) ? Math.min(limit, received) : limit);
      const size = sizes.get(limit) ?? limit;
      const ids = records.map(({ job }) => BigInt(job.instanceNo));
      const [first = 0n, last = 0n] = [ids[0], ids.at(-1)];
      if (total === null || received < 2 || ids.length < received) return;
      const isFalling = first > last;
      const isOrdered = ids.every((id, index) => index === 0 || id < (ids[index - 1] ?? id) === isFalling);
      if (!isOrdered || (list !== null && list.isFalling !== isFalling)) {
        anchors = [];
        list = null;
        if (!isOrdered) return;
      }
      list = { isFalling, total, size };
      const row = (page - 1) * size;
      for (const [id, at] of [
        [first, row],
        [last, row + received - 1],
      ] as const)
        add({ id, rank: isFalling ? total - 1 - at : at });
    },

    /** Where a job probably is; `null` while nothing is known. */
    placeOf(id: bigint): ProbablePlace | null {
      if (list === null || anchors.length < 2) return null;
      const { isFalling, total, size } = list;
      const index = indexOf(id);
      const [oldest, newest] = [anchors[0], anchors.at(-1)];
      if (oldest === undefined || newest === undefined) return null;
      const pageOf = (anchor: Anchor | undefined, near: Anchor | undefined): ProbablePage | null => {
        if (anchor === undefined) return null;
        const other = near ?? (anchor === newest ? oldest : newest);
        const perRow = Math.abs(Number(other.id - anchor.id)) / Math.max(1, Math.abs(other.rank - anchor.rank));
        const row = isFalling ? total - 1 - anchor.rank : anchor.rank;
        return { page: Math.floor(row / size) + 1, id: anchor.id, perPage: perRow * size };
      };
      const [below, above] = [anchors[index - 1], anchors[index]];
      return { isFalling, above: pageOf(above, below), below: pageOf(below, above) };
    },
  };
}
