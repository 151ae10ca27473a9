import { randomUUID } from "node:crypto";
import {
  type Page,
  pageOf,
  type Schedule,
  type ScheduleRequest,
  targetHostOf,
  WscError,
} from "@wsc-dashboard/wsc-core";
import type { AuditChain } from "../audit/audit-chain.ts";
import { appendConsents } from "../audit/consents.ts";
import { translateDatabaseErrors } from "../database/database-errors.ts";
import type { KeyRing } from "../database/keys.ts";
import type { OpenDatabase } from "../database/open-database.ts";
import type { ScheduleRow } from "../database/schema.ts";
import type { User } from "../identity/identity.ts";
import type { AuditActor } from "../outbox/apply-transition.ts";
import type { SubmissionTimings } from "../outbox/decisions.ts";
import type { Tx } from "../outbox/records.ts";
import type { ScheduleRuns } from "../outbox/schedule-runs.ts";
import { createDueRuns } from "./due-runs.ts";
import { nextRunAfter } from "./run-times.ts";
import { createScheduleCredentials, type ScheduleCredentials } from "./schedule-credentials.ts";
import { blackoutOf, byUser, columnsOf, recordAct, ruleOf, shownRuns, viewOfSchedule } from "./schedule-rows.ts";

export interface ScheduleParts {
  readonly database: OpenDatabase;
  readonly audit: AuditChain;
  readonly ring: KeyRing;
  /** Holds the runs. */
  readonly outbox: ScheduleRuns;
  /** Maximum number of schedules of one person. 0: no limit. */
  readonly perUser: number;
  readonly timings: Pick<SubmissionTimings, "misfireGraceMs">;
}

export type Schedules = ReturnType<typeof createSchedules>;

type Change = (tx: Tx, row: ScheduleRow) => Promise<void>;

function createScheduleQueries({ database, outbox }: Pick<ScheduleParts, "database" | "outbox">) {
  const { db } = database;
  const guarded = translateDatabaseErrors(database);
  const view = async (row: ScheduleRow, user: User, at: number): Promise<Schedule> =>
    viewOfSchedule(row, await outbox.latestRuns(row.id, shownRuns), user, at);
  return {
    list: (user: User, at: number, { page, limit }: Page) =>
      guarded(async () => {
        const { total } = await db
          .selectFrom("schedule")
          .select((row) => row.fn.countAll().as("total"))
          .executeTakeFirstOrThrow();
        const rows = await db
          .selectFrom("schedule")
          .selectAll()
          .orderBy("created_at")
          .orderBy("id")
          .limit(limit)
          .offset((page - 1) * limit)
          .execute();
        const schedules = await Promise.all(rows.map((row) => view(row, user, at)));
        return { schedules, ...pageOf({ page, limit }, Number(total)) };
      }),

    get: (id: string, user: User, at: number): Promise<Schedule> =>
      guarded(async () => {
        const row = await db.selectFrom("schedule").selectAll().where("id", "=", id).executeTakeFirst();
        if (row === undefined) throw new WscError("SCHEDULE_NOT_FOUND");
        return view(row, user, at);
      }),
  };
}

/** Returns the row if the person may change it. Throws SCHEDULE_NOT_FOUND or ROLE_FORBIDDEN. */
async function ownedRow(tx: Tx, id: string, user: User): Promise<ScheduleRow> {
  const row = await tx.selectFrom("schedule").selectAll().where("id", "=", id).executeTakeFirst();
  if (row === undefined) throw new WscError("SCHEDULE_NOT_FOUND");
  if (row.owner_id !== user.id && !user.roles.includes("admin")) throw new WscError("ROLE_FORBIDDEN");
  return row;
}

/** Counts the row inserted in this transaction too. Throws SCHEDULES_EXHAUSTED. */
async function refuseTooMany(tx: Tx, ownerId: string, perUser: number): Promise<void> {
  if (perUser === 0) return;
  const { count } = await tx
    .selectFrom("schedule")
    .select((row) => row.fn.countAll().as("count"))
    .where("owner_id", "=", ownerId)
    .executeTakeFirstOrThrow();
  if (Number(count) > perUser) throw new WscError("SCHEDULES_EXHAUSTED");
}

