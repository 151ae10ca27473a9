import { randomBytes, randomUUID } from "node:crypto";
import { createMemoToken, type JobRequest, type Submission } from "@wsc-dashboard/wsc-core";
import { sql, type Transaction } from "kysely";
import { type AuditChain, openAuditChain } from "../src/audit/audit-chain.ts";
import { createKeyRing, type KeyRing } from "../src/database/keys.ts";
import type { OpenDatabase } from "../src/database/open-database.ts";
import type { Database, SubmissionRow } from "../src/database/schema.ts";
import { writeFact } from "../src/gateway-facts/fact-rows.ts";
import type { User } from "../src/identity/identity.ts";
import type { Budgets } from "../src/outbox/budget-ledger.ts";
import type { SubmissionTimings } from "../src/outbox/decisions.ts";
import { createOutbox, type Outbox } from "../src/outbox/outbox.ts";
import type { NewSubmission } from "../src/outbox/submission-requests.ts";

/** What a repository suite runs on: a database of one kind, empty before every test. */
export interface DatabaseKind {
  readonly name: string;
  /** A database that no other test uses, as the migrations leave it. */
  create(): Promise<OpenDatabase>;
  /** As `create`, with the migrations run on nothing instead of a copy of their result. */
  createFromNothing(): Promise<OpenDatabase>;
  /** Opens the same database again, after it was closed or, where the kind allows that, concurrently. */
  reopen(database: OpenDatabase): Promise<OpenDatabase>;
}

export const operator: User = { id: "dev:operator", name: "operator", roles: ["operator"] };
export const admin: User = { id: "dev:admin", name: "admin", roles: ["admin"] };

/** The result of a search that did not find the job. */
export const absent = { outcome: "absent", code: "OUTCOME_UNKNOWN" } as const;
export const failed = { outcome: "failed", code: "UPSTREAM_TIMEOUT" } as const;

/** 2026-11-23T03:00:00Z: noon in Seoul. */
export const noon = Date.UTC(2026, 10, 23, 3);
export const timings: SubmissionTimings = {
  dispatchTickMs: 1_000,
  createSpacingMs: 2_000,
  reconcileStepMs: 15_000,
  signatureValidityMs: 300_000,
  indexLagMs: 120_000,
  misfireGraceMs: 1_800_000,
  upstreamTimeoutMs: 10_000,
};
export const noBudgets: Budgets = { perDay: 0, perUserHour: 0, reservationsPerUser: 0, timeZone: "Asia/Seoul" };

export const ringOf = (fill: number): KeyRing => createKeyRing([Buffer.alloc(32, fill)]);

export const requestOf = (startUrl: string): JobRequest => ({
  startUrl,
  excludeUrls: [],
  items: ["ALL"],
  userAgent: "PC Chrome",
  speed: "1",
  memo: "메모",
  hosting: "ncloud",
  consent: { textVersion: "1", accepted: true },
  signIn: { kind: "none" },
  when: { kind: "now" },
});

/** The tables that tests fill. */
const filledTables = [
  "gateway_fact",
  "job_summary",
  "service_token",
  "verdict",
  "target_details",
  "saved_view",
  "default_view",
  "verdict_event",
  "channel",
  "notification",
  "queued_notification",
  "delivery",
  "submission",
  "attempt",
  "idempotency",
  "booking",
  "audit",
  "sign_in",
  "key",
  "schedule",
  "schedule_sign_in",
] as const;

/** Restores the state after the migrations. */
export async function empty({ db }: OpenDatabase): Promise<void> {
  await db.transaction().execute(async (tx) => {
    // A delete in each of them would take longer than many a test.
    const { rows } = await sql<{ name: string }>`${sql.join(
      filledTables.map((name) => sql`select ${sql.lit(name)} as name where exists (select 1 from ${sql.table(name)})`),
      sql` union all `,
    )}`.execute(tx);
    const filled = new Set(rows.map(({ name }) => name));
    for (const table of filledTables) if (filled.has(table)) await tx.deleteFrom(table).execute();
    await tx.updateTable("send_lock").set({ holder: null, held_until: 0, closed_until: 0, code: null }).execute();
    await tx
      .updateTable("background_reading")
      .set({
        holder: null,
        held_until: 0,
        list_read_at: null,
        is_list_complete: 0,
        failure_code: null,
        failed_at: null,
      })
      .execute();
    await tx.updateTable("audit_head").set({ seq: 0, hash: null, key_name: null, mark: null }).execute();
  });
}

export interface Bench {
  readonly database: OpenDatabase;
  readonly audit: AuditChain;
  readonly outbox: Outbox;
  /** The same database for another process. */
  as(owner: string, change?: { timings?: Partial<SubmissionTimings>; budgets?: Partial<Budgets> }): Outbox;
  transact<T>(work: (tx: Transaction<Database>) => Promise<T>): Promise<T>;
  /** A submission that is not stored yet. */
  fresh(change?: Partial<NewSubmission> & { startUrl?: string }): NewSubmission;
  /** Stores a submission that is due; by default each has its own target. */
  add(change?: Partial<NewSubmission> & { startUrl?: string }): Promise<Submission>;
  row(id: string): Promise<SubmissionRow>;
  actions(): Promise<string[]>;
}

/** Records that the account keeps memos whole. */
export const knowWholeMemos = (database: OpenDatabase, at: number): Promise<void> =>
  writeFact(database.db, "memo-kept", { state: "proven", value: "whole", measure: 600 }, { at, source: "job" });

/** For an account that is known to keep memos whole. */
export async function createBench(database: OpenDatabase): Promise<Bench> {
  await empty(database);
  await knowWholeMemos(database, noon);
  const { db } = database;
  const audit = await openAuditChain(db, ringOf(1));
  const as: Bench["as"] = (owner, change = {}) =>
    createOutbox({
      database,
      audit,
      owner,
      timings: { ...timings, ...change.timings },
      budgets: { ...noBudgets, ...change.budgets },
    });
  const outbox = as("first");
  let added = 0;
  const fresh: Bench["fresh"] = ({ startUrl, ...change } = {}) => {
    added += 1;
    return {
      id: randomUUID(),
      token: createMemoToken(randomBytes(10)),
      request: requestOf(startUrl ?? `https://shop-${added}.example.com/`),
      user: operator,
      createdAt: noon,
      dueAt: noon,
      requestId: "request-1",
      ...change,
    };
  };
  return {
    database,
    audit,
    outbox,
    as,
    transact: (work) => db.transaction().execute(work),
    fresh,
    add: (change) => db.transaction().execute((tx) => outbox.insert(tx, fresh(change))),
    row: (id) => db.selectFrom("submission").selectAll().where("id", "=", id).executeTakeFirstOrThrow(),
    async actions() {
      const rows = await db.selectFrom("audit").select("entry").orderBy("seq").execute();
      return rows.map(({ entry }) => {
        const { action, result } = JSON.parse(entry) as { action: string; result: string };
        return `${action} ${result}`;
      });
    },
  };
}

/** The value; fails the test when it is missing. */
export function present<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error("expected something here");
  return value;
}
