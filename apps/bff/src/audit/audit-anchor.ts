import type { OpenDatabase } from "../database/open-database.ts";
import type { Logger } from "../log/logger.ts";
import { createRepeater } from "../timers/repeater.ts";

/** At the latest after so many entries or so many milliseconds the head stands in the log as well. */
const entriesBetween = 100;
const maxIntervalMs = 5 * 60_000;
const lookEveryMs = 1_000;

export interface AuditAnchor {
  start(): void;
  /** Writes the last head down. */
  close(): Promise<void>;
}

/**
 * The head of the chain, written to the log, which is kept out of reach of those who can change the database. With it
 * `wsc audit verify --anchor` finds an end that was cut off, and a chain that was rewritten with the keys.
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

  // A database that fails says so elsewhere.
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

/** By which `wsc audit verify` finds anchors among other lines of a log. */
export const anchorMessage = "audit anchor";
