import { WscError } from "@wsc-dashboard/wsc-core";
import { translateDatabaseErrors } from "../database/database-errors.ts";
import type { OpenDatabase } from "../database/open-database.ts";
import type { Logger } from "../log/logger.ts";
import type { AuditChain } from "./audit-chain.ts";
import type { AuditEvent } from "./audit-event.ts";
import { isDenial } from "./denials.ts";

/** An act without its outcome. */
export type AuditAct = Omit<AuditEvent, "at" | "result">;

export type AuditJournal = ReturnType<typeof createAuditJournal>;

export interface AuditJournalParts {
  readonly database: OpenDatabase;
  readonly chain: AuditChain;
  readonly logger: Logger;
  readonly now: () => number;
}

/** Entries that stand for themselves: acts whose effect is not in our database, denials, sign-ins, the start. */
export function createAuditJournal({ database, chain, logger, now }: AuditJournalParts) {
  const guarded = translateDatabaseErrors(database);

  /** Kept at once. Throws STORE_UNAVAILABLE. */
  const record = (act: AuditAct, result: AuditEvent["result"]): Promise<void> =>
    guarded(() => database.db.transaction().execute((tx) => chain.append(tx, { at: now(), ...act, result })));

  /** Of something that has happened, or was prevented, anyway: when the database fails, the log has to do. */
  async function note(act: AuditAct, result: AuditEvent["result"]): Promise<void> {
    try {
      await record(act, result);
    } catch (error) {
      logger.error({ ...act, result, err: error }, "an audit entry could not be kept");
    }
  }

  const noted = new WeakSet<object>();

  /** Why an act was not carried out. An error that several layers see pass is written down by the first. */
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

    /** Further denials of one kind, as one entry with their number; `act` and `error` are those of the last. */
    noteDenials(act: AuditAct, error: unknown, count: number): Promise<void> {
      const code = error instanceof WscError ? error.code : "INTERNAL_ERROR";
      return note({ ...act, details: { ...act.details, code, count } }, "refused");
    },

    /** The intent, the work, and its outcome. Without the intent on the disk the work does not begin. */
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
