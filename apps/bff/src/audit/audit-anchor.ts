import type { OpenDatabase } from "../database/open-database.ts";
import type { Logger } from "../log/logger.ts";
import { createRepeater } from "../timers/repeater.ts";

/** The head is logged at the latest after this many entries or milliseconds. */
const entriesBetween = 100;
const maxIntervalMs = 5 * 60_000;
const lookEveryMs = 1_000;

export interface AuditAnchor {
  start(): void;
  /** Logs the last head. */
  close(): Promise<void>;
}

/**
 * Writes the head of the chain to the log, which people with access to the database cannot change. `wsc audit verify --anchor`
 * uses it to detect a truncated chain, and one that was rewritten with the keys.
 */
export function createAuditAnchor(database: OpenDatabase, logger: Logger, now: () => number = Date.now): AuditAnchor {
  let written = { seq: 0, at: Number.NEGATIVE_INFINITY };

  async function look(isLast: boolean): Promise<void> {
    const head = await database.db.selectFrom("audit_head").select(["seq", "hash"]).executeTakeFirst();
    if (head === undefined || head.hash === null || head.seq === written.seq) return;
    if (!isLast && head.seq - written.seq < entriesBetween && now() - written.at < maxIntervalMs) return;
    written = { seq: head.seq, at: now() };
    logger.info({ seq: head.seq, hash: head.hash }, anchorMessage);
  }

  // Database failures are reported elsewhere.
  const lookCalmly = (isLast = false): Promise<void> => look(isLast).catch(() => {});

  const looking = createRepeater(lookCalmly, lookEveryMs);

  return {
    start() {
      looking.start();
      looking.wake();
    },
    async close() {
      await looking.stop();
      await lookCalmly(true);
    },
  };
}

/** The message by which `wsc audit verify` finds anchors among other log lines. */
export const anchorMessage = "audit anchor";
