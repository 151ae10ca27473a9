import { type Blackout, isBlackedOut, localTimeOf } from "@wsc-dashboard/wsc-core";
import type { ExpressionBuilder } from "kysely";
import { translateDatabaseErrors } from "../database/database-errors.ts";
import type { Database, SubmissionRow } from "../database/schema.ts";
import type { RowChanges } from "./apply-transition.ts";
import { nothingPending } from "./budget-ledger.ts";
import { afterDue, type DueFacts } from "./decisions.ts";
import type { OutboxContext } from "./outbox-context.ts";
import { leaseMs, reasonText, type Tx, unsearched } from "./records.ts";
import { inFlight, type Reason, waiting } from "./states.ts";

/** What an earlier process cannot have sent, and which submissions were searched for since. */
export interface RestartBounds {
  /** When this process started, in milliseconds by the gateway's clock. */
  readonly startedAt: number;
  readonly lookedFor: ReadonlySet<string>;
}

/**
 * Whether no earlier process can have sent the submission: it is due after this process started, and either was created since
 * then or waits for its first call. Also true when it was searched for.
 */
function isSendable(row: ExpressionBuilder<Database, "submission">, bounds: RestartBounds | undefined) {
  if (bounds === undefined) return row.lit(true);
  const { startedAt, lookedFor } = bounds;
  return row.or([
    row.and([
      row("due_at", ">=", startedAt),
      row.or([row("created_at", ">=", startedAt), row("state", "=", "SCHEDULED")]),
    ]),
    ...(lookedFor.size === 0 ? [] : [row("id", "in", [...lookedFor])]),
  ]);
}

/** How far ahead of now a call may have been signed before its time counts as wrong, in milliseconds. */
const clockSlackMs = 60_000;

/**
 * Whether a waiting submission is due. One that waits for another attempt is also due when its last call was signed ahead of now:
 * its time was set while the gateway's clock was ahead, and it would wait for hours.
 */
function isDue(row: ExpressionBuilder<Database, "submission">, at: number) {
  return row.or([
    row.and([row("state", "in", [...waiting]), row("next_at", "<=", at)]),
    row.and([
      row("state", "=", "RETRY_WAIT"),
      row("signed_at", ">", at + clockSlackMs),
      // A later look that was given by the right clock counts.
      row("next_at", ">=", row.ref("signed_at")),
      // What such a clock made early is not sent early a second time.
      row("due_at", "<=", at),
    ]),
  ]);
}

const budgetRecheckMs = 60_000;
const busyRecheckMs = 1_000;
const candidates = 50;
/** Bounds memory; far more than a person will decide. Those of one outage may be hundreds. */
const maxInReview = 2_000;

/** When the blackout hours of a run end; `null` outside of them. */
function blackoutEnd({ blackout, zone }: SubmissionRow, at: number): number | null {
  if (blackout === null || zone === null) return null;
  const blackouts = JSON.parse(blackout) as Blackout[];
  const isClosed = (instant: number): boolean => {
    const { day, time } = localTimeOf(new Date(instant), zone);
    return isBlackedOut(day, time, blackouts);
  };
  if (!isClosed(at)) return null;
  let minute = Math.floor(at / 60_000) * 60_000;
  // Blackout hours repeat weekly, so a week of minutes is the upper bound.
  for (let looked = 0; looked < 7 * 24 * 60 && isClosed(minute); looked += 1) minute += 60_000;
  return minute;
}

async function isTargetBusy(tx: Tx, target: string): Promise<boolean> {
  const busy = await tx
    .selectFrom("submission")
    .select("id")
    .where("target", "=", target)
    .where("state", "in", [...inFlight])
    .limit(1)
    .executeTakeFirst();
  return busy !== undefined;
}

/** Queries for open and due submissions. */
export function createDueQueries({ database }: Pick<OutboxContext, "database">) {
  const { db } = database;
  const guarded = translateDatabaseErrors(database);
  return {
    /** Whether any submission waits, is in flight or is being searched for. */
    isAnythingOpen: (): Promise<boolean> =>
      guarded(async () => {
        const open = await db
          .selectFrom("submission")
          .select("id")
          .where("state", "in", [...waiting, ...inFlight])
          .limit(1)
          .executeTakeFirst();
        return open !== undefined;
      }),

    /** Submissions that an earlier process may have sent without this database knowing, except those that were searched for. */
    unsentBefore: (bounds: RestartBounds): Promise<SubmissionRow[]> =>
      guarded(() =>
        db
          .selectFrom("submission")
          .selectAll()
          .where((row) =>
            row.or([
              row("state", "in", [...waiting, "NEEDS_REVIEW"]),
              // A run created so late that it was missed at once: the earlier process may have sent it in time.
              row.and([
                row("state", "=", "MISSED"),
                row("signed_at", "is", null),
                row("settled_at", ">=", bounds.startedAt),
                row("due_at", "<", bounds.startedAt),
              ]),
            ]),
          )
          .where((row) => row.not(isSendable(row, bounds)))
          .execute(),
      ),

    /** Newest submissions in review that were called since `at`, except those for which the list has several jobs. */
    inReviewSince: (at: number): Promise<SubmissionRow[]> =>
      guarded(async () => {
        const rows = await db
          .selectFrom("submission")
          .selectAll()
          .where("state", "=", "NEEDS_REVIEW")
          .where("signed_at", ">=", at)
          .orderBy("signed_at", "desc")
          .limit(maxInReview)
          .execute();
        return rows.filter(
          ({ reason }) => reason === null || (JSON.parse(reason) as Reason).code !== "SUBMISSION_DOUBLED",
        );
      }),

    /** With `bounds`, only submissions that may be sent within them count. */
    isAnythingDue: (at: number, bounds?: RestartBounds): Promise<boolean> =>
      guarded(async () => {
        const due = await db
          .selectFrom("submission")
          .select("id")
          .where((row) => isDue(row, at))
          .where((row) => isSendable(row, bounds))
          .limit(1)
          .executeTakeFirst();
        return due !== undefined;
      }),
  };
}

