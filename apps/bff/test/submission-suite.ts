import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { OpenDatabase } from "../src/database/open-database.ts";
import type { SubmissionRow } from "../src/database/schema.ts";
import { forgetFact } from "../src/gateway-facts/fact-rows.ts";
import type { User } from "../src/identity/identity.ts";
import { maxAttempts } from "../src/outbox/decisions.ts";
import type { Outbox } from "../src/outbox/outbox.ts";
import {
  absent,
  admin,
  type Bench,
  createBench,
  type DatabaseKind,
  failed,
  noon,
  operator,
  present,
  timings,
} from "./database-bench.ts";

const minute = 60_000;
const hour = 60 * minute;
const absenceProofDelayMs = timings.signatureValidityMs + timings.indexLagMs;
const refusal = { code: "160451", retryable: false };

/** Promises of createOutbox, the same on both databases. */
export function describeSubmissionDatabase(kind: DatabaseKind): void {
  let database: OpenDatabase;
  let bench: Bench;
  beforeAll(async () => {
    database = await kind.create();
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    bench = await createBench(database);
  });

  const claim = async (at = noon): Promise<SubmissionRow> => present(await bench.outbox.claim(at));
  const dispatching = async (at = noon): Promise<SubmissionRow> =>
    present(await bench.outbox.beginDispatch(await claim(at), at, "hash"));
  async function inDoubt(at = noon): Promise<SubmissionRow> {
    const row = await dispatching(at);
    await bench.outbox.search(row, at, "IN_DOUBT", { code: "500" });
    return bench.row(row.id);
  }
  const absenceProofStart = (row: SubmissionRow): number => (row.signed_at ?? 0) + absenceProofDelayMs;
  /** Two searches after absenceProofStartsAt, one interval apart, without a match. */
  async function provenAbsent(row: SubmissionRow, from = absenceProofStart(row)): Promise<SubmissionRow> {
    await bench.outbox.notFound(row, from, from, absent);
    const at = from + timings.reconcileStepMs;
    await bench.outbox.notFound(await bench.row(row.id), at, at, absent);
    return bench.row(row.id);
  }

  describe(`a claim (${kind.name})`, () => {
    it("takes what is due, the longest waiting first, and increments the fencing token", async () => {
      const later = await bench.add({ dueAt: noon + minute });
      const sooner = await bench.add({ dueAt: noon - minute });
      const row = await claim(noon + hour / 4);
      expect(row).toMatchObject({ id: sooner.id, state: "CLAIMED", version: 1, lease_owner: "first" });
      expect(await bench.row(later.id)).toMatchObject({ state: "SCHEDULED", version: 0 });
    });

    it("takes nothing a millisecond before it is due", async () => {
      await bench.add({ dueAt: noon + 1 });
      expect(await bench.outbox.isAnythingDue(noon)).toBe(false);
      expect(await bench.outbox.claim(noon)).toBeNull();
      expect(await bench.outbox.isAnythingDue(noon + 1)).toBe(true);
      expect((await claim(noon + 1)).state).toBe("CLAIMED");
    });

    it("allows one claim at a time across processes", async () => {
      await bench.add();
      await bench.add();
      await claim();
      expect(await bench.outbox.claim(noon)).toBeNull();
      expect(await bench.as("second").claim(noon)).toBeNull();
    });

    it("keeps the spacing between calls across processes", async () => {
      await bench.add();
      await bench.add();
      const row = await dispatching();
      await bench.outbox.bind(row, noon + 100, "1");
      expect(await bench.as("second").claim(noon + 100 + timings.createSpacingMs - 1)).toBeNull();
      expect(await bench.as("second").claim(noon + 100 + timings.createSpacingMs)).not.toBeNull();
    });

    it("of a process that has ended releases the send lock when its lease expires, not before", async () => {
      await bench.add();
      await bench.add();
      const held = await claim();
      const leaseUntil = present(held.lease_until);
      const second = bench.as("second");
      await second.recover(leaseUntil - 1, false);
      expect(await second.claim(leaseUntil - 1)).toBeNull();
      expect(await bench.row(held.id)).toMatchObject({ state: "CLAIMED" });
      await second.recover(leaseUntil, false);
      expect(await bench.row(held.id)).toMatchObject({ state: "SCHEDULED", lease_owner: null, version: 2 });
      expect(await second.claim(leaseUntil)).not.toBeNull();
    });

    it("skips targets whose last outcome is unknown, and no others", async () => {
      await bench.add({ startUrl: "https://doubt.example.com/a", dueAt: noon - 2 });
      await inDoubt();
      const same = await bench.add({ startUrl: "https://doubt.example.com/b", dueAt: noon - 1 });
      const other = await bench.add({ startUrl: "https://other.example.com/" });
      expect((await claim(noon + timings.createSpacingMs)).id).toBe(other.id);
      expect(await bench.row(same.id)).toMatchObject({ state: "SCHEDULED", version: 0 });
    });

    it("is not starved by a hundred submissions for one target in doubt", async () => {
      await bench.add({ startUrl: "https://doubt.example.com/", dueAt: noon - 2 });
      await inDoubt();
      for (let count = 0; count < 100; count += 1) {
        await bench.add({ startUrl: "https://doubt.example.com/", dueAt: noon - 1 });
      }
      const other = await bench.add({ startUrl: "https://other.example.com/" });
      const seen: (string | undefined)[] = [];
      for (let tick = 1; tick <= 4; tick += 1) {
        seen.push((await bench.outbox.claim(noon + timings.createSpacingMs + tick))?.id);
      }
      expect(seen).toContain(other.id);
    });

    it("marks what is past its grace period as MISSED, with an audit entry", async () => {
      const missed = await bench.add({ dueAt: noon - timings.misfireGraceMs - 1 });
      const intime = await bench.add({ dueAt: noon - timings.misfireGraceMs });
      expect((await claim()).id).toBe(intime.id);
      expect(await bench.row(missed.id)).toMatchObject({ state: "MISSED", settled_at: noon, next_at: null });
      expect(await bench.actions()).toContain("submission.miss failed");
    });

    it("releases the budget of what is MISSED after a refusal", async () => {
      await bench.add();
      const row = await dispatching();
      const wait = { waitMs: timings.misfireGraceMs, lockMs: 0 };
      await bench.outbox.refuse(row, noon, { code: "160452", retryable: true }, wait);
      expect(await bench.row(row.id)).toMatchObject({ state: "RETRY_WAIT" });
      expect(await bench.outbox.claim(noon + timings.misfireGraceMs + 1)).toBeNull();
      expect(await bench.row(row.id)).toMatchObject({ state: "MISSED" });
      expect(await database.db.selectFrom("booking").selectAll().execute()).toEqual([]);
    });
  });

  describe(`a budget (${kind.name})`, () => {
    it("per day holds a reservation, and allows it the next day", async () => {
      const day = bench.as("first", { budgets: { perDay: 1 }, timings: { misfireGraceMs: 48 * hour } });
      const first = present(await day.claim((await bench.add()) && noon));
      await day.bind(present(await day.beginDispatch(first, noon, "hash")), noon, "1");
      const held = await bench.add({ dueAt: noon + hour, createdAt: noon });
      expect(await day.claim(noon + hour)).toBeNull();
      expect(await bench.row(held.id)).toMatchObject({
        state: "HELD",
        reason: JSON.stringify({ code: "BUDGET_EXHAUSTED", retryable: true }),
      });
      expect(await day.claim(noon + hour + minute)).toBeNull();
      expect((await bench.actions()).filter((action) => action === "submission.hold refused")).toHaveLength(1);
      const midnightInSeoul = noon + 12 * hour;
      expect(await day.claim(midnightInSeoul - 1)).toBeNull();
      expect((await day.claim(midnightInSeoul + minute))?.id).toBe(held.id);
    });

    it("per hour of one person holds nobody else's", async () => {
      const perUser = bench.as("first", { budgets: { perUserHour: 1 } });
      await bench.add();
      const own = await bench.add();
      const others = await bench.add({ user: admin });
      const first = present(await perUser.claim(noon));
      await perUser.bind(present(await perUser.beginDispatch(first, noon, "hash")), noon, "1");
      expect((await perUser.claim(noon + timings.createSpacingMs))?.id).toBe(others.id);
      expect(await bench.row(own.id)).toMatchObject({ state: "HELD" });
    });

    it("refuses a request that could not be sent, counting waiting ones", async () => {
      const day = bench.as("first", { budgets: { perDay: 2 } });
      const submit = (id: string, dueAt: number) =>
        bench.transact((tx) =>
          day.insert(tx, {
            id,
            token: `wsc${id}`,
            request: JSON.parse('{"startUrl":"https://a.example.com/","memo":""}'),
            user: operator,
            createdAt: noon,
            dueAt,
            requestId: "request-1",
          }),
        );
      await submit("1", noon);
      await submit("2", noon);
      await expect(submit("3", noon)).rejects.toThrow(expect.objectContaining({ code: "BUDGET_EXHAUSTED" }));
      await expect(submit("4", noon + 24 * hour)).resolves.toMatchObject({ state: "SCHEDULED" });
      expect(await bench.actions()).toHaveLength(3);
    });

    it("is released by a certain refusal, and not by an unknown outcome", async () => {
      const day = bench.as("first", { budgets: { perDay: 1 } });
      await bench.add();
      const row = present(await day.beginDispatch(present(await day.claim(noon)), noon, "hash"));
      await day.search(row, noon, "IN_DOUBT", { code: "500" });
      const next = await bench.add();
      expect(await day.claim(noon + minute)).toBeNull();
      expect(await bench.row(next.id)).toMatchObject({ state: "HELD" });
      await day.refuse(row, noon + minute, refusal, null);
      expect((await day.claim(noon + 3 * minute))?.id).toBe(next.id);
    });
  });

  describe(`what is used of a budget (${kind.name})`, () => {
    const use = (database: Outbox, at = noon) => database.budgetUse(operator.id, at);

    it("counts sent and due submissions, of all people per day and of one person per hour", async () => {
      const both = bench.as("first", { budgets: { perDay: 10, perUserHour: 5 } });
      await bench.add();
      const row = present(await both.beginDispatch(present(await both.claim(noon)), noon, "hash"));
      await both.bind(row, noon, "1");
      await bench.add();
      await bench.add({ user: admin });
      await bench.add({ dueAt: noon + hour });
      expect(await use(both)).toEqual({ day: { used: 3, limit: 10 }, userHour: { used: 2, limit: 5 } });
      expect(await use(both, noon + hour + 1)).toEqual({
        day: { used: 4, limit: 10 },
        userHour: { used: 2, limit: 5 },
      });
    });

    it("that is used up says when the next job is possible", async () => {
      const full = bench.as("first", { budgets: { perDay: 1, perUserHour: 1 } });
      await bench.add();
      await full.bind(present(await full.beginDispatch(present(await full.claim(noon)), noon, "hash")), noon, "1");
      const { day, userHour } = await use(full, noon + minute);
      expect(Date.parse(day?.nextAt ?? "")).toBeGreaterThan(noon + minute);
      expect(Date.parse(day?.nextAt ?? "")).toBeLessThanOrEqual(noon + 24 * hour);
      expect((await use(full, Date.parse(day?.nextAt ?? ""))).day).toEqual({ used: 0, limit: 1 });
      expect((await use(full, Date.parse(day?.nextAt ?? "") - 1)).day?.used).toBe(1);
      expect((await use(full, Date.parse(userHour?.nextAt ?? ""))).userHour).toEqual({ used: 0, limit: 1 });
      expect((await use(full, Date.parse(userHour?.nextAt ?? "") - 1)).userHour?.used).toBe(1);
    });

    it("is nothing where there is no limit", async () => {
      await bench.add();
      expect(await use(bench.outbox)).toEqual({ day: null, userHour: null });
    });
  });

  describe(`a memo length that was never seen complete (${kind.name})`, () => {
    const left = (code: string) => ({ state: "NEEDS_REVIEW", reason: JSON.stringify({ code, retryable: false }) });

    it("needs review when its job is proven absent, unless one at least as long was seen complete", async () => {
      await forgetFact(database.db, "memo-kept");
      await bench.add();
      const first = await inDoubt();
      expect(await provenAbsent(first)).toMatchObject(left("MEMO_UNPROVEN"));
      expect(await bench.outbox.resendBlockedBy()).toBeNull();
      const sent = `${first.token} 메모`;
      await bench.outbox.noteMemo(first, noon, "7000001", sent.slice(0, -1));
      await bench.outbox.allowResend(noon, admin, "request-2");
      await bench.outbox.noteMemo({ ...first, request: JSON.stringify({ memo: "" }) }, noon, "7000001", first.token);
      await bench.add({ dueAt: noon + hour });
      expect(await provenAbsent(await inDoubt(noon + hour))).toMatchObject(left("MEMO_UNPROVEN"));
      await bench.outbox.noteMemo(first, noon, "7000001", `${sent} [API]`);
      await bench.add({ dueAt: noon + 2 * hour });
      expect(await provenAbsent(await inDoubt(noon + 2 * hour))).toMatchObject({ state: "RETRY_WAIT" });
    });
  });

  describe(`submissions that need review (${kind.name})`, () => {
    it("are all looked for again, also the hundreds that an outage leaves", async () => {
      const added: string[] = [];
      for (let index = 0; index < 150; index += 1) added.push((await bench.add()).id);
      await database.db.updateTable("submission").set({ state: "NEEDS_REVIEW", signed_at: noon }).execute();
      const found = await bench.outbox.inReviewSince(noon);
      expect(new Set(found.map(({ id }) => id))).toEqual(new Set(added));
    });
  });

  describe(`a memo that was cut or changed (${kind.name})`, () => {
    it("blocks all resending until an admin lifts the block", async () => {
      await bench.add();
      const row = await inDoubt();
      await bench.outbox.noteMemo(row, noon, "7000001", row.token);
      await bench.outbox.noteMemo(row, noon, "7000002", "another text");
      expect(await bench.as("second").resendBlockedBy()).toBe("MEMO_CUT");
      expect(await provenAbsent(row)).toMatchObject({
        state: "NEEDS_REVIEW",
        reason: JSON.stringify({ code: "MEMO_CUT", retryable: false }),
      });
      await bench.outbox.allowResend(noon, admin, "request-2");
      expect(await bench.as("second").resendBlockedBy()).toBeNull();
      const actions = await bench.actions();
      expect(actions.filter((action) => action.startsWith("resend."))).toEqual([
        "resend.block done",
        "resend.allow done",
      ]);
    });

    it("is assumed after an accepted job is in no list: the next one in doubt needs review", async () => {
      await bench.add();
      const accepted = await dispatching();
      await bench.outbox.search(accepted, noon, "ACCEPTED", { code: "0" });
      expect(await provenAbsent(await bench.row(accepted.id))).toMatchObject({ state: "NEEDS_REVIEW" });
      await bench.add();
      const at = absenceProofStart(accepted) + hour / 4;
      expect(await provenAbsent(await inDoubt(at))).toMatchObject({ state: "NEEDS_REVIEW", attempts: 1 });
    });
  });

  describe(`the record before a call (${kind.name})`, () => {
    it("contains the attempt, its instant and the audit intent", async () => {
      const { id } = await bench.add();
      const row = await dispatching(noon + 5);
      expect(row).toMatchObject({ id, state: "DISPATCHING", attempts: 1, signed_at: noon + 5 });
      expect((await bench.outbox.get(id))?.attempts).toEqual([{ sentAt: new Date(noon + 5).toISOString() }]);
      expect(await bench.actions()).toEqual(["submission.create done", "consent.accept done", "job.create intent"]);
    });

    it("is not made when the claim was lost to another process", async () => {
      await bench.add();
      const mine = await claim();
      const until = present(mine.lease_until);
      const second = bench.as("second");
      await second.recover(until, false);
      const theirs = present(await second.claim(until));
      expect(await bench.outbox.beginDispatch(mine, until, "hash")).toBeNull();
      expect(await second.beginDispatch(theirs, until, "hash")).not.toBeNull();
      expect((await bench.actions()).filter((action) => action === "job.create intent")).toHaveLength(1);
    });

    it("is not made when the send lock was lost, even while the claim is valid", async () => {
      await bench.add();
      await bench.add();
      const mine = await claim();
      const until = present(mine.lease_until);
      const theirs = present(await bench.as("second").claim(until));
      expect(theirs.id).not.toBe(mine.id);
      expect(await bench.outbox.beginDispatch(mine, until, "hash")).toBeNull();
    });

    it("holds the send lock for as long as the call may take", async () => {
      const patient = bench.as("first", { timings: { upstreamTimeoutMs: 10 * minute } });
      await bench.add();
      await bench.add();
      const row = present(await patient.beginDispatch(present(await patient.claim(noon)), noon, "hash"));
      expect(await bench.as("second").claim(noon + 10 * minute)).toBeNull();
      expect(await bench.as("second").claim(present(row.lease_until))).not.toBeNull();
    });

    it("can be released without a call, and then the next is allowed at once", async () => {
      await bench.add();
      const row = await claim();
      await bench.outbox.abandonClaim(row, noon, {
        state: "NEEDS_REVIEW",
        reason: { code: "SIGN_IN_UNREADABLE", retryable: false },
      });
      expect(await bench.row(row.id)).toMatchObject({ state: "NEEDS_REVIEW", settled_at: null, next_at: null });
      await bench.add();
      expect(await bench.outbox.claim(noon)).not.toBeNull();
    });

    it("released too late does not affect the new holder", async () => {
      await bench.add();
      const mine = await claim();
      const until = present(mine.lease_until);
      const second = bench.as("second");
      await second.recover(until, false);
      const theirs = present(await second.claim(until));
      const before = await bench.actions();
      await bench.outbox.abandonClaim(mine, until, { state: "FAILED", reason: refusal });
      expect(await bench.row(mine.id)).toMatchObject({ state: "CLAIMED", lease_owner: "second" });
      expect(await database.db.selectFrom("booking").select("submission_id").execute()).toHaveLength(1);
      expect(await bench.actions()).toEqual(before);
      expect(await second.beginDispatch(theirs, until, "hash")).not.toBeNull();
    });
  });

  describe(`an answer (${kind.name})`, () => {
    it("with an id is bound once", async () => {
      await bench.add();
      const row = await dispatching();
      expect(await bench.outbox.bind(row, noon + 9, "555")).toBe(true);
      expect(await bench.outbox.bind(row, noon + 9, "556")).toBe(false);
      expect(await bench.row(row.id)).toMatchObject({
        state: "BOUND",
        instance_no: "555",
        settled_at: noon + 9,
        lease_until: null,
      });
      expect(await bench.outbox.get(row.id)).toMatchObject({ instanceNo: "555", attempts: [{ code: "0" }] });
      expect((await bench.actions()).filter((action) => action === "job.create done")).toHaveLength(1);
    });

    it("that arrives after the outcome was given up is still bound", async () => {
      await bench.add();
      const row = await dispatching();
      await bench.as("second").recover(present(row.lease_until), false);
      expect(await bench.row(row.id)).toMatchObject({ state: "IN_DOUBT" });
      expect(await bench.outbox.bind(row, present(row.lease_until), "555")).toBe(true);
    });

    it("that arrives after the next attempt has begun changes nothing", async () => {
      await bench.add();
      const old = await inDoubt();
      const again = await provenAbsent(old);
      expect(again.state).toBe("RETRY_WAIT");
      const next = await dispatching(absenceProofStart(old) + minute);
      expect(next).toMatchObject({ id: old.id, attempts: 2, version: 2 });
      await bench.outbox.refuse(old, next.signed_at ?? 0, refusal, null);
      await bench.outbox.search(old, next.signed_at ?? 0, "IN_DOUBT", { code: "500" });
      expect(await bench.outbox.bind(old, next.signed_at ?? 0, "555")).toBe(false);
      expect(await bench.row(old.id)).toMatchObject({ state: "DISPATCHING", instance_no: null, attempts: 2 });
    });

    it("that accepts is searched for at once, and never resent automatically", async () => {
      await bench.add();
      const row = await dispatching();
      await bench.outbox.search(row, noon, "ACCEPTED", { code: "0" });
      expect(await bench.row(row.id)).toMatchObject({ state: "ACCEPTED", reason: null, next_at: noon });
      expect(await provenAbsent(await bench.row(row.id))).toMatchObject({ state: "NEEDS_REVIEW" });
    });

    it("that refuses permanently is final, with its code and without a job", async () => {
      await bench.add();
      const row = await dispatching();
      await bench.outbox.refuse(row, noon, { ...refusal, pointer: "/startUrl" }, null);
      expect(await bench.outbox.get(row.id)).toMatchObject({
        state: "FAILED",
        attempts: [{ code: "160451" }],
        reason: { code: "160451", pointer: "/startUrl" },
      });
      expect(await database.db.selectFrom("booking").selectAll().execute()).toEqual([]);
    });

    it("closes the send lock within its maximum although the gateway's clock was a day ahead", async () => {
      await bench.add();
      const row = await dispatching();
      await bench.outbox.bind(row, noon + 24 * hour, "1");
      await bench.add();
      expect(await bench.outbox.claim(noon + 24 * hour - minute)).toBeNull();
      const next = present(await bench.outbox.claim(noon + 1));
      // From now on the lock closes as usual.
      const sent = present(await bench.outbox.beginDispatch(next, noon + 1, "hash"));
      await bench.add();
      await bench.outbox.refuse(sent, noon + 1, { code: "400", retryable: true }, { waitMs: minute, lockMs: minute });
      expect(await bench.outbox.claim(noon + minute)).toBeNull();
      expect(await bench.outbox.claim(noon + minute + 1)).not.toBeNull();
    });

    it("holds the send lock no longer than a call can take although the gateway's clock was a day ahead", async () => {
      await bench.add({ dueAt: noon + 24 * hour });
      await claim(noon + 24 * hour);
      await bench.add();
      expect(await bench.as("second").claim(noon + 24 * hour)).toBeNull();
      expect(await bench.as("second").claim(noon)).not.toBeNull();
    });

    describe("to a call that was signed while the gateway's clock was three hours ahead", () => {
      const ahead = noon + 3 * hour;
      const wait = { waitMs: minute, lockMs: 0 };
      const refuseAhead = async (dueAt: number) => {
        const patient = bench.as("first", { timings: { misfireGraceMs: 48 * hour } });
        await bench.add({ dueAt });
        const claimed = present(await patient.claim(ahead));
        const sent = present(await patient.beginDispatch(claimed, ahead, "hash"));
        await patient.refuse(sent, ahead, { code: "200", retryable: true }, wait);
        expect(await bench.row(sent.id)).toMatchObject({ state: "RETRY_WAIT", next_at: ahead + minute });
        return patient;
      };

      it("is followed by the next attempt as soon as the clock is right, and then waits as usual", async () => {
        const patient = await refuseAhead(noon);
        expect(await patient.isAnythingDue(noon + minute)).toBe(true);
        const again = present(await patient.claim(noon + minute));
        const sent = present(await patient.beginDispatch(again, noon + minute, "hash"));
        await patient.refuse(sent, noon + minute, { code: "410", retryable: true }, wait);
        expect(await patient.isAnythingDue(noon + 2 * minute - 1)).toBe(false);
        expect((await patient.claim(noon + 2 * minute))?.id).toBe(sent.id);
      });

      it("is not looked at again before the time that the right clock gave it since", async () => {
        const patient = await refuseAhead(noon);
        await database.db
          .updateTable("submission")
          .set({ next_at: noon + 10 * minute })
          .execute();
        expect(await patient.isAnythingDue(noon + 10 * minute - 1)).toBe(false);
        expect(await patient.isAnythingDue(noon + 10 * minute)).toBe(true);
      });

      it("is not followed by another attempt before the reserved time", async () => {
        const patient = await refuseAhead(noon + 2 * hour);
        expect(await patient.isAnythingDue(noon + 2 * hour - 1)).toBe(false);
        expect(await patient.claim(noon + 2 * hour - 1)).toBeNull();
        expect(await patient.claim(noon + 2 * hour)).not.toBeNull();
      });
    });

    it("with Retry-After closes the send lock for everybody for that time", async () => {
      await bench.add();
      await bench.add();
      const row = await dispatching();
      const wait = { waitMs: 5 * minute, lockMs: 5 * minute };
      await bench.outbox.refuse(row, noon, { code: "410", retryable: true }, wait);
      expect(await bench.row(row.id)).toMatchObject({ state: "RETRY_WAIT", next_at: noon + 5 * minute });
      expect(await bench.as("second").claim(noon + 5 * minute - 1)).toBeNull();
      const lock = database.db.selectFrom("send_lock").selectAll().where("name", "=", "createJob");
      expect(await lock.executeTakeFirst()).toMatchObject({ code: "410" });
      expect((await bench.as("second").claim(noon + 5 * minute))?.id).not.toBe(row.id);
    });

    it("with Retry-After beyond the grace period is MISSED, and FAILED after the last attempt", async () => {
      await bench.add();
      const missed = await dispatching();
      const beyond = { waitMs: timings.misfireGraceMs + 1, lockMs: 0 };
      await bench.outbox.refuse(missed, noon, { code: "160452", retryable: true }, beyond);
      expect(await bench.row(missed.id)).toMatchObject({ state: "MISSED", settled_at: noon });
      await bench.add();
      const failed = await dispatching(noon + minute);
      const last = { ...failed, attempts: maxAttempts };
      await bench.outbox.refuse(last, noon, { code: "410", retryable: true }, { waitMs: 1, lockMs: 0 });
      expect(await bench.row(failed.id)).toMatchObject({ state: "FAILED" });
    });
  });

  describe(`a search (${kind.name})`, () => {
    it("is taken by one process, when it is due", async () => {
      await bench.add();
      const row = await inDoubt();
      expect(await bench.outbox.takeSearch(noon + 1_999)).toBeNull();
      const [first, second] = await Promise.all([
        bench.outbox.takeSearch(noon + 2_000),
        bench.as("second").takeSearch(noon + 2_000),
      ]);
      expect([first?.id, second?.id].filter((id) => id !== undefined)).toEqual([row.id]);
      expect(await bench.outbox.takeSearch(noon + 2_000)).toBeNull();
    });

    it("of a process that has ended is taken over when the lease expires", async () => {
      await bench.add();
      await inDoubt();
      const taken = present(await bench.outbox.takeSearch(noon + 2_000));
      expect(await bench.as("second").takeSearch(present(taken.lease_until) - 1)).toBeNull();
      expect(await bench.as("second").takeSearch(present(taken.lease_until))).not.toBeNull();
    });

    it("that finds nothing before absenceProofStartsAt proves nothing, however often", async () => {
      await bench.add();
      let row = await inDoubt();
      for (let at = noon + 2_000; at < absenceProofStart(row); at += 61_000) {
        expect(await bench.outbox.notFound(row, at, at, absent)).toBe("IN_DOUBT");
        row = await bench.row(row.id);
        expect(row).toMatchObject({ absences: 0, lease_until: null });
        expect(present(row.next_at)).toBeGreaterThan(at);
      }
    });

    it("that began before absenceProofStartsAt proves nothing although it ended after it", async () => {
      await bench.add();
      const row = await inDoubt();
      await bench.outbox.notFound(row, absenceProofStart(row) + minute, absenceProofStart(row) - 1, absent);
      expect(await bench.row(row.id)).toMatchObject({ state: "IN_DOUBT", absences: 0 });
    });

    it("counts only one step after the previous one", async () => {
      await bench.add();
      const row = await inDoubt();
      const from = absenceProofStart(row);
      await bench.outbox.notFound(row, from, from, absent);
      const tooSoon = from + timings.reconcileStepMs - 1;
      await bench.outbox.notFound(await bench.row(row.id), tooSoon, tooSoon, absent);
      expect(await bench.row(row.id)).toMatchObject({ state: "IN_DOUBT", absences: 1 });
      const at = from + timings.reconcileStepMs;
      expect(await bench.outbox.notFound(await bench.row(row.id), at, at, absent)).toBe("RETRY_WAIT");
    });

    it("that fails proves nothing and resets the count of absences", async () => {
      await bench.add();
      const row = await inDoubt();
      const from = absenceProofStart(row);
      await bench.outbox.notFound(row, from, from, absent);
      await bench.outbox.notFound(await bench.row(row.id), from + minute, from + minute, failed);
      expect(await bench.row(row.id)).toMatchObject({ absences: 0, last_absence_at: null });
      await bench.outbox.notFound(await bench.row(row.id), from + 2 * minute, from + 2 * minute, absent);
      expect(await bench.row(row.id)).toMatchObject({ state: "IN_DOUBT", absences: 1 });
    });

    it("that proves nothing four times in a row after absenceProofStartsAt leads to review, with the reason", async () => {
      const unproven = { outcome: "unproven", code: "LIST_ORDER_UNPROVEN" } as const;
      await bench.add();
      let row = await inDoubt();
      await bench.outbox.notFound(row, noon + 2_000, noon + 2_000, unproven);
      for (const [index, answer] of [unproven, unproven, absent, unproven, unproven, unproven, failed].entries()) {
        row = await bench.row(row.id);
        const at = absenceProofStart(row) + index * minute;
        expect(await bench.outbox.notFound(row, at, at, answer)).toBe("IN_DOUBT");
      }
      row = await bench.row(row.id);
      const at = absenceProofStart(row) + 8 * minute;
      expect(await bench.outbox.notFound(row, at, at, unproven)).toBe("NEEDS_REVIEW");
      expect(JSON.parse(present((await bench.row(row.id)).reason))).toMatchObject({ code: "LIST_ORDER_UNPROVEN" });
      expect(await database.db.selectFrom("booking").selectAll().execute()).toHaveLength(1);
    });

    it("that gets no answer for half an hour after absenceProofStartsAt leads to review", async () => {
      await bench.add();
      const row = await inDoubt();
      const at = absenceProofStart(row) + 30 * minute;
      const searched = { ...row, searches: 19 };
      expect(await bench.outbox.notFound(searched, at - 1, at - 1, failed)).toBe("IN_DOUBT");
      expect(await bench.outbox.notFound({ ...(await bench.row(row.id)), searches: 19 }, at, at, failed)).toBe(
        "NEEDS_REVIEW",
      );
    });

    it("that gets no answer goes on for twenty searches, one step apart, after the server was away for hours", async () => {
      await bench.add();
      const { id, signed_at } = await inDoubt();
      let at = present(signed_at) + 5 * hour;
      for (let search = 1; search < 20; search += 1) {
        expect(await bench.outbox.notFound(await bench.row(id), at, at, failed)).toBe("IN_DOUBT");
        expect(present((await bench.row(id)).next_at) - at).toBe(timings.reconcileStepMs);
        at += timings.reconcileStepMs;
      }
      expect(await bench.outbox.notFound(await bench.row(id), at, at, failed)).toBe("NEEDS_REVIEW");
    });

    it("that proves absence leads to another call twice, and to review the third time", async () => {
      await bench.add({ dueAt: noon + 20 * minute, createdAt: noon });
      let at = noon + 20 * minute;
      for (const state of ["RETRY_WAIT", "RETRY_WAIT", "NEEDS_REVIEW"]) {
        const row = await provenAbsent(await inDoubt(at));
        expect(row.state).toBe(state);
        at = present((await database.db.selectFrom("submission").select("signed_at").executeTakeFirst())?.signed_at);
        at += absenceProofDelayMs + minute;
      }
      expect(await bench.outbox.claim(at)).toBeNull();
      expect((await bench.actions()).filter((action) => action === "submission.absent done")).toHaveLength(3);
    });

    it("that proves absence after the grace period leads to MISSED", async () => {
      await bench.add();
      const row = await inDoubt();
      const late = noon + timings.misfireGraceMs;
      expect(await provenAbsent(row, late)).toMatchObject({ state: "MISSED", proven_absent: 1 });
      expect(await database.db.selectFrom("booking").selectAll().execute()).toEqual([]);
    });

    it("that finds two jobs leads to review", async () => {
      await bench.add();
      const row = await inDoubt();
      await bench.outbox.review(row, noon, "SUBMISSION_DOUBLED");
      expect(await bench.row(row.id)).toMatchObject({ state: "NEEDS_REVIEW", next_at: null, settled_at: null });
      expect(await bench.outbox.takeSearch(noon + hour)).toBeNull();
    });

    it("waits whole milliseconds at every scale of the steps", async () => {
      for (const reconcileStepMs of [1, 7, 30, 100, 333]) {
        bench = await createBench(database);
        const scaled = bench.as("first", { timings: { reconcileStepMs } });
        const { id } = await bench.add();
        const row = await dispatching();
        await scaled.search(row, noon, "IN_DOUBT", { code: "500" });
        expect(Number.isInteger((await bench.row(id)).next_at)).toBe(true);
        await scaled.notFound(await bench.row(id), noon, noon, absent);
        expect(Number.isInteger((await bench.row(id)).next_at)).toBe(true);
      }
    });
  });

  describe(`submissions of a process that has ended (${kind.name})`, () => {
    it("are taken over at once when no other process can be running", async () => {
      const claimed = await bench.add();
      await claim();
      await bench.as("second").recover(noon, true);
      expect(await bench.row(claimed.id)).toMatchObject({ state: "SCHEDULED", next_at: noon });
      const row = await dispatching();
      await bench.as("second").recover(noon, true);
      expect(await bench.row(row.id)).toMatchObject({
        state: "IN_DOUBT",
        reason: JSON.stringify({ code: "OUTCOME_UNKNOWN", retryable: false }),
      });
      const taken = present(await bench.outbox.takeSearch(noon));
      await bench.as("second").recover(noon, true);
      expect((await bench.as("second").takeSearch(noon))?.id).toBe(taken.id);
    });

    it("are left to a process that may be running, until the lease expires", async () => {
      await bench.add();
      const row = await dispatching();
      await bench.as("second").recover(present(row.lease_until) - 1, false);
      expect(await bench.row(row.id)).toMatchObject({ state: "DISPATCHING" });
      await bench.as("second").recover(present(row.lease_until), false);
      expect(await bench.row(row.id)).toMatchObject({ state: "IN_DOUBT", signed_at: row.signed_at });
    });

    it("of this process after a failed write are resumed without waiting for the lease", async () => {
      await bench.add();
      const claimed = await claim();
      await bench.outbox.recover(noon, false);
      expect(await bench.row(claimed.id)).toMatchObject({ state: "SCHEDULED", version: 2 });
      const row = await dispatching();
      await bench.outbox.recover(noon, false);
      expect(await bench.row(row.id)).toMatchObject({ state: "IN_DOUBT", lease_owner: null });
      const searched = present(await bench.outbox.takeSearch(noon));
      await bench.outbox.recover(noon, false);
      expect(await bench.row(searched.id)).toMatchObject({ state: "IN_DOUBT", lease_owner: null });
      await bench.add();
      expect(await bench.outbox.claim(noon + timings.createSpacingMs - 1)).toBeNull();
      expect(await bench.outbox.claim(noon + timings.createSpacingMs)).not.toBeNull();
    });

    it("are taken over once by concurrent processes", async () => {
      await bench.add();
      const row = await claim();
      const at = present(row.lease_until);
      await Promise.all([bench.as("second").recover(at, false), bench.as("third").recover(at, false)]);
      expect(await bench.row(row.id)).toMatchObject({ state: "SCHEDULED", version: 2 });
      expect((await bench.actions()).filter((action) => action === "submission.recover done")).toHaveLength(1);
    });
  });

  describe(`actions of a person (${kind.name})`, () => {
    it("cancel a waiting submission: its budget is released and nothing claims it", async () => {
      const { id } = await bench.add({ dueAt: noon + minute, createdAt: noon });
      expect(await bench.outbox.cancel(id, noon, operator, "request-2")).toMatchObject({ state: "CANCELLED" });
      expect(await bench.outbox.claim(noon + minute)).toBeNull();
      await expect(bench.outbox.cancel(id, noon, operator, "request-3")).rejects.toThrow(
        expect.objectContaining({ code: "SUBMISSION_IN_FLIGHT" }),
      );
      const last = await database.db
        .selectFrom("audit")
        .select("entry")
        .orderBy("seq", "desc")
        .executeTakeFirstOrThrow();
      expect(JSON.parse(last.entry)).toMatchObject({ actor: operator.id, requestId: "request-2", result: "done" });
    });

    it("cannot cancel what is claimed, sent, searched for or in doubt", async () => {
      const cancel = (id: string) => bench.outbox.cancel(id, noon, operator, "request-2");
      const inFlight = expect.objectContaining({ code: "SUBMISSION_IN_FLIGHT" });
      const { id } = await bench.add();
      const row = await claim();
      await expect(cancel(id)).rejects.toThrow(inFlight);
      await bench.outbox.beginDispatch(row, noon, "hash");
      await expect(cancel(id)).rejects.toThrow(inFlight);
      await bench.outbox.search({ ...row, attempts: 1 }, noon, "IN_DOUBT", { code: "500" });
      await expect(cancel(id)).rejects.toThrow(inFlight);
      await expect(cancel("unknown")).rejects.toThrow(expect.objectContaining({ code: "SUBMISSION_NOT_FOUND" }));
      expect(await bench.actions()).not.toContain("submission.cancel done");
    });

    it("either cancel or send, never both", async () => {
      for (let round = 0; round < 25; round += 1) {
        const { id } = await bench.add();
        const at = noon + round * hour;
        await database.db.updateTable("submission").set({ due_at: at, next_at: at }).where("id", "=", id).execute();
        const [cancelled, claimed] = await Promise.allSettled([
          bench.outbox.cancel(id, at, operator, "request-2"),
          bench.as("second").claim(at),
        ]);
        const row = claimed.status === "fulfilled" ? claimed.value : null;
        expect(cancelled.status === "fulfilled").toBe(row === null);
        if (row !== null) await bench.as("second").abandonClaim(row, at, { state: "FAILED", reason: refusal });
      }
    });

    it("resolve what needs review, once", async () => {
      const decide = async (choice: Parameters<Bench["outbox"]["resolve"]>[4], at: number) => {
        await bench.add({ dueAt: at, createdAt: at });
        const row = await inDoubt(at);
        await bench.outbox.review(row, at, "SUBMISSION_DOUBLED");
        const decided = await bench.outbox.resolve(row.id, at + 5_000, admin, "request-2", choice);
        await expect(bench.outbox.resolve(row.id, at, admin, "request-3", choice)).rejects.toThrow(
          expect.objectContaining({ code: "SUBMISSION_IN_FLIGHT" }),
        );
        return decided;
      };
      expect(await decide({ kind: "exists", instanceNo: "77" }, noon)).toMatchObject({
        state: "BOUND",
        instanceNo: "77",
      });
      expect(await decide({ kind: "drop" }, noon + hour)).toMatchObject({ state: "CANCELLED" });
      const again = await decide({ kind: "resend" }, noon + 2 * hour);
      expect(again).toMatchObject({
        state: "RETRY_WAIT",
        attempts: [],
        dueAt: new Date(noon + 2 * hour + 5_000).toISOString(),
      });
      expect((await claim(noon + 2 * hour + 5_000)).id).toBe(again.id);
      await expect(bench.outbox.resolve("unknown", noon, admin, "request-4", { kind: "drop" })).rejects.toThrow(
        expect.objectContaining({ code: "SUBMISSION_NOT_FOUND" }),
      );
    });
  });

  describe(`the list (${kind.name})`, () => {
    it("contains open submissions and those final within a day, newest first, with attempts", async () => {
      const old = await bench.add();
      await bench.outbox.bind(await dispatching(), noon, "1");
      const open = await bench.add({ createdAt: noon + 1, dueAt: noon + 24 * hour });
      const list = async (at: number) =>
        (await bench.outbox.list(at, { view: "all", page: 1, limit: 100 })).submissions;
      const ids = async (at: number) => (await list(at)).map(({ id }) => id);
      expect(await ids(noon + 24 * hour - 1)).toEqual([open.id, old.id]);
      expect(await ids(noon + 24 * hour)).toEqual([open.id]);
      expect((await list(noon))[1]).toMatchObject({ memo: "메모", createdBy: "operator" });
    });

    it("contains everybody's on its pages, those that need review first", async () => {
      const theirs = await bench.add({ dueAt: noon + 9 * hour, user: admin });
      for (let count = 0; count < 12; count += 1)
        await bench.add({ dueAt: noon + hour + count, createdAt: noon + count });
      await bench.add();
      await bench.outbox.bind(await dispatching(), noon, "1");
      await bench.add();
      const { id: doubtful } = await inDoubt(noon + minute);
      const page = (number: number) => bench.outbox.list(noon, { view: "pending", page: number, limit: 5 });
      const pages = [await page(1), await page(2), await page(3)];
      expect(pages.map(({ total, pageCount }) => [total, pageCount])).toEqual([
        [14, 3],
        [14, 3],
        [14, 3],
      ]);
      const ids = pages.flatMap(({ submissions }) => submissions.map(({ id }) => id));
      expect(new Set(ids).size).toBe(14);
      expect([ids[0], ids[13]]).toEqual([doubtful, theirs.id]);
      expect((await page(4)).submissions).toEqual([]);
    });

    it("limits reservations per person, independent of others", async () => {
      const limited = bench.as("first", { budgets: { reservationsPerUser: 2 } });
      const reserve = (user: User, dueAt = noon + hour) =>
        bench.transact((tx) => limited.insert(tx, bench.fresh({ user, dueAt })));
      const first = await reserve(operator);
      await reserve(operator);
      await expect(reserve(operator)).rejects.toThrow(
        expect.objectContaining({
          code: "RESERVATIONS_EXHAUSTED",
          details: expect.objectContaining({ errors: [expect.objectContaining({ pointer: "/when/localTime" })] }),
        }),
      );
      await reserve(operator, noon);
      await reserve(admin);
      await limited.cancel(first.id, noon, operator, "request-2");
      await reserve(operator);
      expect((await limited.list(noon, { view: "pending", page: 1, limit: 100 })).total).toBe(4);
    });

    it("filters by owner", async () => {
      const { id } = await bench.add();
      expect(await bench.outbox.ownerOf(id)).toBe(operator.id);
      expect(await bench.outbox.ownerOf("unknown")).toBeNull();
      expect(await bench.outbox.get("unknown")).toBeNull();
    });
  });
}
