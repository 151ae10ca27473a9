import { createHmac } from "node:crypto";
import { WscError } from "@wsc-dashboard/wsc-core";
import type { Kysely } from "kysely";
import type { Database } from "./schema.ts";

/** A request that carries an idempotency key: `scope` is user, endpoint and key, `fingerprint` the HMAC of its content. */
export interface IdempotentRequest {
  readonly scope: string;
  readonly fingerprint: string;
}
export interface KeptAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** A first request that never ended holds its key for at most this long, in milliseconds. */
const runningLimitMs = 120_000;
const keptMs = 48 * 3_600_000;

export type Idempotency = ReturnType<typeof createIdempotency>;

/**
 * Handles `Idempotency-Key` of changing requests. The response to the first request is kept for two days and returned to every
 * repetition. Of the request only an HMAC is stored, because it may hold sign-in data.
 */
export function createIdempotency(fingerprintKey: Buffer) {
  return {
    requestOf(user: string, endpoint: string, key: string, content: unknown): IdempotentRequest {
      const fingerprint = createHmac("sha256", fingerprintKey).update(JSON.stringify(content)).digest("hex");
      return { scope: `${user} ${endpoint} ${key}`, fingerprint };
    },

    /**
     * Takes the key. Returns `null` when the key is new, otherwise the stored response to the first request. Throws
     * IDEMPOTENCY_KEY_REUSED when the key belongs to a different request, IDEMPOTENCY_KEY_RUNNING while the first request is in
     * progress.
     */
    async take(
      db: Kysely<Database>,
      { scope, fingerprint }: IdempotentRequest,
      at: number,
    ): Promise<KeptAnswer | null> {
      const inserted = await db
        .insertInto("idempotency")
        .values({ scope, fingerprint, status: null, body: null, created_at: at })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      if (inserted.numInsertedOrUpdatedRows === 1n) return null;
      const earlier = await db.selectFrom("idempotency").selectAll().where("scope", "=", scope).executeTakeFirst();
      if (earlier === undefined) throw keyError("IDEMPOTENCY_KEY_RUNNING");
      if (earlier.fingerprint !== fingerprint) throw keyError("IDEMPOTENCY_KEY_REUSED");
      if (earlier.status !== null) return { status: earlier.status, body: JSON.parse(earlier.body ?? "null") };
      const taken = await db
        .updateTable("idempotency")
        .set({ created_at: at })
        .where("scope", "=", scope)
        .where("status", "is", null)
        .where("created_at", "<=", at - runningLimitMs)
        .executeTakeFirst();
      if (taken.numUpdatedRows === 1n) return null;
      throw keyError("IDEMPOTENCY_KEY_RUNNING");
    },

    async keep(db: Kysely<Database>, { scope }: IdempotentRequest, { status, body }: KeptAnswer): Promise<void> {
      await db
        .updateTable("idempotency")
        .set({ status, body: JSON.stringify(body) })
        .where("scope", "=", scope)
        .execute();
    },

    /** Releases the key after a failed request, so that a repetition is executed again. */
    async release(db: Kysely<Database>, { scope }: IdempotentRequest): Promise<void> {
      await db.deleteFrom("idempotency").where("scope", "=", scope).where("status", "is", null).execute();
    },

    async forgetOld(db: Kysely<Database>, at: number): Promise<void> {
      await db
        .deleteFrom("idempotency")
        .where("created_at", "<", at - keptMs)
        .execute();
    },
  };
}

function keyError(code: "IDEMPOTENCY_KEY_REUSED" | "IDEMPOTENCY_KEY_RUNNING"): WscError {
  return new WscError(code, undefined, { errors: [{ pointer: "/Idempotency-Key", code }] });
}
