import { type DatabaseLocation, openDatabaseForReading } from "./open-database.ts";

/** Counts and words from fixed lists; no text from a person or a target. */
export interface SupportFacts {
  readonly kind: "sqlite" | "postgres";
  readonly submissions: readonly { readonly state: string; readonly count: number }[];
  readonly schedules: number;
  readonly auditEntries: number;
  /** Number of attempts by error code. */
  readonly refusals: readonly { readonly code: string; readonly count: number }[];
  readonly gatewayFacts: readonly { readonly name: string; readonly state: string; readonly measure: number | null }[];
}

/** Reads the facts, also while a server is running. Throws DatabaseRefusal. */
export async function readSupportFacts(location: DatabaseLocation): Promise<SupportFacts> {
  const { db, close } = await openDatabaseForReading(location);
  try {
    const submissions = await db
      .selectFrom("submission")
      .select((row) => ["state", row.fn.countAll().as("count")])
      .groupBy("state")
      .execute();
    const refusals = await db
      .selectFrom("attempt")
      .select((row) => ["code", row.fn.countAll().as("count")])
      .where("code", "is not", null)
      .groupBy("code")
      .execute();
    const schedules = await db
      .selectFrom("schedule")
      .select((row) => row.fn.countAll().as("count"))
      .executeTakeFirstOrThrow();
    const head = await db.selectFrom("audit_head").select("seq").executeTakeFirst();
    const gatewayFacts = await db.selectFrom("gateway_fact").select(["name", "state", "measure"]).execute();
    return {
      kind: location.databaseUrl === null ? "sqlite" : "postgres",
      submissions: submissions.map(({ state, count }) => ({ state, count: Number(count) })),
      schedules: Number(schedules.count),
      auditEntries: Number(head?.seq ?? 0),
      refusals: refusals.map(({ code, count }) => ({ code: code ?? "", count: Number(count) })),
      gatewayFacts,
    };
  } finally {
    await close();
  }
}
