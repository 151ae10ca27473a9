import type { Kysely } from "kysely";
import type { Database } from "../../src/database/schema.ts";
import { scaled } from "./fault-mix.ts";

/** Number of calls proven to have created no job after which a person decides instead of another call. */
const provenAbsentNeeded = 3;
const attemptsNeeded = 8;
/** Number of consecutive searches, or of reconciliation steps, without a proof after which a person decides. */
const unprovenNeeded = 4;
const unprovenSteps = 120;

/**
 * The submissions that need review without a cause. A cause is: three calls proven to have created no job, or a list that, once
 * it could prove absence, failed to do so repeatedly or for very long. How many have a cause depends on chance and on the speed
 * of the machine; that each has one does not. `starts`: when the servers were started, in milliseconds.
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
    // For a row of an earlier server, absence is proven by a call signed at the start of its successor.
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