/** Claims due submissions for this process. */
export function createClaims({ database, timings, ledger, sendLock, withinTransaction }: OutboxContext) {
  const { db } = database;
  const guarded = translateDatabaseErrors(database);

  /** What blocks the submission. Once one check applies, the later ones cannot change the decision and are skipped. */
  async function readDueFacts(tx: Tx, row: SubmissionRow, at: number): Promise<DueFacts> {
    const { collision } = row;
    const free = { isTargetBusy: false, collision, isBlackedOut: false, isOverBudget: false };
    if (await isTargetBusy(tx, row.target)) return { ...free, isTargetBusy: true };
    if (blackoutEnd(row, at) !== null) return { ...free, isBlackedOut: true };
    const isBooked = await ledger.isBooked(tx, row.id);
    return { ...free, isOverBudget: !isBooked && (await ledger.isOver(tx, row.owner_id, at, nothingPending)) };
  }

  /** Returns the row when it was claimed; `null` when it was skipped, postponed, held or missed. */
  async function claimOne(
    tx: Tx,
    { apply }: RowChanges,
    row: SubmissionRow,
    at: number,
  ): Promise<SubmissionRow | null> {
    const facts = await readDueFacts(tx, row, at);
    const name = afterDue({ state: row.state, dueAt: row.due_at }, at, facts, timings);
    switch (name) {
      case "miss":
        await apply(name, row, { at, set: { reason: row.reason ?? reasonText("SUBMISSION_MISSED", false) } });
        return null;
      case "skip": {
        const code = "SCHEDULE_COLLISION";
        await apply(name, row, { at, set: { reason: reasonText(code, false) }, details: { code } });
        return null;
      }
      case "postpone":
        // Retries a little later so that other submissions come first.
        await apply(name, row, { at, nextAt: blackoutEnd(row, at) ?? at + busyRecheckMs });
        return null;
      case "hold":
      case "holdLonger": {
        const code = "BUDGET_EXHAUSTED";
        const set = { reason: reasonText(code, true) };
        await apply(name, row, { at, nextAt: at + budgetRecheckMs, set, details: { code } });
        return null;
      }
      case "claim":
        return apply(name, row, { at });
    }
  }

  return {
    /**
     * Claims the next due submission when the send lock is free: one at a time for the account, with spacing, within the budgets,
     * and none for a target whose last outcome is unknown. Returns `null` when there is nothing to do. `bounds` as in
     * `isAnythingDue`.
     */
    claim: (at: number, bounds?: RestartBounds): Promise<SubmissionRow | null> =>
      guarded(() =>
        db.transaction().execute((tx) =>
          withinTransaction(tx, async (changes) => {
            if (!(await sendLock.take(tx, at))) return null;
            const due = await tx
              .selectFrom("submission")
              .selectAll()
              .where((row) => isDue(row, at))
              .where((row) => isSendable(row, bounds))
              .orderBy("next_at")
              .orderBy("created_at")
              .limit(candidates)
              .execute();
            for (const row of due) {
              const claimed = await claimOne(tx, changes, row, at);
              if (claimed !== null) return claimed;
            }
            await sendLock.release(tx, 0, null);
            return null;
          }),
        ),
      ),
  };
}

/** Records that this process sends what it has claimed, or gives the claim up. */
export function createClaimEnds({ database, timings, withinTransaction }: OutboxContext) {
  const { db } = database;
  const guarded = translateDatabaseErrors(database);
  return {
    /**
     * Durable record before the first byte leaves, with the audit entry of the intent. Returns `null` when the claim was lost.
     */
    beginDispatch: (row: SubmissionRow, signedAt: number, bodyHash: string): Promise<SubmissionRow | null> =>
      guarded(() =>
        db.transaction().execute((tx) =>
          withinTransaction(tx, async ({ apply }) => {
            const attempts = row.attempts + 1;
            const begun = await apply("beginDispatch", row, {
              at: signedAt,
              set: { attempts, calls: row.calls + 1, signed_at: signedAt, ...unsearched, hint: null },
              leaseUntil: signedAt + leaseMs + timings.upstreamTimeoutMs,
              details: { attempt: attempts, bodyHash },
            });
            if (begun === null) return null;
            await tx
              .insertInto("attempt")
              .values({ submission_id: row.id, number: attempts, signed_at: signedAt, code: null })
              .execute();
            return begun;
          }),
        ),
      ),

    /** Releases a claim without having sent anything. Does nothing when the claim was lost. */
    abandonClaim: (
      row: SubmissionRow,
      at: number,
      { state, reason }: { state: "FAILED" | "NEEDS_REVIEW"; reason: Reason },
    ): Promise<void> =>
      guarded(() =>
        db.transaction().execute((tx) =>
          withinTransaction(tx, async ({ apply }) => {
            await apply(state === "FAILED" ? "abandon" : "abandonToPerson", row, {
              at,
              set: { reason: JSON.stringify(reason) },
              details: { code: reason.code },
            });
          }),
        ),
      ),
  };
}
