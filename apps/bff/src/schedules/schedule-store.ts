import { randomUUID } from "node:crypto";
import {
  type Draft,
  type Schedule,
  type ScheduleRequest,
  type SignIn,
  signInOutline,
  targetHostOf,
  WscError,
} from "@wsc-dashboard/wsc-core";
import type { Transaction } from "kysely";
import type { AuditChain } from "../audit/audit-chain.ts";
import { actedBy } from "../audit/audit-event.ts";
import { appendConsents } from "../audit/consents.ts";
import type { User } from "../identity/identity.ts";
import type { KeyRing } from "../store/keys.ts";
import type { OpenStore } from "../store/open-store.ts";
import type { Database, ScheduleRow } from "../store/schema.ts";
import { sealedColumns } from "../store/sealed-values.ts";
import { storeGuard } from "../store/store-guard.ts";
import { nextRunAfter, nextRuns } from "./run-times.ts";
import { runToken } from "./run-token.ts";

type Tx = Transaction<Database>;

/** What a schedule keeps of its request: everything but sign-in values, rule and choices, which have their own columns. */
type KeptRequest = Omit<ScheduleRequest, "signIn" | "rule" | "collision" | "blackout"> & {
  readonly signInNames?: Draft["signIn"];
};

const system = "system";
/** So many runs in a row that failed pause a schedule. */
const failuresBeforePause = 3;
/** Missed runs written down one by one after a long time off; older ones are only counted by their absence. */
const missedKept = 100;
const shownRuns = 10;

const { placeOf } = sealedColumns.scheduleSignIns;

export type ScheduleStore = ReturnType<typeof createScheduleStore>;

