import { type FactFinding, type FactName, type FactSource, unobserved } from "@wsc-dashboard/wsc-core";
import type { Kysely } from "kysely";
import type { Database } from "../database/schema.ts";

/** What is known of a fact; "assumed" while nothing has shown it. */
export async function readFact(db: Kysely<Database>, name: FactName): Promise<FactFinding> {
  const row = await db
    .selectFrom("gateway_fact")
    .select(["state", "value", "measure"])
    .where("name", "=", name)
    .executeTakeFirst();
  return row ?? unobserved;
}

export interface Observation {
  /** In milliseconds by the gateway's clock. */
  readonly at: number;
  readonly source: FactSource;
  /** The proven value that this finding contradicts, if any. */
  readonly earlier?: string | null;
}

export async function writeFact(
  db: Kysely<Database>,
  name: FactName,
  { state, value, measure }: FactFinding,
  { at, source, earlier = null }: Observation,
): Promise<void> {
  const row = { state, value, measure, observed_at: at, source, earlier };
  await db
    .insertInto("gateway_fact")
    .values({ name, ...row })
    .onConflict((conflict) => conflict.column("name").doUpdateSet(row))
    .execute();
}

/** Makes the fact merely assumed again. */
export async function forgetFact(db: Kysely<Database>, name: FactName): Promise<void> {
  await db.deleteFrom("gateway_fact").where("name", "=", name).execute();
}

/** The proven value that `seen` contradicts; otherwise `null`. */
export const contradictedBy = (known: FactFinding, seen: FactFinding): string | null =>
  known.state === "proven" && seen.state === "refuted" ? known.value : null;
