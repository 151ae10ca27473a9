import type { Kysely } from "kysely";
import type { Database } from "../../src/database/schema.ts";
import { scaled } from "./fault-mix.ts";

/** Calls that are proven to have made no job, before a person decides instead of another call. */
const provenAbsentNeeded = 3;
const attemptsNeeded = 8;
/** Searches in a row that proved nothing, or steps of reconciliation without a proof, before a person decides. */
const unprovenNeeded = 4;
const unprovenSteps = 120;

/**
 * The submissions that are left to a person without a cause: neither were three of their calls proven to have made no job, nor
 * has the list, since it could, proven nothing again and again or for very long. How many have a cause depends on chance and on
 * the speed of the machine; that each has one does not. `starts`: when the servers were started, in milliseconds.
 */
export async function findReviewsWithoutCause(db: Kysely<Database>, starts: readonly number[]): Promise<string[]> {
  const rows = await db.selectFrom("submission").selectAll().where("state", "=", "NEEDS_REVIEW").execute();
  const reviews = await db
    .selectFrom("audit")
    .select(["object", "at"])
    .where("action", "=", "submission.review")
    .orderBy("seq")
    .execute();
  const leftAt = new Map(reviews.map(({ object, at }) => [object, at]));
  return rows.flatMap((row) => {
    const { code } = JSON.parse(row.reason ?? "{}") as { code?: string };
    const at = leftAt.get(`submission/${row.id}`) ?? 0;
    // What an earlier server kept is proven by one call signed at the start of the one that takes over.
    const startedAt = starts.findLast((start) => start > row.created_at && start <= at);
    const signedAt = Math.min(row.signed_at ?? row.created_at, startedAt ?? Number.POSITIVE_INFINITY);
    const unprovenMs = at - signedAt - scaled.signatureValidityMs - scaled.indexLagMs;
    const hasCause =
      code === "OUTCOME_UNKNOWN"
        ? row.proven_absent >= provenAbsentNeeded || row.attempts >= attemptsNeeded
        : code !== undefined &&
          code !== "SUBMISSION_DOUBLED" &&
          (row.unproven >= unprovenNeeded || unprovenMs >= unprovenSteps * scaled.reconcileStepMs);
    if (hasCause) return [];
    const { attempts, proven_absent: provenAbsent, unproven } = row;
    return [`${row.id}: ${JSON.stringify({ code, attempts, provenAbsent, unproven, unprovenMs })}`];
  });
}
