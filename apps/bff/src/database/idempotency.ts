import { createHmac } from "node:crypto";
import { WscError } from "@wsc-dashboard/wsc-core";
import type { Kysely } from "kysely";
import type { Database } from "./schema.ts";

/** One request as a key stands for it: who asked what, and what it said. */
export interface IdempotentRequest {
  readonly scope: string;
  readonly fingerprint: string;
}
export interface KeptAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** A first request that never came to its end holds its key no longer than this, in milliseconds. */
const runningLimitMs = 120_000;
const keptMs = 48 * 3_600_000;

export type Idempotency = ReturnType<typeof createIdempotency>;

/**
 * `Idempotency-Key` of changing requests. The answer to the first is kept two days and given to every repetition; the request
 * itself only as an HMAC, since it may hold sign-in data.
 */
export function createIdempotency(fingerprintKey: Buffer) {
  return {
    requestOf(user: string, endpoint: string, key: string, content: unknown): IdempotentRequest {
      const fingerprint = createHmac("sha256", fingerprintKey).update(JSON.stringify(content)).digest("hex");
      return { scope: `${user} ${endpoint} ${key}`, fingerprint };
    },

    /**
     * Takes the key. `null`: it is new, go on. Otherwise the answer of the first request. Throws IDEMPOTENCY_KEY_REUSED for
     * another request under the same key, IDEMPOTENCY_KEY_RUNNING while the first is not answered.
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

    /** The request failed: a repetition is executed again. */
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
