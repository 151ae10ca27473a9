import { WscError } from "@wsc-dashboard/wsc-core";
import { translateDatabaseErrors } from "../database/database-errors.ts";
import type { OpenDatabase } from "../database/open-database.ts";
import type { Logger } from "../log/logger.ts";
import type { AuditChain } from "./audit-chain.ts";
import type { AuditEvent } from "./audit-event.ts";
import { isDenial } from "./denials.ts";

/** An entry without time and result. */
export type AuditAct = Omit<AuditEvent, "at" | "result">;

export type AuditJournal = ReturnType<typeof createAuditJournal>;

export interface AuditJournalParts {
  readonly database: OpenDatabase;
  readonly chain: AuditChain;
  readonly logger: Logger;
  readonly now: () => number;
}

/** Writes entries in a transaction of their own: actions whose effect is not in our database, denials, logins, the start. */
export function createAuditJournal({ database, chain, logger, now }: AuditJournalParts) {
  const guarded = translateDatabaseErrors(database);

  /** Commits an entry. Throws STORE_UNAVAILABLE. */
  const record = (act: AuditAct, result: AuditEvent["result"]): Promise<void> =>
    guarded(() => database.db.transaction().execute((tx) => chain.append(tx, { at: now(), ...act, result })));

  /** Records what has happened or was prevented anyway: if the database fails, the entry goes to the log; never throws. */
  async function note(act: AuditAct, result: AuditEvent["result"]): Promise<void> {
    try {
      await record(act, result);
    } catch (error) {
      logger.error({ ...act, result, err: error }, "an audit entry could not be kept");
    }
  }

  const noted = new WeakSet<object>();

  /** Records why an action failed. Several layers may report the same error object; only the first report is written. */
  async function noteError(act: AuditAct, error: unknown): Promise<void> {
    if (typeof error === "object" && error !== null) {
      if (noted.has(error)) return;
      noted.add(error);
    }
    const code = error instanceof WscError ? error.code : "INTERNAL_ERROR";
    await note({ ...act, details: { ...act.details, code } }, isDenial(code) ? "refused" : "failed");
  }

  return {
    record,
    note,
    noteError,

    /** Records further denials of one kind as one entry with their count; `act` and `error` are those of the last. */
    noteDenials(act: AuditAct, error: unknown, count: number): Promise<void> {
      const code = error instanceof WscError ? error.code : "INTERNAL_ERROR";
      return note({ ...act, details: { ...act.details, code, count } }, "refused");
    },

    /** Records the intent, runs the work and records the result. If the intent cannot be stored, the work is not started. */
    async around<T>(act: AuditAct, work: () => Promise<T>): Promise<T> {
      await record(act, "intent");
      let result: T;
      try {
        result = await work();
      } catch (error) {
        await noteError(act, error);
        throw error;
      }
      await note(act, "done");
      return result;
    },
  };
}
