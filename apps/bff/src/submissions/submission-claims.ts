import { type Blackout, isBlackedOut, localTimeOf } from "@wsc-dashboard/wsc-core";
import { type ExpressionBuilder, sql } from "kysely";
import type { AuditEvent } from "../audit/audit-event.ts";
import type { Database, SubmissionRow } from "../store/schema.ts";
import { storeGuard } from "../store/store-guard.ts";
import { nothingPending } from "./budget-book.ts";
import type { LookBackBounds } from "./look-back.ts";
import type { SubmissionContext } from "./submission-context.ts";
import {
  change,
  leaseMs,
  noLease,
  onTheWay,
  type Reason,
  reasonText,
  searching,
  submissionEvent,
  type Tx,
  waiting,
} from "./submission-record.ts";

/**
 * What no earlier life can have sent: it is due since this one began, and either was kept since then or waits for its first call.
 * Or it was looked for.
 */
function mayBeSent(row: ExpressionBuilder<Database, "submission">, bounds: LookBackBounds | undefined) {
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

const budgetRecheckMs = 60_000;
const busyRecheckMs = 1_000;

/** What a process does with what is due: it claims one, records that it sends it, gives it back; and takes over from one that died. */
export function createSubmissionClaims({ store, audit, timings, owner, book, gate }: SubmissionContext) {
  const { db } = store;
  const guarded = storeGuard(store);

  /** A job of the target is in the way: the run is left out, or looks again a little later so that others come first. */
  async function giveWay(tx: Tx, row: SubmissionRow, at: number): Promise<AuditEvent[]> {
    if (row.collision !== "skip") {
      await change(tx, row, waiting, { state: row.state, next_at: at + busyRecheckMs }, at);
      return [];
    }
    const reason = reasonText("SCHEDULE_COLLISION", false);
    if (!(await change(tx, row, waiting, { state: "CANCELLED", reason }, at))) return [];
    await book.remove(tx, row.id);
    return [submissionEvent(row, at, "submission.skip", "refused", { code: "SCHEDULE_COLLISION" })];
  }

  /** When the blackout hours of a run are over, or `null` outside of them. */
  function blackoutEnd({ blackout, zone }: SubmissionRow, at: number): number | null {
    if (blackout === null || zone === null) return null;
    const blackouts = JSON.parse(blackout) as Blackout[];
    const isClosed = (instant: number): boolean => {
      const { day, time } = localTimeOf(new Date(instant), zone);
      return isBlackedOut(day, time, blackouts);
    };
    if (!isClosed(at)) return null;
    let minute = Math.floor(at / 60_000) * 60_000;
    // A week of minutes is the most that days and hours can cover.
    for (let looked = 0; looked < 7 * 24 * 60 && isClosed(minute); looked += 1) minute += 60_000;
    return minute;
  }

  return {
    /** Whether anything waits, is on its way, or is looked for. */
    isAnythingOpen: (): Promise<boolean> =>
      guarded(async () => {
        const open = await db
          .selectFrom("submission")
          .select("id")
          .where("state", "in", [...waiting, ...onTheWay])
          .limit(1)
          .executeTakeFirst();
        return open !== undefined;
      }),

    /** What an earlier life of the server may have sent without this store knowing, but for what was looked for. */
    unsentBefore: (bounds: LookBackBounds): Promise<SubmissionRow[]> =>
      guarded(() =>
        db
          .selectFrom("submission")
          .selectAll()
          .where((row) =>
            row.or([
              row("state", "in", [...waiting, "NEEDS_REVIEW"]),
              // A run made so late that it was missed at once; the earlier life may have been in time.
              row.and([
                row("state", "=", "MISSED"),
                row("signed_at", "is", null),
                row("settled_at", ">=", bounds.startedAt),
                row("due_at", "<", bounds.startedAt),
              ]),
            ]),
          )
          .where((row) => row.not(mayBeSent(row, bounds)))
          .execute(),
      ),

    /** `bounds`: of what may be sent within them. */
    isAnythingDue: (at: number, bounds?: LookBackBounds): Promise<boolean> =>
      guarded(async () => {
        const due = await db
          .selectFrom("submission")
          .select("id")
          .where("state", "in", [...waiting])
          .where("next_at", "<=", at)
          .where((row) => mayBeSent(row, bounds))
          .limit(1)
          .executeTakeFirst();
        return due !== undefined;
      }),

    /**
     * Leases whose process is gone, and those of this one: it asks when it has nothing under way, so what it still holds is left
     * from a write that failed. Nothing was sent in CLAIMED, nobody knows in DISPATCHING. `all`: no other process can be alive.
     */
    recover: (at: number, all: boolean): Promise<void> =>
      guarded(async () => {
        const isOurs = all ? sql<boolean>`lease_owner is not null` : sql<boolean>`lease_owner = ${owner}`;
        const isOver = sql<boolean>`(${isOurs} or coalesce(lease_until, 0) <= ${at})`;
        const stuck = await db
          .selectFrom("submission")
          .select("id")
          .where((row) =>
            row.or([
              row.and([row("state", "in", ["CLAIMED", "DISPATCHING"]), isOver]),
              row.and([row("state", "in", [...searching]), isOurs]),
            ]),
          )
          .limit(1)
          .executeTakeFirst();
        if (stuck === undefined && !(await gate.isLeftHeld(db, all))) return;
        await db.transaction().execute(async (tx) => {
          await tx
            .updateTable("submission")
            .set({ ...noLease })
            .where("state", "in", [...searching])
            .where(isOurs)
            .execute();
          const rows = await tx
            .selectFrom("submission")
            .selectAll()
            .where("state", "in", ["CLAIMED", "DISPATCHING"])
            .where(isOver)
            .orderBy("id")
            .execute();
          // A call may have left a moment ago.
          const closedUntil = rows.some(({ state }) => state === "DISPATCHING") ? at + timings.createSpacingMs : 0;
          await gate.free(tx, all, closedUntil);
          const events: AuditEvent[] = [];
          for (const row of rows) {
            const state = row.state === "CLAIMED" ? "SCHEDULED" : "IN_DOUBT";
            const reason = state === "IN_DOUBT" ? reasonText("OUTCOME_UNKNOWN", false) : row.reason;
            const set = {
              state,
              reason,
              next_at: at,
              ...noLease,
              searches: 0,
              absences: 0,
              last_absence_at: null,
            } as const;
            // Whoever held the lease must find another fence, or it could act on what it remembers.
            const fence = state === "SCHEDULED" ? { fence: row.fence + 1 } : {};
            if (await change(tx, row, [row.state], { ...set, ...fence }, at)) {
              events.push(submissionEvent(row, at, "submission.recover", "done", { state }));
            }
          }
          // Last, here and in `claim`: whoever holds the head of the chain must not wait for a row.
          for (const entry of events) await audit.append(tx, entry);
        });
      }),

    /**
     * Claims the next submission that is due, when the gate lets one through: one at a time for the account, with spacing,
     * within the budgets, and none for a target whose last outcome is unknown. `null` when there is nothing to do. `bounds` as in
     * `isAnythingDue`.
     */
    claim: (at: number, bounds?: LookBackBounds): Promise<SubmissionRow | null> =>
      guarded(() =>
        db.transaction().execute(async (tx) => {
          if (!(await gate.take(tx, at))) return null;
          const due = await tx
            .selectFrom("submission")
            .selectAll()
            .where("state", "in", [...waiting])
            .where("next_at", "<=", at)
            .where((row) => mayBeSent(row, bounds))
            .orderBy("next_at")
            .orderBy("created_at")
            .limit(50)
            .execute();
          const events: AuditEvent[] = [];
          let claimed: SubmissionRow | null = null;
          for (const row of due) {
            if (at > row.due_at + timings.misfireGraceMs) {
              if (
                await change(
                  tx,
                  row,
                  waiting,
                  {
                    state: "MISSED",
                    reason: row.reason ?? reasonText("SUBMISSION_MISSED", false),
                  },
                  at,
                )
              ) {
                await book.remove(tx, row.id);
                events.push(submissionEvent(row, at, "submission.miss", "failed"));
              }
              continue;
            }
            const busy = await tx
              .selectFrom("submission")
              .select("id")
              .where("target", "=", row.target)
              .where("state", "in", [...onTheWay])
              .limit(1)
              .executeTakeFirst();
            if (busy !== undefined) {
              events.push(...(await giveWay(tx, row, at)));
              continue;
            }
            const open = blackoutEnd(row, at);
            if (open !== null) {
              await change(tx, row, waiting, { state: row.state, next_at: open }, at);
              continue;
            }
            const isBooked = await book.isBooked(tx, row.id);
            if (!isBooked && (await book.isOver(tx, row.owner_id, at, nothingPending))) {
              const reason = reasonText("BUDGET_EXHAUSTED", true);
              const isNew = row.state !== "HELD";
              await change(tx, row, waiting, { state: "HELD", reason, next_at: at + budgetRecheckMs }, at);
              if (isNew)
                events.push(submissionEvent(row, at, "submission.hold", "refused", { code: "BUDGET_EXHAUSTED" }));
              continue;
            }
            const fence = row.fence + 1;
            if (
              !(await change(
                tx,
                row,
                waiting,
                { state: "CLAIMED", fence, lease_owner: owner, lease_until: at + leaseMs },
                at,
              ))
            )
              continue;
            if (!isBooked) await book.add(tx, row.id, row.owner_id, at);
            claimed = { ...row, state: "CLAIMED", fence, lease_owner: owner, lease_until: at + leaseMs };
            break;
          }
          if (claimed === null) await gate.release(tx, 0, null);
          for (const entry of events) await audit.append(tx, entry);
          return claimed;
        }),
      ),

    /** The record that must be on disk before the first byte leaves, with the audit's intent. `null` when the claim was lost. */
    beginDispatch: (row: SubmissionRow, signedAt: number, bodyHash: string): Promise<SubmissionRow | null> =>
      guarded(() =>
        db.transaction().execute(async (tx) => {
          const attempts = row.attempts + 1;
          const next = {
            state: "DISPATCHING",
            attempts,
            signed_at: signedAt,
            searches: 0,
            absences: 0,
            last_absence_at: null,
            lease_until: signedAt + leaseMs + timings.upstreamTimeoutMs,
          } as const;
          // Whoever lost the gate could be sending beside another process.
          if (!(await gate.keep(tx, next.lease_until))) return null;
          if (!(await change(tx, row, ["CLAIMED"], next, signedAt))) return null;
          await tx
            .insertInto("attempt")
            .values({ submission_id: row.id, number: attempts, signed_at: signedAt, code: null })
            .execute();
          await audit.append(
            tx,
            submissionEvent(row, signedAt, "job.create", "intent", { attempt: attempts, bodyHash }),
          );
          return { ...row, ...next };
        }),
      ),

    /** Gives a claim back without having sent anything. */
    abandonClaim: (
      row: SubmissionRow,
      at: number,
      outcome: { state: "FAILED" | "NEEDS_REVIEW"; reason: Reason },
    ): Promise<void> =>
      guarded(() =>
        db.transaction().execute(async (tx) => {
          const given = await change(
            tx,
            row,
            ["CLAIMED"],
            {
              state: outcome.state,
              reason: JSON.stringify(outcome.reason),
              next_at: null,
              ...noLease,
            },
            at,
          );
          await gate.release(tx, 0, null);
          // Otherwise the claim is another process's by now, and so is what was booked for it.
          if (!given) return;
          await book.remove(tx, row.id);
          await audit.append(tx, submissionEvent(row, at, "job.create", "refused", { code: outcome.reason.code }));
        }),
      ),
  };
}
