import {
  type AuditEntry,
  type AuditFilter,
  type AuditQuery,
  type AuditResult,
  targetHostOf,
} from "@wsc-dashboard/wsc-core";
import { translateDatabaseErrors } from "../database/database-errors.ts";
import type { OpenDatabase } from "../database/open-database.ts";
import type { AuditEvent } from "./audit-event.ts";

/** The API word for each stored result. Stored words cannot be renamed, because entries are signed. */
const wordOf: Readonly<Record<AuditEvent["result"], AuditResult>> = {
  intent: "intent",
  done: "allowed",
  refused: "denied",
  failed: "failed",
};
const isStoredWord = (word: string): word is AuditEvent["result"] => Object.hasOwn(wordOf, word);
const storedWords = (result: AuditResult): string[] =>
  Object.entries(wordOf).flatMap(([stored, word]) => (word === result ? [stored] : []));

interface EntryRow {
  readonly seq: number;
  readonly entry: string;
  readonly hash: string;
}

function entryOf({ seq, entry, hash }: EntryRow): AuditEntry {
  const event = JSON.parse(entry) as AuditEvent;
  return {
    seq,
    at: new Date(event.at).toISOString(),
    actor: { id: event.actor, name: event.name ?? null, roles: [...(event.roles ?? [])] },
    requestId: event.requestId ?? null,
    action: event.action,
    object: event.object,
    target: event.target ?? null,
    result: isStoredWord(event.result) ? wordOf[event.result] : event.result,
    detail: { ...event.details },
    hash,
  };
}

/** Interprets a target filter: "kind/id" as is, digits as a job number, anything else as a host. */
function readTarget(text: string): { column: "object" | "target"; value: string } {
  const trimmed = text.trim();
  if (/^[0-9]{1,20}$/.test(trimmed)) return { column: "object", value: `job/${trimmed}` };
  if (/^https?:\/\//i.test(trimmed) && URL.canParse(trimmed)) return { column: "target", value: targetHostOf(trimmed) };
  return trimmed.includes("/")
    ? { column: "object", value: trimmed }
    : { column: "target", value: trimmed.toLowerCase() };
}

export type AuditLog = ReturnType<typeof createAuditLog>;

/** Reads the entries of the chain for display: filtered, newest first. Read-only. */
export function createAuditLog(database: OpenDatabase) {
  const guarded = translateDatabaseErrors(database);

  function matching({ actor, action, target, result, from, to }: AuditFilter) {
    let query = database.db.selectFrom("audit").select(["seq", "at", "entry", "hash"]);
    if (actor !== undefined) query = query.where("actor", "=", actor);
    if (action !== undefined) query = query.where("action", "=", action);
    if (target !== undefined) {
      const { column, value } = readTarget(target);
      query = query.where(column, "=", value);
    }
    if (result !== undefined) query = query.where("result", "in", storedWords(result));
    if (from !== undefined) query = query.where("at", ">=", Date.parse(from));
    if (to !== undefined) query = query.where("at", "<", Date.parse(to));
    return query;
  }

  return {
    list: ({ cursor, limit, ...filter }: AuditQuery): Promise<{ entries: AuditEntry[]; next: string | null }> =>
      guarded(async () => {
        let query = matching(filter);
        if (cursor !== undefined) {
          const [at = 0, seq = 0] = cursor.split("-").map(Number);
          query = query
            .where("at", "<=", at)
            .where((row) => row.or([row("at", "<", at), row.and([row("at", "=", at), row("seq", "<=", seq)])]));
        }
        const rows = await query
          .orderBy("at", "desc")
          .orderBy("seq", "desc")
          .limit(limit + 1)
          .execute();
        const first = rows[limit];
        return {
          entries: rows.slice(0, limit).map(entryOf),
          next: first === undefined ? null : `${first.at}-${first.seq}`,
        };
      }),

    get: (seq: number): Promise<AuditEntry | null> =>
      guarded(async () => {
        const row = await database.db
          .selectFrom("audit")
          .select(["seq", "entry", "hash"])
          .where("seq", "=", seq)
          .executeTakeFirst();
        return row === undefined ? null : entryOf(row);
      }),
  };
}
