import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { OpenDatabase } from "../src/database/open-database.ts";
import type { SubmissionRow } from "../src/database/schema.ts";
import { type Bench, createBench, type DatabaseKind, noon, operator, present } from "./database-bench.ts";

const minute = 60_000;
const hour = 60 * minute;

/** Promises about what a process finds when it starts, the same on both databases. */
export function describeRestartReconciliation(kind: DatabaseKind): void {
  describe(`restart reconciliation of calls that an earlier process may have sent (${kind.name})`, () => {
    let database: OpenDatabase;
    let bench: Bench;
    beforeAll(async () => {
      database = await kind.create();
    });
    afterAll(() => database.close());
    beforeEach(async () => {
      bench = await createBench(database);
    });
    const dispatching = async (): Promise<SubmissionRow> =>
      present(await bench.outbox.beginDispatch(present(await bench.outbox.claim(noon)), noon, "hash"));
    const startedAt = noon + minute;
    const bounds = (...looked: string[]) => ({ startedAt, lookedFor: new Set(looked) });
    const unsent = async (...looked: string[]) =>
      (await bench.outbox.unsentBefore(bounds(...looked))).map(({ id }) => id);
    const retryWait = { code: "410", retryable: true };

    it("covers what was due before the start and holds it back; new and future submissions are not held back", async () => {
      const overdue = await bench.add();
      const reserved = await bench.add({ dueAt: noon + hour / 4 });
      const fresh = await bench.add({ createdAt: startedAt, dueAt: startedAt });
      expect(await unsent()).toEqual([overdue.id]);
      expect((await bench.outbox.claim(startedAt, bounds()))?.id).toBe(fresh.id);
      const other = bench.as("second");
      await bench.outbox.recover(startedAt, false);
      await database.db.updateTable("submission").set({ state: "CANCELLED" }).where("id", "=", fresh.id).execute();
      expect(await other.isAnythingDue(startedAt, bounds())).toBe(false);
      expect(await other.isAnythingDue(startedAt, bounds(overdue.id))).toBe(true);
      expect((await other.claim(noon + hour / 4, bounds()))?.id).toBe(reserved.id);
    });

    it("allows sending after the search", async () => {
      const overdue = await bench.add();
      expect(await unsent(overdue.id)).toEqual([]);
      expect(await bench.outbox.claim(startedAt, bounds())).toBeNull();
      expect((await bench.outbox.claim(startedAt, bounds(overdue.id)))?.id).toBe(overdue.id);
    });

    it("also covers what a person or a refusal scheduled after the start", async () => {
      const { id } = await bench.add();
      const row = await dispatching();
      await bench.outbox.refuse(row, noon, retryWait, { waitMs: 2 * minute, lockMs: 0 });
      await database.db
        .updateTable("submission")
        .set({ due_at: startedAt + minute })
        .where("id", "=", id)
        .execute();
      expect(await unsent()).toEqual([id]);
      expect(await bench.outbox.claim(noon + 2 * minute, bounds())).toBeNull();
    });

    it("binds a found job, books it once, and keeps its earlier attempts", async () => {
      await bench.add();
      const sent = await dispatching();
      await bench.outbox.refuse(sent, noon, retryWait, { waitMs: minute, lockMs: 0 });
      await database.db.deleteFrom("booking").execute();
      expect(await bench.outbox.bind(await bench.row(sent.id), startedAt, "555")).toBe(true);
      expect(await bench.outbox.get(sent.id)).toMatchObject({
        state: "BOUND",
        instanceNo: "555",
        attempts: [{ code: "410" }],
      });
      expect(await database.db.selectFrom("booking").selectAll().execute()).toHaveLength(1);
    });

    it("leaves two jobs for review, and books them", async () => {
      const { id } = await bench.add();
      expect(await bench.outbox.review(await bench.row(id), startedAt, "SUBMISSION_DOUBLED")).toBe(true);
      expect(await bench.row(id)).toMatchObject({ state: "NEEDS_REVIEW", next_at: null });
      expect(await database.db.selectFrom("booking").selectAll().execute()).toHaveLength(1);
      expect(await unsent()).toEqual([id]);
    });

    it("leaves a submission unchanged that was changed meanwhile", async () => {
      const { id } = await bench.add();
      const read = await bench.row(id);
      await bench.outbox.cancel(id, noon, operator, "request-2");
      expect(await bench.outbox.bind(read, startedAt, "555")).toBe(false);
      expect(await bench.outbox.review(read, startedAt, "SUBMISSION_DOUBLED")).toBe(false);
      expect((await bench.row(id)).state).toBe("CANCELLED");
      expect(await database.db.selectFrom("booking").selectAll().execute()).toEqual([]);
    });

    it("covers a run that this process recorded as missed, until its job is found", async () => {
      const { id } = await bench.add();
      await database.db
        .updateTable("submission")
        .set({ state: "MISSED", settled_at: startedAt, next_at: null })
        .where("id", "=", id)
        .execute();
      expect(await unsent()).toEqual([id]);
      expect(await bench.outbox.bind(await bench.row(id), startedAt, "555")).toBe(true);
      expect(await bench.row(id)).toMatchObject({ state: "BOUND", instance_no: "555" });
      expect(await unsent()).toEqual([]);
    });
  });
}
