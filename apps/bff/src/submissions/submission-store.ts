import {
  type Blackout,
  type BudgetUse,
  budgetLevel,
  instantOfWallTime,
  isBlackedOut,
  type JobRequest,
  localTimeOf,
  type Submission,
  type SubmissionState,
  targetHostOf,
  WscError,
  wallTimeAt,
} from "@wsc-dashboard/wsc-core";
import { type Expression, sql, type Transaction } from "kysely";
import type { AuditChain } from "../audit/audit-chain.ts";
import { type AuditEvent, actedBy } from "../audit/audit-event.ts";
import { appendConsents } from "../audit/consents.ts";
import type { User } from "../identity/identity.ts";
import type { OpenStore } from "../store/open-store.ts";
import type { AttemptRow, Database, SubmissionRow } from "../store/schema.ts";
import { storeGuard } from "../store/store-guard.ts";
import {
  fenceEndsAt,
  maxAttempts,
  maxProvenAbsent,
  type SubmissionTimings,
  searchDelayMs,
} from "./submission-rules.ts";

export type Reason = NonNullable<Submission["reason"]>;
type Tx = Transaction<Database>;

export interface Budgets {
  /** 0: no limit. */
  readonly perDay: number;
  readonly perUserHour: number;
  /** Zone of the day. */
  readonly timeZone: string;
}

export interface SubmissionStoreParts {
  readonly store: OpenStore;
  readonly audit: AuditChain;
  readonly timings: SubmissionTimings;
  readonly budgets: Budgets;
  /** Name of this process in leases. */
  readonly owner: string;
}

export interface NewSubmission {
  readonly id: string;
  readonly token: string;
  readonly request: JobRequest;
  readonly user: User;
  readonly createdAt: number;
  readonly dueAt: number;
  /** The wall time a person chose, for a reservation. */
  readonly when?: { readonly localTime: string; readonly zone: string };
  readonly requestId: string;
}

const system = "system";
const leaseMs = 60_000;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const budgetRecheckMs = 60_000;
const busyRecheckMs = 1_000;
const waiting: readonly SubmissionState[] = ["SCHEDULED", "HELD", "RETRY_WAIT"];
const onTheWay: readonly SubmissionState[] = ["CLAIMED", "DISPATCHING", "ACCEPTED", "IN_DOUBT"];
const searching: readonly SubmissionState[] = ["ACCEPTED", "IN_DOUBT"];
const settledStates: ReadonlySet<SubmissionState> = new Set(["BOUND", "MISSED", "FAILED", "CANCELLED"]);

export type SubmissionStore = ReturnType<typeof createSubmissionStore>;

