import type { GatewayClock } from "@wsc-dashboard/wsc-core/node";
import type { SubmissionRow } from "../database/schema.ts";
import type { Logger } from "../log/logger.ts";
import { judgeSearch, type SubmissionTimings } from "../outbox/decisions.ts";
import type { Outbox } from "../outbox/outbox.ts";
import { wireMemoOf } from "../outbox/wire-memo.ts";
import { createRepeater, type Repeater } from "../timers/repeater.ts";
import { clockToleranceMs, type TokenSearch, type TokenSearchResult } from "../upstream/token-search.ts";
import type { Settlement } from "./settlement.ts";

export interface ReviewReconciliationParts {
  readonly outbox: Pick<Outbox, "inReviewSince">;
  readonly tokenSearch: Pick<TokenSearch, "byToken" | "byTokens">;
  readonly clock: GatewayClock;
  readonly timings: Pick<SubmissionTimings, "reconcileStepMs">;
  readonly settlement: Pick<Settlement, "bind">;
  readonly logger: Logger;
}

/** Pause between two looks: ten minutes with steps of 15 seconds. */
const pauseSteps = 40;
/** The whole list is searched for the same submission only at every so many looks, otherwise its newest pages. */
const looksBetweenWhole = 6;
const maxAgeMs = 60 * 86_400_000;
/** Submissions of one look that are searched for one by one, where the list does not prove that their jobs are absent. */
const maxSingleSearches = 5;

/**
 * An outage may last longer than the search for the outcome of a call, and a person may be asked although the job exists. So what
 * is in review is looked for now and then, and bound when the list shows its job. Absence changes nothing here, and nothing is sent.
 */
export function createReviewReconciliation(parts: ReviewReconciliationParts): Pick<Repeater, "start" | "stop"> {
  const { outbox, tokenSearch, clock, timings, settlement, logger } = parts;
  const pauseMs = pauseSteps * timings.reconcileStepMs;
  /** When each submission was last searched for alone, and in the whole list, by `performance.now()`. */
  const searchedAt = new Map<string, number>();
  const searchedWholeAt = new Map<string, number>();
  let isStopping = false;

  /** Binds the submissions of which the list has one job; returns the others. */
  async function bindFound(rows: readonly SubmissionRow[], { found }: TokenSearchResult): Promise<SubmissionRow[]> {
    const others: SubmissionRow[] = [];
    for (const row of rows) {
      const records = found.get(row.token) ?? [];
      const [only] = records;
      // Not bound when a person has decided meanwhile.
      if (judgeSearch(records) !== "found" || only === undefined) others.push(row);
      else await settlement.bind(row, only);
    }
    return others;
  }

  async function look(): Promise<void> {
    const rows = await outbox.inReviewSince(clock.now() - maxAgeMs);
    const ids = new Set(rows.map(({ id }) => id));
    for (const known of [searchedAt, searchedWholeAt])
      for (const id of known.keys()) if (!ids.has(id)) known.delete(id);
    if (rows.length === 0) return;
    const signedAtOf = (row: SubmissionRow): number => row.signed_at ?? row.created_at;
    const startedAt = performance.now();
    // After an outage, hundreds may be in review, on any page of the list.
    const due = rows.filter(({ id }) => {
      const last = searchedWholeAt.get(id);
      return last === undefined || startedAt - last >= looksBetweenWhole * pauseMs;
    });
    const sought = due.length > 0 ? due : rows;
    const oldest = sought.reduce((first, row) => Math.min(first, signedAtOf(row)), Number.POSITIVE_INFINITY);
    const searched = await tokenSearch.byTokens(new Set(rows.map(({ token }) => token)), {
      since: oldest - clockToleranceMs,
      isQuick: due.length === 0,
      keepsFound: true,
      isStopped: () => isStopping,
    });
    const missing = await bindFound(rows, searched);
    if (searched.failure === null) for (const { id } of due) searchedWholeAt.set(id, startedAt);
    else logger.warn({ err: searched.failure }, "the list could not be searched to its end");
    if (searched.absence === "proven") return;
    const lastSearchOf = ({ id }: SubmissionRow): number => searchedAt.get(id) ?? 0;
    const next = missing.toSorted((one, other) => lastSearchOf(one) - lastSearchOf(other)).slice(0, maxSingleSearches);
    for (const row of next) {
      if (isStopping) return;
      searchedAt.set(row.id, performance.now());
      const options = { since: signedAtOf(row) - clockToleranceMs, isQuick: true };
      await bindFound([row], await tokenSearch.byToken(row.token, wireMemoOf(row), options));
    }
  }

  const repeater = createRepeater(look, pauseMs, (error) =>
    logger.warn({ err: error }, "the search for submissions in review failed"),
  );
  return {
    start: () => repeater.start(),
    stop() {
      isStopping = true;
      return repeater.stop();
    },
  };
}