/** Records a validated request and the consents in it. */
async function recordRequest(
  audit: AuditChain,
  tx: Tx,
  id: string,
  request: ScheduleRequest,
  at: number,
  by: AuditActor,
  act: "create" | "update",
): Promise<void> {
  await recordAct(audit, tx, { id, ...columnsOf(request) }, at, by, act);
  const target = targetHostOf(request.startUrl);
  await appendConsents(audit, tx, request, { at, ...by, object: `schedule/${id}`, target });
}

/**
 * What people do with schedules. The row of the schedule is updated first: its row lock makes the loop that creates runs wait, so
 * that no run is created after the open ones were withdrawn.
 */
function createScheduleActs(
  { database, audit, outbox, perUser }: Omit<ScheduleParts, "ring" | "timings">,
  credentials: ScheduleCredentials,
  get: (id: string, user: User, at: number) => Promise<Schedule>,
) {
  const guarded = translateDatabaseErrors(database);
  const change = (id: string, user: User, work: Change): Promise<void> =>
    guarded(() => database.db.transaction().execute(async (tx) => work(tx, await ownedRow(tx, id, user))));
  const set = (tx: Tx, id: string, columns: Partial<ScheduleRow>) =>
    tx.updateTable("schedule").set(columns).where("id", "=", id).execute();

  return {
    async create(request: ScheduleRequest, user: User, at: number, requestId: string): Promise<Schedule> {
      const id = randomUUID();
      const next_at = nextRunAfter(request.rule, request.blackout, at);
      const owner = { owner_id: user.id, owner_name: user.name };
      const started = { paused_by: null, next_at, created_at: at, resumed_at: at };
      await guarded(() =>
        database.db.transaction().execute(async (tx) => {
          const values = { id, ...owner, ...columnsOf(request), ...started };
          await tx.insertInto("schedule").values(values).execute();
          await refuseTooMany(tx, user.id, perUser);
          await credentials.seal(tx, id, request.signIn);
          await recordRequest(audit, tx, id, request, at, byUser(user, requestId), "create");
        }),
      );
      return get(id, user, at);
    },

    async update(id: string, request: ScheduleRequest, user: User, at: number, requestId: string): Promise<Schedule> {
      const next = nextRunAfter(request.rule, request.blackout, at);
      const by = byUser(user, requestId);
      await change(id, user, async (tx, row) => {
        const next_at = row.paused_by === null ? next : null;
        await set(tx, id, { ...columnsOf(request), next_at, resumed_at: at });
        await credentials.seal(tx, id, request.signIn);
        await outbox.withdrawRuns(tx, id, at, by, "update");
        await recordRequest(audit, tx, id, request, at, by, "update");
      });
      database.scrub();
      return get(id, user, at);
    },

    async pause(id: string, user: User, at: number, requestId: string): Promise<Schedule> {
      const by = byUser(user, requestId);
      await change(id, user, async (tx, row) => {
        await set(tx, id, { paused_by: "user", next_at: null });
        await outbox.withdrawRuns(tx, id, at, by, "pause");
        await recordAct(audit, tx, row, at, by, "pause");
      });
      return get(id, user, at);
    },

    async resume(id: string, user: User, at: number, requestId: string): Promise<Schedule> {
      await change(id, user, async (tx, row) => {
        const next_at = nextRunAfter(ruleOf(row), blackoutOf(row), at);
        await set(tx, id, { paused_by: null, next_at, resumed_at: at });
        await recordAct(audit, tx, row, at, byUser(user, requestId), "resume");
      });
      return get(id, user, at);
    },

    async remove(id: string, user: User, at: number, requestId: string): Promise<void> {
      const by = byUser(user, requestId);
      await change(id, user, async (tx, row) => {
        await tx.deleteFrom("schedule").where("id", "=", id).execute();
        await credentials.erase(tx, id);
        await outbox.withdrawRuns(tx, id, at, by, "remove");
        await recordAct(audit, tx, row, at, by, "remove");
      });
      database.scrub();
    },
  };
}

/** Schedules: rules that create submissions, and what people do with them. */
export function createSchedules({ database, audit, ring, outbox, perUser, timings }: ScheduleParts) {
  const credentials = createScheduleCredentials(database, ring);
  const queries = createScheduleQueries({ database, outbox });
  return {
    ...queries,
    ...createScheduleActs({ database, audit, outbox, perUser }, credentials, queries.get),
    ...createDueRuns({ database, audit, outbox, timings }),
    openSignIn: credentials.openSignIn,
  };
}