/** Every change of a submission: one transaction each, conditional on state and fence, with its audit entry. */
export function createSubmissionStore({ store, audit, timings, budgets, owner }: SubmissionStoreParts) {
  const { db } = store;
  const guarded = storeGuard(store);

  const event = (
    row: Pick<SubmissionRow, "id" | "target">,
    at: number,
    action: string,
    result: AuditEvent["result"],
    details: AuditEvent["details"] = {},
    who: Pick<AuditEvent, "actor" | "name" | "roles"> = { actor: system },
  ): AuditEvent => ({
    at,
    ...who,
    action,
    object: `submission/${row.id}`,
    target: row.target,
    result,
    details,
  });

  /** `true` when the row was still as `where` says. */
  async function change(
    tx: Tx,
    row: Pick<SubmissionRow, "id" | "fence">,
    from: readonly SubmissionState[],
    set: Partial<SubmissionRow> & { state: SubmissionState },
    at: number,
  ): Promise<boolean> {
    const settled = settledStates.has(set.state);
    const { numUpdatedRows } = await tx
      .updateTable("submission")
      .set({ ...set, ...(settled ? { settled_at: at, next_at: null, lease_owner: null, lease_until: null } : {}) })
      .where("id", "=", row.id)
      .where("fence", "=", row.fence)
      .where("state", "in", [...from])
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }

  const later = (column: Expression<number>, at: number) =>
    sql<number>`case when ${column} > ${at} then ${column} else ${at} end`;

  async function releaseGate(tx: Tx, closedUntil: number, code: string | null): Promise<void> {
    await tx
      .updateTable("gate")
      .set((row) => ({
        holder: null,
        held_until: 0,
        closed_until: later(row.ref("closed_until"), closedUntil),
        code,
      }))
      .where("name", "=", "createJob")
      .where("holder", "=", owner)
      .execute();
  }

  function dayStart(at: number): number {
    const wall = wallTimeAt(new Date(at), budgets.timeZone);
    return instantOfWallTime({ ...wall, hour: 0, minute: 0, second: 0, millisecond: 0 }, budgets.timeZone).getTime();
  }

  async function bookedSince(tx: Tx, since: number, ownerId?: string): Promise<number> {
    let query = tx
      .selectFrom("booking")
      .select((row) => row.fn.countAll<number>().as("count"))
      .where("booked_at", ">=", since);
    if (ownerId !== undefined) query = query.where("owner_id", "=", ownerId);
    return Number((await query.executeTakeFirstOrThrow()).count);
  }

  interface Pending {
    readonly all: number;
    readonly own: number;
  }
  const nothingPending: Pending = { all: 0, own: 0 };

  /** Due submissions that no budget knows of yet. */
  async function pendingAt(tx: Tx, at: number, ownerId: string): Promise<Pending> {
    const unbooked = tx
      .selectFrom("submission")
      .leftJoin("booking", "booking.submission_id", "submission.id")
      .select((row) => row.fn.countAll<number>().as("count"))
      .where("submission.state", "in", [...waiting])
      .where("submission.due_at", "<=", at)
      .where("booking.submission_id", "is", null);
    const all = Number((await unbooked.executeTakeFirstOrThrow()).count);
    const own = Number((await unbooked.where("submission.owner_id", "=", ownerId).executeTakeFirstOrThrow()).count);
    return { all, own };
  }

  async function budgetUseOf(tx: Tx, ownerId: string, at: number, pending: Pending): Promise<BudgetUse> {
    const { perDay, perUserHour } = budgets;
    return {
      day: perDay === 0 ? null : { used: (await bookedSince(tx, dayStart(at))) + pending.all, limit: perDay },
      userHour:
        perUserHour === 0
          ? null
          : { used: (await bookedSince(tx, at - hourMs, ownerId)) + pending.own, limit: perUserHour },
    };
  }

  async function isOverBudget(tx: Tx, ownerId: string, at: number, pending: Pending): Promise<boolean> {
    const { day, userHour } = await budgetUseOf(tx, ownerId, at, pending);
    return [day, userHour].some((budget) => budget !== null && budgetLevel(budget) === "over");
  }

  async function resendBlockedBy(tx: Tx): Promise<string | null> {
    const gate = await tx.selectFrom("gate").select("code").where("name", "=", "resend").executeTakeFirstOrThrow();
    return gate.code;
  }

  /** Stays closed until an admin opens it. */
  async function closeResend(tx: Tx, at: number, object: string): Promise<void> {
    const code = "MEMO_CUT";
    const { numUpdatedRows } = await tx
      .updateTable("gate")
      .set({ code })
      .where("name", "=", "resend")
      .where("code", "is", null)
      .executeTakeFirst();
    if (numUpdatedRows === 1n)
      await audit.append(tx, { at, actor: system, action: "resend.block", object, result: "done", details: { code } });
  }

  async function unbook(tx: Tx, id: string): Promise<void> {
    await tx.deleteFrom("booking").where("submission_id", "=", id).execute();
  }

  async function setAttemptCode(tx: Tx, row: Pick<SubmissionRow, "id" | "attempts">, code: string): Promise<void> {
    await tx
      .updateTable("attempt")
      .set({ code })
      .where("submission_id", "=", row.id)
      .where("number", "=", row.attempts)
      .execute();
  }

  /** A job of the target is in the way: the run is left out, or looks again a little later so that others come first. */
  async function giveWay(tx: Tx, row: SubmissionRow, at: number): Promise<AuditEvent[]> {
    if (row.collision !== "skip") {
      await change(tx, row, waiting, { state: row.state, next_at: at + busyRecheckMs }, at);
      return [];
    }
    const reason = JSON.stringify({ code: "SCHEDULE_COLLISION", retryable: false } satisfies Reason);
    if (!(await change(tx, row, waiting, { state: "CANCELLED", reason }, at))) return [];
    await unbook(tx, row.id);
    return [event(row, at, "submission.skip", "refused", { code: "SCHEDULE_COLLISION" })];
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

  function view(row: SubmissionRow, attempts: readonly AttemptRow[], viewer?: User): Submission {
    const request = JSON.parse(row.request) as JobRequest;
    return {
      id: row.id,
      state: row.state,
      startUrl: request.startUrl,
      memo: request.memo,
      createdAt: new Date(row.created_at).toISOString(),
      createdBy: row.owner_name,
      ...(viewer === undefined ? {} : { isOwn: row.owner_id === viewer.id || viewer.roles.includes("admin") }),
      dueAt: new Date(row.due_at).toISOString(),
      ...(row.local_time === null || row.zone === null ? {} : { when: { localTime: row.local_time, zone: row.zone } }),
      ...(row.schedule_id === null ? {} : { scheduleId: row.schedule_id }),
      ...(row.instance_no === null ? {} : { instanceNo: row.instance_no }),
      attempts: attempts
        .filter(({ submission_id }) => submission_id === row.id)
        .map(({ signed_at, code }) => ({
          sentAt: new Date(signed_at).toISOString(),
          ...(code === null ? {} : { code }),
        })),
      ...(row.reason === null ? {} : { reason: JSON.parse(row.reason) as Reason }),
    };
  }

  async function withAttempts(rows: readonly SubmissionRow[], viewer?: User): Promise<Submission[]> {
    if (rows.length === 0) return [];
    const ids = rows.map(({ id }) => id);
    const attempts = await db
      .selectFrom("attempt")
      .selectAll()
      .where("submission_id", "in", ids)
      .orderBy("number")
      .execute();
    return rows.map((row) => view(row, attempts, viewer));
  }

  return {
    /** Inside the transaction of the request that wishes for it. Throws BUDGET_EXHAUSTED for one that is due now. */
    async insert(
      tx: Tx,
      { id, token, request, user, createdAt, dueAt, when, requestId }: NewSubmission,
    ): Promise<Submission> {
      if (dueAt <= createdAt) {
        const pending = await pendingAt(tx, createdAt, user.id);
        if (await isOverBudget(tx, user.id, createdAt, pending)) throw new WscError("BUDGET_EXHAUSTED");
      }
      const row = await tx
        .insertInto("submission")
        .values({
          id,
          token,
          state: "SCHEDULED",
          owner_id: user.id,
          owner_name: user.name,
          request: JSON.stringify(request),
          target: targetHostOf(request.startUrl),
          created_at: createdAt,
          due_at: dueAt,
          next_at: dueAt,
          lease_owner: null,
          lease_until: null,
          signed_at: null,
          last_absence_at: null,
          instance_no: null,
          reason: null,
          settled_at: null,
          schedule_id: null,
          collision: null,
          blackout: null,
          local_time: when?.localTime ?? null,
          zone: when?.zone ?? null,
          rescan_of: request.rescanOf ?? null,
        })
        .returningAll()
        .executeTakeFirstOrThrow();
      await audit.append(tx, {
        ...event(
          row,
          createdAt,
          "submission.create",
          "done",
          { startUrl: request.startUrl, dueAt: new Date(dueAt).toISOString() },
          actedBy(user),
        ),
        requestId,
      });
      await appendConsents(audit, tx, request, {
        at: createdAt,
        ...actedBy(user),
        object: `submission/${id}`,
        target: row.target,
        requestId,
      });
      return view(row, [], user);
    },

    get: (id: string, viewer?: User): Promise<Submission | null> =>
      guarded(async () => {
        const row = await db.selectFrom("submission").selectAll().where("id", "=", id).executeTakeFirst();
        return row === undefined ? null : ((await withAttempts([row], viewer))[0] ?? null);
      }),

    ownerOf: (id: string): Promise<string | null> =>
      guarded(async () => {
        const row = await db.selectFrom("submission").select("owner_id").where("id", "=", id).executeTakeFirst();
        return row?.owner_id ?? null;
      }),

    /** Newest first; the settled ones of a day, and all that are not. */
    list: (at: number, viewer?: User): Promise<Submission[]> =>
      guarded(async () => {
        const rows = await db
          .selectFrom("submission")
          .selectAll()
          .where((row) => row.or([row("settled_at", "is", null), row("settled_at", ">", at - dayMs)]))
          .orderBy("created_at", "desc")
          .orderBy("id")
          .limit(500)
          .execute();
        return withAttempts(rows, viewer);
      }),

    /**
     * Leases whose process is gone, and those of this one: it asks when it has nothing under way, so what it still holds is left
     * from a write that failed. Nothing was sent in CLAIMED, nobody knows in DISPATCHING. `all`: no other process can be alive.
     */
    recover: (at: number, all: boolean): Promise<void> =>
      guarded(async () => {
        const isOurs = all ? sql<boolean>`lease_owner is not null` : sql<boolean>`lease_owner = ${owner}`;
        const isOver = sql<boolean>`(${isOurs} or coalesce(lease_until, 0) <= ${at})`;
        const isHeld = all ? sql<boolean>`holder is not null` : sql<boolean>`holder = ${owner}`;
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
        const held = await db.selectFrom("gate").select("name").where(isHeld).executeTakeFirst();
        if (stuck === undefined && held === undefined) return;
        await db.transaction().execute(async (tx) => {
          await tx
            .updateTable("submission")
            .set({ lease_owner: null, lease_until: null })
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
          await tx
            .updateTable("gate")
            .set((row) => ({ holder: null, held_until: 0, closed_until: later(row.ref("closed_until"), closedUntil) }))
            .where(isHeld)
            .execute();
          const events: AuditEvent[] = [];
          for (const row of rows) {
            const state = row.state === "CLAIMED" ? "SCHEDULED" : "IN_DOUBT";
            const reason =
              state === "IN_DOUBT"
                ? JSON.stringify({ code: "OUTCOME_UNKNOWN", retryable: false } satisfies Reason)
                : row.reason;
            const set = {
              state,
              reason,
              next_at: at,
              lease_owner: null,
              lease_until: null,
              searches: 0,
              absences: 0,
              last_absence_at: null,
            } as const;
            // Whoever held the lease must find another fence, or it could act on what it remembers.
            const fence = state === "SCHEDULED" ? { fence: row.fence + 1 } : {};
            if (await change(tx, row, [row.state], { ...set, ...fence }, at)) {
              events.push(event(row, at, "submission.recover", "done", { state }));
            }
          }
          // Last, here and in `claim`: whoever holds the head of the chain must not wait for a row.
          for (const entry of events) await audit.append(tx, entry);
        });
      }),

    /** What the person has used of the budgets, and everybody together. */
    budgetUse: (ownerId: string, at: number): Promise<BudgetUse> =>
      guarded(() =>
        db.transaction().execute(async (tx) => budgetUseOf(tx, ownerId, at, await pendingAt(tx, at, ownerId))),
      ),

    /** Why an attempt proven absent is not sent again; `null` when it is. */
    resendBlockedBy: (): Promise<string | null> => guarded(() => db.transaction().execute(resendBlockedBy)),

    /** A job of ours does not carry its token: its absence from a list proves nothing, so nothing is sent again by itself. */
    blockResend: (at: number, instanceNo: string): Promise<void> =>
      guarded(() => db.transaction().execute((tx) => closeResend(tx, at, `job/${instanceNo}`))),

    /** An admin has made sure that memos are kept whole. */
    allowResend: (at: number, user: User, requestId: string): Promise<void> =>
      guarded(() =>
        db.transaction().execute(async (tx) => {
          await tx.updateTable("gate").set({ code: null }).where("name", "=", "resend").execute();
          await audit.append(tx, {
            at,
            actor: user.id,
            action: "resend.allow",
            object: "gate/resend",
            result: "done",
            requestId,
          });
        }),
      ),

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

    isAnythingDue: (at: number): Promise<boolean> =>
      guarded(async () => {
        const due = await db
          .selectFrom("submission")
          .select("id")
          .where("state", "in", [...waiting])
          .where("next_at", "<=", at)
          .limit(1)
          .executeTakeFirst();
        return due !== undefined;
      }),

    /**
     * Claims the next submission that is due, when the gate lets one through: one at a time for the account, with spacing,
     * within the budgets, and none for a target whose last outcome is unknown. `null` when there is nothing to do.
     */
    claim: (at: number): Promise<SubmissionRow | null> =>
      guarded(() =>
        db.transaction().execute(async (tx) => {
          const gate = await tx
            .updateTable("gate")
            .set({ holder: owner, held_until: at + leaseMs })
            .where("name", "=", "createJob")
            .where("closed_until", "<=", at)
            .where((row) => row.or([row("holder", "is", null), row("held_until", "<=", at)]))
            .executeTakeFirst();
          if (gate.numUpdatedRows !== 1n) return null;
          const due = await tx
            .selectFrom("submission")
            .selectAll()
            .where("state", "in", [...waiting])
            .where("next_at", "<=", at)
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
                    reason:
                      row.reason ?? JSON.stringify({ code: "SUBMISSION_MISSED", retryable: false } satisfies Reason),
                  },
                  at,
                )
              ) {
                await unbook(tx, row.id);
                events.push(event(row, at, "submission.miss", "failed"));
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
            const booked = await tx
              .selectFrom("booking")
              .select("submission_id")
              .where("submission_id", "=", row.id)
              .executeTakeFirst();
            if (booked === undefined && (await isOverBudget(tx, row.owner_id, at, nothingPending))) {
              const reason = JSON.stringify({ code: "BUDGET_EXHAUSTED", retryable: true } satisfies Reason);
              const isNew = row.state !== "HELD";
              await change(tx, row, waiting, { state: "HELD", reason, next_at: at + budgetRecheckMs }, at);
              if (isNew) events.push(event(row, at, "submission.hold", "refused", { code: "BUDGET_EXHAUSTED" }));
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
            if (booked === undefined)
              await tx
                .insertInto("booking")
                .values({ submission_id: row.id, owner_id: row.owner_id, booked_at: at })
                .execute();
            claimed = { ...row, state: "CLAIMED", fence, lease_owner: owner, lease_until: at + leaseMs };
            break;
          }
          if (claimed === null) await releaseGate(tx, 0, null);
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
          const held = await tx
            .updateTable("gate")
            .set({ held_until: next.lease_until })
            .where("name", "=", "createJob")
            .where("holder", "=", owner)
            .executeTakeFirst();
          if (held.numUpdatedRows !== 1n) return null;
          if (!(await change(tx, row, ["CLAIMED"], next, signedAt))) return null;
          await tx
            .insertInto("attempt")
            .values({ submission_id: row.id, number: attempts, signed_at: signedAt, code: null })
            .execute();
          await audit.append(tx, event(row, signedAt, "job.create", "intent", { attempt: attempts, bodyHash }));
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
              lease_owner: null,
              lease_until: null,
            },
            at,
          );
          await releaseGate(tx, 0, null);
          // Otherwise the claim is another process's by now, and so is what was booked for it.
          if (!given) return;
          await unbook(tx, row.id);
          await audit.append(tx, event(row, at, "job.create", "refused", { code: outcome.reason.code }));
        }),
      ),

    bind: (row: SubmissionRow, at: number, instanceNo: string): Promise<boolean> =>
      guarded(() =>
        db.transaction().execute(async (tx) => {
          const bound = await change(
            tx,
            row,
            ["DISPATCHING", ...searching, "NEEDS_REVIEW"],
            { state: "BOUND", instance_no: instanceNo, reason: null },
            at,
          );
          if (bound) {
            await setAttemptCode(tx, row, "0");
            await audit.append(tx, event(row, at, "job.create", "done", { instanceNo }));
          }
          await releaseGate(tx, at + timings.createSpacingMs, null);
          return bound;
        }),
      ),

    /** Accepted without an id, or nobody knows: from now on the job is looked for. */
    search: (row: SubmissionRow, at: number, state: "ACCEPTED" | "IN_DOUBT", code: string): Promise<void> =>
      guarded(() =>
        db.transaction().execute(async (tx) => {
          const reason = state === "ACCEPTED" ? null : JSON.stringify({ code, retryable: false } satisfies Reason);
          const next_at = (row.signed_at ?? at) + searchDelayMs(0, timings);
          if (
            await change(tx, row, ["DISPATCHING"], { state, reason, next_at, lease_owner: null, lease_until: null }, at)
          ) {
            await setAttemptCode(tx, row, code);
            await audit.append(
              tx,
              event(row, at, "job.create", state === "ACCEPTED" ? "done" : "failed", { state, code }),
            );
          }
          await releaseGate(tx, at + timings.createSpacingMs, null);
        }),
      ),

    /** Certainly no job: settled, or tried again while its time lasts. */
    refuse: (
      row: SubmissionRow,
      at: number,
      reason: Reason,
      retry: { waitMs: number; gateMs: number } | null,
    ): Promise<void> =>
      guarded(() =>
        db.transaction().execute(async (tx) => {
          const again =
            retry !== null && row.attempts < maxAttempts && at + retry.waitMs <= row.due_at + timings.misfireGraceMs;
          const state = again ? "RETRY_WAIT" : retry === null || row.attempts >= maxAttempts ? "FAILED" : "MISSED";
          const next_at = again ? at + retry.waitMs : null;
          if (
            await change(
              tx,
              row,
              ["DISPATCHING", "IN_DOUBT"],
              { state, reason: JSON.stringify(reason), next_at, lease_owner: null, lease_until: null },
              at,
            )
          ) {
            await setAttemptCode(tx, row, reason.code);
            if (!again) await unbook(tx, row.id);
            await audit.append(tx, event(row, at, "job.create", "refused", { code: reason.code, state }));
          }
          await releaseGate(
            tx,
            at + Math.max(timings.createSpacingMs, retry?.gateMs ?? 0),
            retry !== null && retry.gateMs > 0 ? reason.code : null,
          );
        }),
      ),

    /** Takes one submission whose job is to be looked for; `null` when none is due. */
    takeSearch: (at: number): Promise<SubmissionRow | null> =>
      guarded(async () => {
        const due = await db
          .selectFrom("submission")
          .selectAll()
          .where("state", "in", [...searching])
          .where("next_at", "<=", at)
          .where((row) => row.or([row("lease_until", "is", null), row("lease_until", "<=", at)]))
          .orderBy("next_at")
          .limit(1)
          .executeTakeFirst();
        if (due === undefined) return null;
        const lease_until = at + leaseMs;
        const taken = await db
          .updateTable("submission")
          .set({ lease_owner: owner, lease_until })
          .where("id", "=", due.id)
          .where("fence", "=", due.fence)
          .where("state", "=", due.state)
          .where("next_at", "=", due.next_at)
          .where((row) => row.or([row("lease_until", "is", null), row("lease_until", "<=", at)]))
          .executeTakeFirst();
        return taken.numUpdatedRows === 1n ? { ...due, lease_owner: owner, lease_until } : null;
      }),

    /**
     * A search without a hit. It counts when it began after the fence, twice in a row a step apart; then the attempt made no job:
     * sent again, or left to a person the third time or when its time is over. `startedAt` is by the gateway's clock; `failed`
     * when the search itself did not work.
     */
    notFound: (row: SubmissionRow, at: number, startedAt: number, failed: boolean): Promise<SubmissionState> =>
      guarded(() =>
        db.transaction().execute(async (tx) => {
          const searches = row.searches + 1;
          const counts = !failed && startedAt >= fenceEndsAt(row.signed_at ?? row.created_at, timings);
          const spaced = row.last_absence_at === null || startedAt - row.last_absence_at >= timings.reconcileStepMs;
          const absences = failed ? 0 : counts && spaced ? row.absences + 1 : row.absences;
          const last_absence_at = failed ? null : counts && spaced ? startedAt : row.last_absence_at;
          if (absences < 2) {
            const planned = (row.signed_at ?? at) + searchDelayMs(searches, timings);
            const next_at =
              absences === 1
                ? at + timings.reconcileStepMs
                : Math.max(planned, at + Math.ceil(timings.reconcileStepMs / 15));
            await change(
              tx,
              row,
              searching,
              { state: row.state, searches, absences, last_absence_at, next_at, lease_owner: null, lease_until: null },
              at,
            );
            return row.state;
          }
          const proven = row.proven_absent + 1;
          // The upstream said yes, and yet no list has the token: from now on its absence proves nothing.
          if (row.state === "ACCEPTED") await closeResend(tx, at, `submission/${row.id}`);
          const blockedBy = await resendBlockedBy(tx);
          const reason: Reason = { code: blockedBy ?? "OUTCOME_UNKNOWN", retryable: false };
          const inTime = at <= row.due_at + timings.misfireGraceMs;
          const state =
            blockedBy !== null || proven >= maxProvenAbsent || row.attempts >= maxAttempts
              ? "NEEDS_REVIEW"
              : inTime
                ? "RETRY_WAIT"
                : "MISSED";
          const next_at = state === "RETRY_WAIT" ? at : null;
          const set = {
            state,
            proven_absent: proven,
            reason: JSON.stringify(reason),
            next_at,
            searches,
            absences,
            last_absence_at,
            lease_owner: null,
            lease_until: null,
          } as const;
          if (await change(tx, row, searching, set, at)) {
            if (state === "MISSED") await unbook(tx, row.id);
            await audit.append(tx, event(row, at, "submission.absent", "done", { state, proven }));
          }
          return state;
        }),
      ),

    review: (row: SubmissionRow, at: number, code: string): Promise<void> =>
      guarded(() =>
        db.transaction().execute(async (tx) => {
          const reason: Reason = { code, retryable: false };
          if (
            await change(
              tx,
              row,
              searching,
              {
                state: "NEEDS_REVIEW",
                reason: JSON.stringify(reason),
                next_at: null,
                lease_owner: null,
                lease_until: null,
              },
              at,
            )
          ) {
            await audit.append(tx, event(row, at, "submission.review", "failed", { code }));
          }
        }),
      ),

    /** Cancels what has not been claimed. Throws SUBMISSION_NOT_FOUND or SUBMISSION_IN_FLIGHT. */
    cancel: (id: string, at: number, user: User, requestId: string): Promise<Submission> =>
      guarded(() =>
        db.transaction().execute(async (tx) => {
          const row = await tx.selectFrom("submission").selectAll().where("id", "=", id).executeTakeFirst();
          if (row === undefined) throw new WscError("SUBMISSION_NOT_FOUND");
          if (!(await change(tx, row, waiting, { state: "CANCELLED", fence: row.fence + 1, reason: null }, at)))
            throw new WscError("SUBMISSION_IN_FLIGHT");
          await unbook(tx, id);
          await audit.append(tx, { ...event(row, at, "submission.cancel", "done", {}, actedBy(user)), requestId });
          const attempts = await tx
            .selectFrom("attempt")
            .selectAll()
            .where("submission_id", "=", id)
            .orderBy("number")
            .execute();
          return view({ ...row, state: "CANCELLED", reason: null }, attempts, user);
        }),
      ),

    /** What a person decided about a submission in NEEDS_REVIEW. Throws SUBMISSION_NOT_FOUND or SUBMISSION_IN_FLIGHT. */
    resolve: (
      id: string,
      at: number,
      user: User,
      requestId: string,
      choice: { kind: "exists"; instanceNo: string } | { kind: "resend" } | { kind: "drop" },
    ): Promise<Submission> =>
      guarded(() =>
        db.transaction().execute(async (tx) => {
          const row = await tx.selectFrom("submission").selectAll().where("id", "=", id).executeTakeFirst();
          if (row === undefined) throw new WscError("SUBMISSION_NOT_FOUND");
          const set =
            choice.kind === "exists"
              ? ({ state: "BOUND", instance_no: choice.instanceNo, reason: null } as const)
              : choice.kind === "drop"
                ? ({ state: "CANCELLED", reason: null } as const)
                : // A person's word starts the clock anew: the grace of the first due time is long over.
                  ({
                    state: "RETRY_WAIT",
                    due_at: at,
                    next_at: at,
                    proven_absent: 0,
                    attempts: 0,
                    reason: null,
                  } as const);
          const fence = row.fence + 1;
          if (!(await change(tx, row, ["NEEDS_REVIEW"], { ...set, fence }, at)))
            throw new WscError("SUBMISSION_IN_FLIGHT");
          if (choice.kind === "drop") await unbook(tx, id);
          if (choice.kind === "resend") await tx.deleteFrom("attempt").where("submission_id", "=", id).execute();
          await audit.append(tx, {
            ...event(
              row,
              at,
              `submission.resolve.${choice.kind}`,
              "done",
              choice.kind === "exists" ? { instanceNo: choice.instanceNo } : {},
              actedBy(user),
            ),
            requestId,
          });
          const attempts = await tx
            .selectFrom("attempt")
            .selectAll()
            .where("submission_id", "=", id)
            .orderBy("number")
            .execute();
          return view({ ...row, ...set }, attempts, user);
        }),
      ),
  };
}