/** Schedules and the submissions they make: one for each run, at the instant promised, never two and never a burst. */
export function createScheduleStore(store: OpenStore, audit: AuditChain, ring: KeyRing, misfireGraceMs: number) {
  const { db } = store;
  const guarded = storeGuard(store);
  const transact = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => guarded(() => db.transaction().execute(work));

  /** `user`: nobody when the dashboard does it by itself. */
  async function record(
    tx: Tx,
    { id, request }: Pick<ScheduleRow, "id" | "request">,
    at: number,
    user: User | null,
    action: string,
    requestId?: string,
  ): Promise<void> {
    await audit.append(tx, {
      at,
      ...(user === null ? { actor: system } : actedBy(user)),
      action: `schedule.${action}`,
      object: `schedule/${id}`,
      target: targetHostOf((JSON.parse(request) as KeptRequest).startUrl),
      result: "done",
      ...(requestId === undefined ? {} : { requestId }),
    });
  }

  /** A request that was taken in, and the consents in it. */
  async function recordRequest(
    tx: Tx,
    id: string,
    request: ScheduleRequest,
    at: number,
    user: User,
    action: "create" | "update",
    requestId: string,
  ): Promise<void> {
    await record(tx, { id, ...columnsOf(request) }, at, user, action, requestId);
    const target = targetHostOf(request.startUrl);
    await appendConsents(audit, tx, request, { at, ...actedBy(user), object: `schedule/${id}`, target, requestId });
  }

  const ruleOf = (row: ScheduleRow): ScheduleRequest["rule"] => JSON.parse(row.rule);
  const blackoutOf = (row: ScheduleRow): ScheduleRequest["blackout"] => JSON.parse(row.blackout);

  function columnsOf(request: ScheduleRequest) {
    const { signIn, rule, collision, blackout, ...kept } = request;
    return {
      rule: JSON.stringify(rule),
      collision,
      blackout: JSON.stringify(blackout),
      request: JSON.stringify({ ...kept, signInNames: signInOutline(signIn) } satisfies KeptRequest),
      sign_in_kind: signIn.kind,
    };
  }

  async function sealSignIn(tx: Tx, id: string, { signIn }: ScheduleRequest): Promise<void> {
    await tx.deleteFrom("schedule_sign_in").where("schedule_id", "=", id).execute();
    if (signIn.kind === "none") return;
    await tx
      .insertInto("schedule_sign_in")
      .values({ schedule_id: id, sealed: ring.seal(JSON.stringify(signIn), placeOf(id)) })
      .execute();
  }

  /** Waiting submissions of a schedule that is changed or gone are cancelled: what they would do is no longer what it says. */
  async function cancelWaiting(tx: Tx, id: string, at: number): Promise<void> {
    const waiting = await tx
      .selectFrom("submission")
      .select(["id", "fence"])
      .where("schedule_id", "=", id)
      .where("state", "in", ["SCHEDULED", "HELD", "RETRY_WAIT"])
      .execute();
    for (const row of waiting) {
      await tx
        .updateTable("submission")
        .set({ state: "CANCELLED", fence: row.fence + 1, next_at: null, settled_at: at })
        .where("id", "=", row.id)
        .where("fence", "=", row.fence)
        .where("state", "in", ["SCHEDULED", "HELD", "RETRY_WAIT"])
        .execute();
    }
  }

  async function view(row: ScheduleRow, user: User, at: number): Promise<Schedule> {
    const runs = await db
      .selectFrom("submission")
      .selectAll()
      .where("schedule_id", "=", row.id)
      .orderBy("due_at", "desc")
      .limit(shownRuns)
      .execute();
    const kept = JSON.parse(row.request) as KeptRequest;
    return {
      id: row.id,
      state: row.paused_by === null ? "active" : "paused",
      ...(row.paused_by === null ? {} : { pausedBy: row.paused_by }),
      owner: row.owner_name,
      isOwn: row.owner_id === user.id || user.roles.includes("admin"),
      createdAt: new Date(row.created_at).toISOString(),
      startUrl: kept.startUrl,
      memo: kept.memo,
      excludeUrls: kept.excludeUrls,
      items: kept.items,
      userAgent: kept.userAgent,
      speed: kept.speed,
      signInKind: row.sign_in_kind,
      rule: ruleOf(row),
      collision: row.collision,
      blackout: blackoutOf(row),
      next: row.paused_by === null ? nextRuns(ruleOf(row), blackoutOf(row), at, shownRuns) : [],
      runs: runs.map((run) => {
        const reason = run.reason === null ? null : (JSON.parse(run.reason) as { code: string });
        return {
          submissionId: run.id,
          dueAt: new Date(run.due_at).toISOString(),
          state: run.state,
          ...(reason === null ? {} : { code: reason.code }),
          ...(run.instance_no === null ? {} : { instanceNo: run.instance_no }),
        };
      }),
    };
  }

  /** The row, for somebody who may change it. Throws SCHEDULE_NOT_FOUND or ROLE_FORBIDDEN. */
  async function owned(tx: Tx, id: string, user: User): Promise<ScheduleRow> {
    const row = await tx.selectFrom("schedule").selectAll().where("id", "=", id).executeTakeFirst();
    if (row === undefined) throw new WscError("SCHEDULE_NOT_FOUND");
    if (row.owner_id !== user.id && !user.roles.includes("admin")) throw new WscError("ROLE_FORBIDDEN");
    return row;
  }

  async function read(id: string, user: User, at: number): Promise<Schedule> {
    const row = await db.selectFrom("schedule").selectAll().where("id", "=", id).executeTakeFirst();
    if (row === undefined) throw new WscError("SCHEDULE_NOT_FOUND");
    return view(row, user, at);
  }

  /** Whether the newest runs, as many as count, all came to nothing. */
  async function keepsFailing(tx: Tx, row: ScheduleRow): Promise<boolean> {
    const latest = await tx
      .selectFrom("submission")
      .select("state")
      .where("schedule_id", "=", row.id)
      .where("due_at", ">", row.resumed_at)
      .where("settled_at", "is not", null)
      .orderBy("due_at", "desc")
      .limit(failuresBeforePause)
      .execute();
    return latest.length === failuresBeforePause && latest.every(({ state }) => state === "FAILED");
  }

  async function insertRun(tx: Tx, row: ScheduleRow, dueAt: number, at: number): Promise<void> {
    const kept = JSON.parse(row.request) as KeptRequest;
    const missed = at > dueAt + misfireGraceMs;
    const id = randomUUID();
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto("submission")
      .values({
        id,
        token: runToken(row.id, dueAt),
        state: missed ? "MISSED" : "SCHEDULED",
        owner_id: row.owner_id,
        owner_name: row.owner_name,
        request: JSON.stringify({ ...kept, signIn: { kind: "none" } }),
        target: targetHostOf(kept.startUrl),
        created_at: at,
        due_at: dueAt,
        next_at: missed ? null : dueAt,
        lease_owner: null,
        lease_until: null,
        signed_at: null,
        last_absence_at: null,
        instance_no: null,
        reason: missed ? JSON.stringify({ code: "SUBMISSION_MISSED", retryable: false }) : null,
        settled_at: missed ? at : null,
        schedule_id: row.id,
        collision: row.collision,
        blackout: row.blackout,
        local_time: null,
        zone: ruleOf(row).zone,
        rescan_of: kept.rescanOf ?? null,
      })
      // The clock went back: the run is there already, sent, waiting or cancelled.
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow();
    if (numInsertedOrUpdatedRows !== 1n) return;
    await audit.append(tx, {
      at,
      actor: system,
      action: missed ? "submission.miss" : "submission.create",
      object: `submission/${id}`,
      target: targetHostOf(kept.startUrl),
      result: missed ? "failed" : "done",
      details: { schedule: row.id, dueAt: new Date(dueAt).toISOString() },
    });
  }

  return {
    list: (user: User, at: number): Promise<Schedule[]> =>
      guarded(async () => {
        const rows = await db.selectFrom("schedule").selectAll().orderBy("created_at").limit(500).execute();
        return Promise.all(rows.map((row) => view(row, user, at)));
      }),

    get: (id: string, user: User, at: number): Promise<Schedule> => guarded(() => read(id, user, at)),

    async create(request: ScheduleRequest, user: User, at: number, requestId: string): Promise<Schedule> {
      const id = randomUUID();
      const next_at = nextRunAfter(request.rule, request.blackout, at);
      await transact(async (tx) => {
        await tx
          .insertInto("schedule")
          .values({
            id,
            owner_id: user.id,
            owner_name: user.name,
            ...columnsOf(request),
            paused_by: null,
            next_at,
            created_at: at,
            resumed_at: at,
          })
          .execute();
        await sealSignIn(tx, id, request);
        await recordRequest(tx, id, request, at, user, "create", requestId);
      });
      return guarded(() => read(id, user, at));
    },

    async update(id: string, request: ScheduleRequest, user: User, at: number, requestId: string): Promise<Schedule> {
      const next = nextRunAfter(request.rule, request.blackout, at);
      await transact(async (tx) => {
        const row = await owned(tx, id, user);
        const next_at = row.paused_by === null ? next : null;
        await tx
          .updateTable("schedule")
          .set({ ...columnsOf(request), next_at, resumed_at: at })
          .where("id", "=", id)
          .execute();
        await cancelWaiting(tx, id, at);
        await sealSignIn(tx, id, request);
        await recordRequest(tx, id, request, at, user, "update", requestId);
      });
      store.scrub();
      return guarded(() => read(id, user, at));
    },

    async pause(id: string, user: User, at: number, requestId: string): Promise<Schedule> {
      await transact(async (tx) => {
        const row = await owned(tx, id, user);
        await tx.updateTable("schedule").set({ paused_by: "user", next_at: null }).where("id", "=", id).execute();
        await cancelWaiting(tx, id, at);
        await record(tx, row, at, user, "pause", requestId);
      });
      return guarded(() => read(id, user, at));
    },

    async resume(id: string, user: User, at: number, requestId: string): Promise<Schedule> {
      await transact(async (tx) => {
        const row = await owned(tx, id, user);
        const next_at = nextRunAfter(ruleOf(row), blackoutOf(row), at);
        await tx
          .updateTable("schedule")
          .set({ paused_by: null, next_at, resumed_at: at })
          .where("id", "=", id)
          .execute();
        await record(tx, row, at, user, "resume", requestId);
      });
      return guarded(() => read(id, user, at));
    },

    async remove(id: string, user: User, at: number, requestId: string): Promise<void> {
      await transact(async (tx) => {
        const row = await owned(tx, id, user);
        await cancelWaiting(tx, id, at);
        await tx.deleteFrom("schedule_sign_in").where("schedule_id", "=", id).execute();
        await tx.deleteFrom("schedule").where("id", "=", id).execute();
        await record(tx, row, at, user, "remove", requestId);
      });
      store.scrub();
    },

    /** The sign-in of a schedule, for a run of it. Throws SealBroken. */
    openSignIn: (scheduleId: string): Promise<SignIn> =>
      guarded(async () => {
        const row = await db
          .selectFrom("schedule_sign_in")
          .select("sealed")
          .where("schedule_id", "=", scheduleId)
          .executeTakeFirst();
        return row === undefined
          ? { kind: "none" }
          : (JSON.parse(ring.open(row.sealed, placeOf(scheduleId))) as SignIn);
      }),

    isAnyRunDue: (at: number): Promise<boolean> =>
      guarded(async () => {
        const due = await db
          .selectFrom("schedule")
          .select("id")
          .where("next_at", "<=", at)
          .where("paused_by", "is", null)
          .limit(1)
          .executeTakeFirst();
        return due !== undefined;
      }),

    /**
     * Makes a submission for every run that has come due: one transaction each, conditional on the run it stands at, so that
     * replicas and restarts make none twice. Runs missed for too long are written down as missed.
     */
    async makeDueRuns(at: number): Promise<void> {
      const due = await guarded(() =>
        db
          .selectFrom("schedule")
          .select(["id"])
          .where("next_at", "<=", at)
          .where("paused_by", "is", null)
          .orderBy("next_at")
          .limit(100)
          .execute(),
      );
      for (const { id } of due) {
        for (let made = 0; made < missedKept; made += 1) {
          const goesOn = await transact(async (tx) => {
            const row = await tx.selectFrom("schedule").selectAll().where("id", "=", id).executeTakeFirst();
            if (row === undefined || row.paused_by !== null || row.next_at === null || row.next_at > at) return false;
            const dueAt = row.next_at;
            const failing = await keepsFailing(tx, row);
            // After a very long time off the oldest runs are left out: a hundred lines say enough.
            const next_at = failing
              ? null
              : nextRunAfter(ruleOf(row), blackoutOf(row), made === missedKept - 1 ? at : dueAt);
            const { numUpdatedRows } = await tx
              .updateTable("schedule")
              .set({ next_at, paused_by: failing ? "failures" : null })
              .where("id", "=", id)
              .where("next_at", "=", dueAt)
              .executeTakeFirst();
            if (numUpdatedRows !== 1n) return false;
            if (failing) {
              await record(tx, row, at, null, "pause");
              return false;
            }
            await insertRun(tx, row, dueAt, at);
            return true;
          });
          if (!goesOn) break;
        }
      }
    },
  };
}
