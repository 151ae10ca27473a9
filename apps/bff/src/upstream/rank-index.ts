import type { ReadPage } from "@wsc-dashboard/wsc-core/upstream";

/** Where some jobs stand, counted from the oldest one: new jobs do not change that, in whichever order the list comes. */
interface Anchor {
  readonly id: bigint;
  readonly rank: number;
}

/** A page that was about there when it was read, and how much ids differ from one page to the next. */
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
 * What the pages that were read say about the places of all other jobs. Ids of an account grow, but not evenly, so that a place
 * cannot be computed from one page; with every page that anybody reads the next job is found in fewer calls.
 */
export function createRankIndex() {
  let anchors: Anchor[] = [];
  let list: { readonly isFalling: boolean; readonly total: number; readonly size: number } | null = null;

  /** The first anchor whose id is not smaller. */
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
    // Rows were taken out of the list, or came into it elsewhere: what was known is no longer true.
    if (
      (before?.rank ?? -1) >= anchor.rank ||
      (after !== undefined && after.id !== anchor.id && after.rank <= anchor.rank)
    )
      anchors = [anchor];
    else if (after?.id === anchor.id) anchors[index] = anchor;
    else if (anchors.length < maxAnchors) anchors.splice(index, 0, anchor);
  }

  /** Rows of a full page by the rows asked for: the vendor may give fewer, which only the first page shows. */
  const sizes = new Map<number, number>();

  return {
    /** A page of the whole list, for which `limit` rows were asked. */
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

    /** Where a job probably stands; `null` while nothing is known. */
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
