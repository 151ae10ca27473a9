import {
  createListWalk,
  type KnownOrder,
  memoTokensIn,
  type WalkGap,
  type WalkStep,
  WscError,
} from "@wsc-dashboard/wsc-core";
import type { ReadPage, ReadRecord } from "@wsc-dashboard/wsc-core/upstream";
import type { JobDirectory } from "./job-directory.ts";

/** What a search for jobs by their memo tokens came to. */
export interface TokenSearchResult {
  /** The jobs of each token that was met, each once. */
  readonly found: ReadonlyMap<string, readonly ReadRecord[]>;
  /** Whether the tokens that were not met are proven to be on no job of the list, and if not, why. */
  readonly absence: "proven" | WalkGap;
}

export interface TokenSearchOptions {
  /** Nothing that is looked for can have started before, in milliseconds. */
  readonly since: number;
  /** Only where a new job is most likely to stand; proves nothing. */
  readonly isQuick?: boolean;
}

const limit = 100;
/** Pages that one walk reads at most; a list that changes meanwhile is walked through once more. */
const maxPages = 40;
const quickPages = 2;
const maxWalks = 2;
/** A job may have begun this much before the instant it was signed, due or kept: clocks differ, in milliseconds. */
export const clockToleranceMs = 600_000;

export type TokenSearch = ReturnType<typeof createTokenSearch>;

/** What is remembered of the gateway. */
export interface SearchFacts {
  listOrder(): Promise<KnownOrder>;
}

interface Hits {
  readonly found: Map<string, ReadRecord[]>;
  collect(page: ReadPage): void;
  isComplete(): boolean;
}

function createHits(tokens: ReadonlySet<string>): Hits {
  const found = new Map<string, ReadRecord[]>();
  function add(token: string, record: ReadRecord): void {
    const known = found.get(token) ?? [];
    // A row that moved to the next page meanwhile is the same job.
    if (!known.some(({ job }) => job.instanceNo === record.job.instanceNo)) found.set(token, [...known, record]);
  }
  return {
    found,
    collect(page) {
      for (const record of page.records)
        for (const token of memoTokensIn(record.wireMemo)) if (tokens.has(token)) add(token, record);
    },
    isComplete: () => found.size === tokens.size,
  };
}

/**
 * Looks for the jobs of submissions by the tokens in their memos. Neither how the search matches nor the order, the page size or
 * the end of the list is documented, so what is not met is absent only when the walk through the list proves it.
 */
export function createTokenSearch(directory: Pick<JobDirectory, "readPage">, facts: SearchFacts) {
  /** `null`: the gateway refuses a page behind the last one, which is not documented. */
  async function readListPage({ page, isBeyondEnd }: WalkStep & { kind: "read" }): Promise<ReadPage | null> {
    try {
      return await directory.readPage({ searchBy: null, keyword: "", statusCode: null, limit, page });
    } catch (error) {
      if (isBeyondEnd === true && error instanceof WscError) return null;
      throw error;
    }
  }

  async function walk(hits: Hits, { since, isQuick = false }: TokenSearchOptions): Promise<WalkStep> {
    // A list that was once seen in another order may fall by chance on the rows of this walk.
    const knownOrder = await facts.listOrder();
    const listWalk = createListWalk({ since, limit, maxPages: isQuick ? quickPages : maxPages, knownOrder });
    let step: WalkStep = { kind: "read", page: 1 };
    while (step.kind === "read") {
      const page = await readListPage(step);
      if (page === null) {
        step = listWalk.skipBeyondEnd();
        continue;
      }
      hits.collect(page);
      // The list is read on when only some are found: the others may still be there.
      if (hits.isComplete()) break;
      step = listWalk.take({
        ids: page.records.map(({ job }) => job.instanceNo),
        starts: page.records.map(({ job: { startedAt } }) => (startedAt === null ? null : Date.parse(startedAt))),
        received: page.received,
        total: page.isDoubtful ? null : page.total,
        pageCount: page.pageCount,
      });
    }
    return step;
  }

  /** Throws UpstreamError, or UPSTREAM_UNREADABLE. */
  async function walkAgainIfChanged(hits: Hits, options: TokenSearchOptions): Promise<TokenSearchResult> {
    let step: WalkStep = { kind: "unproven", gap: "LIST_CHANGED" };
    for (let walks = 0; walks < maxWalks; walks += 1) {
      step = await walk(hits, options);
      if (step.kind !== "unproven" || step.gap !== "LIST_CHANGED") break;
    }
    const absence = step.kind === "unproven" ? step.gap : step.kind === "complete" ? "proven" : "LIST_WALK_INCOMPLETE";
    return { found: hits.found, absence };
  }

  /** What the vendor's own search says. It answers in its own way, so a search that fails only means that the list decides. */
  async function ask(hits: Hits, keywords: readonly string[]): Promise<void> {
    for (const keyword of keywords) {
      try {
        hits.collect(await directory.readPage({ searchBy: "memo", keyword, statusCode: null, limit, page: 1 }));
      } catch (error) {
        if (!(error instanceof WscError)) throw error;
        return;
      }
      if (hits.isComplete()) return;
    }
  }

  return {
    /** The jobs of one submission: by search for the token and for the whole memo, then through the list. */
    async byToken(token: string, wireMemo: string, options: TokenSearchOptions): Promise<TokenSearchResult> {
      const hits = createHits(new Set([token]));
      await ask(hits, [...new Set([token, wireMemo])]);
      if (hits.isComplete()) return { found: hits.found, absence: "LIST_WALK_INCOMPLETE" };
      return walkAgainIfChanged(hits, options);
    },

    /** The jobs of several submissions in one walk through the list. */
    byTokens: (tokens: ReadonlySet<string>, options: TokenSearchOptions): Promise<TokenSearchResult> =>
      walkAgainIfChanged(createHits(tokens), options),
  };
}
