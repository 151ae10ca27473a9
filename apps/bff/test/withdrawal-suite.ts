import type { SubmissionState } from "@wsc-dashboard/wsc-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { OpenDatabase } from "../src/database/open-database.ts";
import type { SubmissionRow } from "../src/database/schema.ts";
import { createSchedules, type Schedules } from "../src/schedules/schedules.ts";
import {
  absent,
  admin,
  type Bench,
  createBench,
  type DatabaseKind,
  noon,
  operator,
  present,
  requestOf,
  ringOf,
  timings,
} from "./database-bench.ts";

const hour = 3_600_000;
const due = noon + hour;
const proofMs = timings.signatureValidityMs + timings.indexLagMs;

const { when: _, ...job } = requestOf("https://shop.example.com/");
const request = {
  ...job,
  rule: { every: "day" as const, localTime: "13:00", zone: "Asia/Seoul" },
  collision: "queue" as const,
  blackout: [],
};

/** Changes to a schedule after which its open runs no longer match it. */
const acts = {
  pause: (schedules: Schedules, id: string, at: number) => schedules.pause(id, operator, at, "request-9"),
  update: (schedules: Schedules, id: string, at: number) =>
    schedules.update(id, { ...request, memo: "changed" }, operator, at, "request-9"),
  remove: (schedules: Schedules, id: string, at: number) => schedules.remove(id, operator, at, "request-9"),
} as const;
type Act = keyof typeof acts;
const actNames = Object.keys(acts) as Act[];

