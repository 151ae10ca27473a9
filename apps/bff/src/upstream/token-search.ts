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

/** Result of a search for jobs by their memo tokens. */
export interface TokenSearchResult {
  /** The jobs found for each token, without duplicates. */
  readonly found: ReadonlyMap<string, readonly ReadRecord[]>;
  /** Whether the tokens without a job are proven absent from the list; if not, the reason. */
  readonly absence: "proven" | WalkGap;
  /** The failed read that ended the search; only with `keepsFound`. */
  readonly failure: WscError | null;
}

export interface TokenSearchOptions {
  /** No job that is searched for can have started before, in milliseconds. */
  readonly since: number;
  /** Reads only the pages where a new job most likely is; proves nothing. */
  readonly isQuick?: boolean;
  /** A failed read ends the search, and what was found before is returned. Otherwise it throws. */
  readonly keepsFound?: boolean;
  /** Asked before each page; `true` ends the search. */
  readonly isStopped?: () => boolean;
}

const limit = 100;
/** Maximum pages of one walk; a walk is repeated when the list changed meanwhile. */
const maxPages = 40;
const quickPages = 2;
const maxWalks = 2;
/** A job may have started this long before it was signed, due or stored, because clocks differ. In milliseconds. */
export const clockToleranceMs = 600_000;

export type TokenSearch = ReturnType<typeof createTokenSearch>;

/** Facts of the gateway that searches depend on. */
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
    // The same job, on a row that moved to the next page meanwhile.
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
 * Searches for the jobs of submissions by the tokens in their memos. How the search matches, the order of the list, its page size
 * and its end are not documented, so a token that is not found counts as absent only when the walk through the list proves it.
 */
export function createTokenSearch(directory: Pick<JobDirectory, "readPage">, facts: SearchFacts) {
  /** Returns `null` when the gateway refuses a page beyond the last one; its behaviour there is not documented. */
  async function readListPage({ page, isBeyondEnd }: WalkStep & { kind: "read" }): Promise<ReadPage | null> {
    try {
      return await directory.readPage({ searchBy: null, keyword: "", statusCode: null, limit, page });
    } catch (error) {
      if (isBeyondEnd === true && error instanceof WscError) return null;
      throw error;
    }
  }

  async function walk(
    hits: Hits,
    { since, isQuick = false, isStopped = () => false }: TokenSearchOptions,
  ): Promise<WalkStep> {
    // A list that was once seen in another order may look ordered on this walk by chance.
    const knownOrder = await facts.listOrder();
    const listWalk = createListWalk({ since, limit, maxPages: isQuick ? quickPages : maxPages, knownOrder });
    let step: WalkStep = { kind: "read", page: 1 };
    while (step.kind === "read") {
      if (isStopped()) return { kind: "unproven", gap: "LIST_WALK_INCOMPLETE" };
      const page = await readListPage(step);
      if (page === null) {
        step = listWalk.skipBeyondEnd();
        continue;
      }
      hits.collect(page);
      // Continues when only some tokens are found: the others may still follow.
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
    try {
      for (let walks = 0; walks < maxWalks; walks += 1) {
        step = await walk(hits, options);
        if (step.kind !== "unproven" || step.gap !== "LIST_CHANGED") break;
      }
    } catch (error) {
      const isOfUpstream = error instanceof WscError && error.code !== "STORE_UNAVAILABLE";
      if (options.keepsFound !== true || !isOfUpstream) throw error;
      return { found: hits.found, absence: "LIST_WALK_INCOMPLETE", failure: error };
    }
    const absence = step.kind === "unproven" ? step.gap : step.kind === "complete" ? "proven" : "LIST_WALK_INCOMPLETE";
    return { found: hits.found, absence, failure: null };
  }

  /** Uses the vendor's search. How it matches is not documented, so when it fails the list decides. */
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
    /** The jobs of one submission: by search for the token and for the whole memo, then by a walk through the list. */
    async byToken(token: string, wireMemo: string, options: TokenSearchOptions): Promise<TokenSearchResult> {
      const hits = createHits(new Set([token]));
      await ask(hits, [...new Set([token, wireMemo])]);
      if (hits.isComplete()) return { found: hits.found, absence: "LIST_WALK_INCOMPLETE", failure: null };
      return walkAgainIfChanged(hits, options);
    },

    /** The jobs of several submissions, by one walk through the list. */
    byTokens: (tokens: ReadonlySet<string>, options: TokenSearchOptions): Promise<TokenSearchResult> =>
      walkAgainIfChanged(createHits(tokens), options),
  };
}
