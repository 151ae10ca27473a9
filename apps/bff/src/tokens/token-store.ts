import { randomUUID } from "node:crypto";
import { type Token, type TokenRequest, WscError } from "@wsc-dashboard/wsc-core";
import type { Transaction } from "kysely";
import type { AuditChain } from "../audit/audit-chain.ts";
import { type Actor, actedBy } from "../audit/audit-event.ts";
import { translateDatabaseErrors } from "../database/database-errors.ts";
import type { OpenDatabase } from "../database/open-database.ts";
import type { Database, ServiceTokenRow } from "../database/schema.ts";
import { createTokenText, tokenHashOf } from "./token-text.ts";

const dayMs = 86_400_000;
/** Ended tokens stay listed for this long, in milliseconds. */
const endedKeptMs = 30 * dayMs;
/** Minimum interval between writes of the last use, in milliseconds, so that a busy token does not cause a write per request. */
const useWrittenMs = 60_000;
const maxActive = 500;

/** The state of a token at an instant. */
export function tokenStateOf(row: Pick<ServiceTokenRow, "revoked_at" | "expires_at">, at: number): Token["state"] {
  if (row.revoked_at !== null) return "revoked";
  return Number(row.expires_at) <= at ? "expired" : "active";
}

/** Host patterns of its targets; `null` for all targets. */
export function tokenTargetsOf({ targets }: Pick<ServiceTokenRow, "targets">): string[] | null {
  return targets === null ? null : (JSON.parse(targets) as string[]);
}

const instant = (at: number | null): string | null => (at === null ? null : new Date(Number(at)).toISOString());

function tokenOf(row: ServiceTokenRow, at: number): Token {
  return {
    id: row.id,
    name: row.name,
    role: row.role,
    targets: tokenTargetsOf(row),
    state: tokenStateOf(row, at),
    createdAt: new Date(Number(row.created_at)).toISOString(),
    createdBy: row.created_by,
    expiresAt: new Date(Number(row.expires_at)).toISOString(),
    lastUsedAt: instant(row.last_used_at),
    revokedAt: instant(row.revoked_at),
  };
}

interface Act {
  readonly user: Actor;
  readonly requestId: string;
}

export type TokenStore = ReturnType<typeof createTokenStore>;

/** Service tokens, looked up by hash on every request, so that all replicas refuse a revoked token at once. */
export function createTokenStore(database: OpenDatabase, audit: AuditChain) {
  const { db } = database;
  const guarded = translateDatabaseErrors(database);
  const transact = <T>(work: (tx: Transaction<Database>) => Promise<T>): Promise<T> =>
    guarded(() => db.transaction().execute(work));

  const append = (
    tx: Transaction<Database>,
    at: number,
    row: ServiceTokenRow,
    { user, requestId }: Act,
    verb: string,
  ) =>
    audit.append(tx, {
      ...actedBy(user),
      at,
      action: `token.${verb}`,
      object: `token/${row.id}`,
      result: "done",
      requestId,
      details: {
        name: row.name,
        role: row.role,
        targets: tokenTargetsOf(row)?.join(" ") ?? null,
        expiresAt: new Date(Number(row.expires_at)).toISOString(),
      },
    });

  return {
    list: (at: number): Promise<Token[]> =>
      guarded(async () => {
        const rows = await db.selectFrom("service_token").selectAll().orderBy("created_at", "desc").execute();
        return rows.map((row) => tokenOf(row, at));
      }),

    /** Creates a token. Returns its text, which is stored nowhere. Throws TOKENS_EXHAUSTED. */
    create: (request: TokenRequest, at: number, act: Act): Promise<{ token: Token; text: string }> =>
      transact(async (tx) => {
        const active = await tx
          .selectFrom("service_token")
          .select(({ fn }) => fn.countAll().as("count"))
          .where("revoked_at", "is", null)
          .where("expires_at", ">", at)
          .executeTakeFirstOrThrow();
        if (Number(active.count) >= maxActive) throw new WscError("TOKENS_EXHAUSTED");
        const text = createTokenText();
        const row: ServiceTokenRow = {
          id: randomUUID(),
          text_hash: tokenHashOf(text),
          name: request.name,
          role: request.role,
          targets: request.targets === null ? null : JSON.stringify(request.targets),
          created_at: at,
          created_by: act.user.name,
          expires_at: at + request.expiresInDays * dayMs,
          last_used_at: null,
          revoked_at: null,
        };
        await tx.insertInto("service_token").values(row).execute();
        await append(tx, at, row, act, "create");
        return { token: tokenOf(row, at), text };
      }),

    /** Revokes a token; no-op if it is already revoked. Throws TOKEN_NOT_FOUND. */
    revoke: (id: string, at: number, act: Act): Promise<Token> =>
      transact(async (tx) => {
        const changed = await tx
          .updateTable("service_token")
          .set({ revoked_at: at })
          .where("id", "=", id)
          .where("revoked_at", "is", null)
          .executeTakeFirst();
        const row = await tx.selectFrom("service_token").selectAll().where("id", "=", id).executeTakeFirst();
        if (row === undefined) throw new WscError("TOKEN_NOT_FOUND");
        if (changed.numUpdatedRows === 1n) await append(tx, at, row, act, "revoke");
        return tokenOf(row, at);
      }),

    find: (text: string): Promise<ServiceTokenRow | undefined> =>
      guarded(() =>
        db.selectFrom("service_token").selectAll().where("text_hash", "=", tokenHashOf(text)).executeTakeFirst(),
      ),

    /** Records the last use, unless it was recorded within the last minute. */
    touch: async ({ id, last_used_at }: ServiceTokenRow, at: number): Promise<void> => {
      if (last_used_at !== null && at - Number(last_used_at) < useWrittenMs) return;
      await guarded(() => db.updateTable("service_token").set({ last_used_at: at }).where("id", "=", id).execute());
    },

    sweep: (at: number): Promise<void> =>
      guarded(async () => {
        const before = at - endedKeptMs;
        await db
          .deleteFrom("service_token")
          .where((is) => is.or([is("expires_at", "<=", before), is("revoked_at", "<=", before)]))
          .execute();
      }),
  };
}
