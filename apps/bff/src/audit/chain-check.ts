import type { AuditChainStatus } from "@wsc-dashboard/wsc-core";
import { translateDatabaseErrors } from "../database/database-errors.ts";
import type { KeyRing } from "../database/keys.ts";
import type { OpenDatabase } from "../database/open-database.ts";
import type { Logger } from "../log/logger.ts";
import { createRepeater } from "../timers/repeater.ts";
import { type AuditVerdict, verifyAuditChain } from "./verify-audit.ts";

export interface ChainCheckParts {
  readonly database: OpenDatabase;
  readonly ring: KeyRing;
  readonly logger: Logger;
  readonly now: () => number;
  /** A chain of at most this many entries is always verified from its first entry. */
  readonly shortChain?: number;
}

/** Maximum time that a caller waits for a running check, in milliseconds. */
const patienceMs = 500;
/** Minimum pause after a check, in milliseconds, and the pause as a multiple of the check's duration. */
const minPauseMs = 2_000;
const restShare = 20;
/** Default of `shortChain`. */
const usualShortChain = 2_000;
/** Interval of background checks, in milliseconds. */
const checkEveryMs = 600_000;
/** Interval at which a longer chain is verified from its first entry rather than from the last verified link, in milliseconds. */
const wholeEveryMs = 24 * 3_600_000;

export type ChainCheck = ReturnType<typeof createChainCheck>;

/** Verifies the chain on request for the audit page: one check at a time, with pauses. */
export function createChainCheck({ database, ring, logger, now, shortChain = usualShortChain }: ChainCheckParts) {
  const guarded = translateDatabaseErrors(database);
  let verified = 0;
  let last: { verdict: AuditVerdict; at: number } | null = null;
  let wholeAt = Number.NEGATIVE_INFINITY;
  let restsUntil = Number.NEGATIVE_INFINITY;
  let running: Promise<void> | null = null;

  async function check(): Promise<void> {
    const startedAt = performance.now();
    const isLong = last?.verdict.intact === true && last.verdict.entries > shortChain;
    const from = isLong && now() - wholeAt < wholeEveryMs && last?.verdict.intact ? last.verdict.end : undefined;
    verified = from?.seq ?? 0;
    if (from === undefined) wholeAt = now();
    const verdict = await verifyAuditChain(database.db, ring, {
      ...(from === undefined ? {} : { from }),
      onPage: (count) => {
        verified = count;
      },
    });
    if (!verdict.intact) logger.error({ brokenAt: verdict.brokenAt, reason: verdict.why }, "the audit chain is broken");
    last = { verdict, at: now() };
    restsUntil = performance.now() + Math.max(minPauseMs, (performance.now() - startedAt) * restShare);
  }

  async function wait(work: Promise<void>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, patienceMs);
    });
    await Promise.race([work, patience]).finally(() => clearTimeout(timer));
  }

  /** Starts a check unless one is running or has just ended. */
  function begin(): void {
    if (running !== null || performance.now() < restsUntil) return;
    running = check().finally(() => {
      running = null;
    });
    // Callers may stop waiting, so a rejection must be handled here.
    running.catch(() => {});
  }

  const checking = createRepeater(async () => {
    begin();
    await running;
  }, checkEveryMs);

  return {
    start: checking.start,
    close: checking.stop,
    /** The last completed check of this process; `null` before the first. */
    latest(): { readonly verified: number; readonly isIntact: boolean; readonly at: number } | null {
      if (last === null) return null;
      return { verified: last.verdict.entries, isIntact: last.verdict.intact, at: last.at };
    },
    /** The state for the audit page. Throws STORE_UNAVAILABLE. */
    status: (): Promise<AuditChainStatus> =>
      guarded(async () => {
        begin();
        if (running !== null) await wait(running);
        const head = await database.db.selectFrom("audit_head").select(["seq", "hash"]).executeTakeFirst();
        const entries = head?.seq ?? 0;
        if (last === null) return { state: "checking", entries, verified, brokenAt: null, head: null, checkedAt: null };
        const { verdict, at } = last;
        return {
          state: verdict.intact ? "intact" : "broken",
          entries,
          verified: verdict.entries,
          brokenAt: verdict.intact ? null : verdict.brokenAt,
          head: head?.hash ?? null,
          checkedAt: new Date(at).toISOString(),
        };
      }),
  };
}