/** Promises about the runs of a schedule that is paused, changed or deleted, the same on both databases. */
export function describeWithdrawal(kind: DatabaseKind): void {
  let database: OpenDatabase;
  let bench: Bench;
  let schedules: Schedules;
  let scheduleId: string;
  beforeAll(async () => {
    database = await kind.create();
  });
  afterAll(() => database.close());

  /** Creates a schedule whose run of today is SCHEDULED. */
  async function begin(): Promise<SubmissionRow> {
    bench = await createBench(database);
    schedules = createSchedules({
      ...{ database, audit: bench.audit, ring: ringOf(1), outbox: bench.outbox, perUser: 0 },
      timings: { misfireGraceMs: 1_800_000 },
    });
    ({ id: scheduleId } = await schedules.create(request, operator, noon, "request-1"));
    await schedules.makeDueRuns(due);
    return database.db.selectFrom("submission").selectAll().executeTakeFirstOrThrow();
  }

  const claim = async (at = due): Promise<SubmissionRow> => present(await bench.outbox.claim(at));
  const dispatch = async (at = due): Promise<SubmissionRow> =>
    present(await bench.outbox.beginDispatch(await claim(at), at, "hash"));
  const refusal = { code: "160452", retryable: true };
  const noLock = { waitMs: 60_000, lockMs: 0 };
  async function inDoubt(state: "IN_DOUBT" | "ACCEPTED" = "IN_DOUBT"): Promise<void> {
    await bench.outbox.search(await dispatch(), due, state, { code: "500" });
  }

  /** How a run reaches each open state. */
  const reach: Partial<Record<SubmissionState, (run: SubmissionRow) => Promise<unknown>>> = {
    SCHEDULED: async () => undefined,
    HELD: async (run) => {
      // Somebody else's booking fills the budget; the run's own shows that it is given back.
      await bench.as("first", { budgets: { perDay: 1 } }).claim(due);
      await database.db
        .insertInto("booking")
        .values({ submission_id: run.id, owner_id: operator.id, booked_at: due })
        .execute();
    },
    RETRY_WAIT: async () => bench.outbox.refuse(await dispatch(), due, refusal, noLock),
    CLAIMED: () => claim(),
    DISPATCHING: () => dispatch(),
    ACCEPTED: () => inDoubt("ACCEPTED"),
    IN_DOUBT: () => inDoubt(),
    NEEDS_REVIEW: async (run) => {
      await inDoubt();
      await bench.outbox.review(await bench.row(run.id), due, "SUBMISSION_DOUBLED");
    },
  };

  async function runIn(state: SubmissionState): Promise<SubmissionRow> {
    const run = await begin();
    if (state === "HELD") {
      await database.db
        .insertInto("booking")
        .values({ submission_id: "other", owner_id: admin.id, booked_at: due })
        .execute();
    }
    await present(reach[state])(run);
    const row = await bench.row(run.id);
    expect(row.state).toBe(state);
    return row;
  }

  const bookingsOf = async (id: string) =>
    (await database.db.selectFrom("booking").select("submission_id").where("submission_id", "=", id).execute()).length;
  async function entriesOf(id: string) {
    const rows = await database.db.selectFrom("audit").select("entry").orderBy("seq").execute();
    return rows.map(({ entry }) => JSON.parse(entry)).filter(({ object }) => object === `submission/${id}`);
  }
  /** Nothing is claimed any more, at any time within the grace period. */
  async function expectNeverClaimed(): Promise<void> {
    await bench.outbox.recover(due + 10 * 60_000, true);
    for (const minutes of [0, 2, 15, 29]) expect(await bench.outbox.claim(due + minutes * 60_000)).toBeNull();
  }
  /** Two searches after absenceProofStartsAt, one interval apart, without a match. */
  async function proveAbsent(id: string): Promise<SubmissionRow> {
    const from = due + proofMs;
    await bench.outbox.notFound(await bench.row(id), from, from, absent);
    const at = from + timings.reconcileStepMs;
    await bench.outbox.notFound(await bench.row(id), at, at, absent);
    return bench.row(id);
  }

  describe(`a run of a schedule that is paused, changed or deleted (${kind.name})`, () => {
    it("is cancelled before its call: budget released, audit entry, nothing sent", async () => {
      for (const act of actNames) {
        for (const state of ["SCHEDULED", "HELD", "RETRY_WAIT", "CLAIMED"] as const) {
          const run = await runIn(state);
          expect(await bookingsOf(run.id)).toBe(state === "SCHEDULED" ? 0 : 1);
          await acts[act](schedules, scheduleId, due + 1);
          expect(await bench.row(run.id), `${act} ${state}`).toMatchObject({
            state: "CANCELLED",
            settled_at: due + 1,
            next_at: null,
            lease_owner: null,
            reason: JSON.stringify({ code: "SCHEDULE_RUN_WITHDRAWN", retryable: false }),
          });
          expect(await bookingsOf(run.id), `${act} ${state}`).toBe(0);
          expect((await entriesOf(run.id)).at(-1)).toMatchObject({
            action: "submission.cancel",
            result: "done",
            actor: operator.id,
            requestId: "request-9",
            details: { schedule: scheduleId, act },
          });
          if (state === "CLAIMED") expect(await bench.outbox.beginDispatch(run, due + 2, "hash")).toBeNull();
          await expectNeverClaimed();
        }
      }
    });

    it("is unchanged after its call, and is bound when its job exists", async () => {
      for (const act of actNames) {
        for (const state of ["DISPATCHING", "ACCEPTED", "IN_DOUBT", "NEEDS_REVIEW"] as const) {
          const run = await runIn(state);
          await acts[act](schedules, scheduleId, due + 1);
          const withdrawn = await bench.row(run.id);
          expect(withdrawn, `${act} ${state}`).toMatchObject({
            state,
            withdrawn_at: due + 1,
            lease_owner: run.lease_owner,
          });
          // The sender still has the row as it was before.
          expect(await bench.outbox.bind(run, due + 2, "555"), `${act} ${state}`).toBe(true);
          expect(await bench.row(run.id)).toMatchObject({ state: "BOUND", instance_no: "555" });
          expect(await bookingsOf(run.id)).toBe(1);
        }
      }
    });

    it("is cancelled when its job is proven absent: budget released, audit entry, never resent", async () => {
      for (const act of actNames) {
        const run = await runIn("IN_DOUBT");
        await acts[act](schedules, scheduleId, due + 1);
        expect(await proveAbsent(run.id), act).toMatchObject({ state: "CANCELLED", next_at: null });
        expect(await bookingsOf(run.id)).toBe(0);
        expect((await entriesOf(run.id)).at(-1)).toMatchObject({
          action: "submission.absent",
          details: { state: "CANCELLED" },
        });
        await expectNeverClaimed();
      }
    });

    it("is cancelled when its call is refused with a retryable code", async () => {
      for (const act of actNames) {
        const run = await runIn("DISPATCHING");
        await acts[act](schedules, scheduleId, due + 1);
        const refused = await bench.outbox.refuse(run, due + 2, refusal, noLock);
        expect(refused, act).toMatchObject({ state: "CANCELLED", next_at: null, withdrawn_at: due + 1 });
        expect(await bookingsOf(run.id)).toBe(0);
        expect((await entriesOf(run.id)).at(-1)).toMatchObject({ action: "job.create", result: "refused" });
        await expectNeverClaimed();
      }
    });

    it("needs review where absence proves nothing, with the choices exists and drop, not resend", async () => {
      const resolve = (id: string, choice: Parameters<Bench["outbox"]["resolve"]>[4]) =>
        bench.outbox.resolve(id, due + 2 * hour, admin, "request-3", choice);
      for (const choice of [{ kind: "exists", instanceNo: "77" }, { kind: "drop" }] as const) {
        const run = await runIn("ACCEPTED");
        await acts.remove(schedules, scheduleId, due + 1);
        expect(await proveAbsent(run.id)).toMatchObject({ state: "NEEDS_REVIEW" });
        await expect(resolve(run.id, { kind: "resend" })).rejects.toThrow(
          expect.objectContaining({ code: "SCHEDULE_RUN_WITHDRAWN" }),
        );
        expect(await bench.row(run.id)).toMatchObject({ state: "NEEDS_REVIEW" });
        expect((await resolve(run.id, choice)).state).toBe(choice.kind === "exists" ? "BOUND" : "CANCELLED");
      }
    });

    it("is searched for and not resent when the process that sent it has ended", async () => {
      const run = await runIn("DISPATCHING");
      await acts.remove(schedules, scheduleId, due + 1);
      await bench.as("second").recover(present(run.lease_until), false);
      expect(await bench.row(run.id)).toMatchObject({ state: "IN_DOUBT", withdrawn_at: due + 1 });
      expect(await proveAbsent(run.id)).toMatchObject({ state: "CANCELLED" });
    });

    it("is either sent or withdrawn when both happen concurrently, and the schedule makes no other", async () => {
      for (let round = 0; round < 4; round += 1) {
        for (const act of actNames) {
          const run = await begin();
          await Promise.all([
            bench
              .as("second")
              .claim(due)
              .then((row) => (row === null ? null : bench.as("second").beginDispatch(row, due, "hash"))),
            acts[act](schedules, scheduleId, due),
            schedules.makeDueRuns(due + 24 * hour),
          ]);
          const { state, withdrawn_at } = await bench.row(run.id);
          expect(["CANCELLED", "DISPATCHING"]).toContain(state);
          expect(withdrawn_at).toBe(due);
          expect(await bookingsOf(run.id)).toBe(state === "CANCELLED" ? 0 : 1);
          const open = await database.db
            .selectFrom("submission")
            .select("id")
            .where("settled_at", "is", null)
            .where("withdrawn_at", "is", null)
            .execute();
          // A changed schedule goes on; a paused or deleted one creates no runs.
          if (act !== "update") expect(open).toEqual([]);
        }
      }
    });

    it("does not block others of the same target once it is cancelled", async () => {
      await runIn("CLAIMED");
      await acts.pause(schedules, scheduleId, due + 1);
      await bench.outbox.recover(due + 1, false);
      const { id } = await bench.add({ startUrl: request.startUrl, dueAt: due, createdAt: noon });
      expect((await claim(due + timings.createSpacingMs + 1)).id).toBe(id);
    });

    it("does not affect other runs of an active schedule, and the next one is made and sent", async () => {
      const run = await runIn("SCHEDULED");
      await acts.update(schedules, scheduleId, due + 1);
      await schedules.makeDueRuns(due + 24 * hour);
      const next = await claim(due + 24 * hour);
      expect(next).toMatchObject({ schedule_id: scheduleId, withdrawn_at: null });
      expect(next.id).not.toBe(run.id);
    });
  });

  describe(`the target credentials of a run (${kind.name})`, () => {
    const signIn = { kind: "headers" as const, headers: { Cookie: "SID=schedule-canary-4" } };
    beforeEach(async () => {
      await begin();
      ({ id: scheduleId } = await schedules.create({ ...request, signIn }, operator, noon, "request-1"));
    });

    it("are those of its schedule", async () => {
      expect(await schedules.openSignIn(scheduleId)).toEqual(signIn);
    });

    it("are distinguished from none when their row or schedule is missing", async () => {
      const gone = expect.objectContaining({ code: "SIGN_IN_UNREADABLE" });
      await database.db.deleteFrom("schedule_sign_in").where("schedule_id", "=", scheduleId).execute();
      await expect(schedules.openSignIn(scheduleId)).rejects.toThrow(gone);
      await schedules.remove(scheduleId, operator, noon, "request-2");
      await expect(schedules.openSignIn(scheduleId)).rejects.toThrow(gone);
    });

    it("are none for a schedule that was made without any", async () => {
      const { id } = await schedules.create(request, operator, noon, "request-1");
      expect(await schedules.openSignIn(id)).toEqual({ kind: "none" });
    });
  });
}
