import { createHash, randomBytes } from "node:crypto";
import type { Transaction } from "kysely";
import type { AuditChain } from "../audit/audit-chain.ts";
import { translateDatabaseErrors } from "../database/database-errors.ts";
import type { KeyRing } from "../database/keys.ts";
import type { OpenDatabase } from "../database/open-database.ts";
import type { Database, SessionRow } from "../database/schema.ts";
import { createSessionChecks } from "./session-checks.ts";
import { openTokens, type SessionTokens, sealTokens } from "./session-tokens.ts";
import { createUseOnce } from "./used-tokens.ts";

export interface NewSession {
  readonly userId: string;
  /** The provider's session id. */
  readonly sid: string | null;
  readonly name: string;
  /** `null` when the provider omitted them because there are too many. */
  readonly groups: readonly string[] | null;
  readonly tokens: SessionTokens;
  readonly endsAt: number;
}

/** 256 random bits in base64url. */
export const sessionIdPattern = /^[A-Za-z0-9_-]{43}$/;
const hashOf = (id: string): string => createHash("sha256").update(id).digest("hex");

export type SessionStore = ReturnType<typeof createSessionStore>;

/** Server-side sessions: the browser has a random id, the table only its hash, so that a copy of the table gives no access. */
export function createSessionStore(database: OpenDatabase, ring: KeyRing, audit: AuditChain) {
  const { db } = database;
  const guarded = translateDatabaseErrors(database);
  const transact = <T>(work: (tx: Transaction<Database>) => Promise<T>): Promise<T> =>
    guarded(() => db.transaction().execute(work));

  async function deleteAll(
    tx: Transaction<Database>,
    rows: readonly SessionRow[],
    at: number,
    why: string,
  ): Promise<void> {
    for (const { id_hash, user_id } of rows) {
      await tx.deleteFrom("session").where("id_hash", "=", id_hash).execute();
      await audit.append(tx, {
        at,
        actor: user_id,
        action: "session.sign-out",
        object: `user/${user_id}`,
        result: "done",
        details: { why },
      });
    }
  }

  return {
    ...createSessionChecks(database, ring),
    useOnce: createUseOnce(database),

    /** Creates a session. Returns the id for the browser; it is stored nowhere. */
    begin: (session: NewSession, at: number, requestId: string): Promise<string> =>
      transact(async (tx) => {
        const id = randomBytes(32).toString("base64url");
        const id_hash = hashOf(id);
        await tx
          .insertInto("session")
          .values({
            id_hash,
            user_id: session.userId,
            sid: session.sid,
            name: session.name,
            groups: JSON.stringify(session.groups),
            sealed: sealTokens(ring, id_hash, session.tokens),
            created_at: at,
            seen_at: at,
            checked_at: at,
            ends_at: session.endsAt,
          })
          .execute();
        const { userId } = session;
        await audit.append(tx, {
          at,
          actor: userId,
          action: "session.sign-in",
          object: `user/${userId}`,
          result: "done",
          requestId,
        });
        return id;
      }),

    find: (id: string): Promise<SessionRow | undefined> =>
      guarded(() => db.selectFrom("session").selectAll().where("id_hash", "=", hashOf(id)).executeTakeFirst()),

    /** Throws SealBroken when no key of the ring decrypts them. */
    tokensOf: ({ id_hash, sealed }: SessionRow): SessionTokens => openTokens(ring, id_hash, sealed),

    touch: ({ id_hash }: SessionRow, at: number): Promise<unknown> =>
      guarded(() => db.updateTable("session").set({ seen_at: at }).where("id_hash", "=", id_hash).execute()),

    end: (row: SessionRow, at: number, why: string): Promise<void> => transact((tx) => deleteAll(tx, [row], at, why)),

    /** Ends all sessions of a provider session, or of a person when the provider names no session. */
    endOf: (who: { readonly userId: string | null; readonly sid: string | null }, at: number): Promise<void> =>
      transact(async (tx) => {
        let rows = tx.selectFrom("session").selectAll();
        const { sid, userId } = who;
        // A session without a sid (its ID token had none) may be the one that ended.
        if (sid !== null && userId !== null)
          rows = rows.where((is) => is.or([is("sid", "=", sid), is("sid", "is", null)]));
        else if (sid !== null) rows = rows.where("sid", "=", sid);
        if (who.userId !== null) rows = rows.where("user_id", "=", who.userId);
        if (who.sid !== null || who.userId !== null) await deleteAll(tx, await rows.execute(), at, "provider");
      }),

    forgetEnded: (at: number): Promise<void> =>
      transact(async (tx) => {
        await tx.deleteFrom("session").where("ends_at", "<=", at).execute();
        await tx.deleteFrom("used_token").where("until", "<=", at).execute();
      }),
  };
}
