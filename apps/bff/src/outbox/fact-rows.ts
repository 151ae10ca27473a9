import { type FactFinding, type FactName, unobserved } from "@wsc-dashboard/wsc-core";
import type { Kysely } from "kysely";
import type { Database } from "../database/schema.ts";

/** What is known of a fact; assumed while nothing has shown it. */
export async function readFact(db: Kysely<Database>, name: FactName): Promise<FactFinding> {
  const row = await db
    .selectFrom("gateway_fact")
    .select(["state", "value", "measure"])
    .where("name", "=", name)
    .executeTakeFirst();
  return row ?? unobserved;
}

export async function writeFact(
  db: Kysely<Database>,
  name: FactName,
  finding: FactFinding,
  observedAt: number,
): Promise<void> {
  const row = { ...finding, observed_at: observedAt };
  await db
    .insertInto("gateway_fact")
    .values({ name, ...row })
    .onConflict((conflict) => conflict.column("name").doUpdateSet(row))
    .execute();
}

/** From now on it is only assumed again. */
export async function forgetFact(db: Kysely<Database>, name: FactName): Promise<void> {
  await db.deleteFrom("gateway_fact").where("name", "=", name).execute();
}
