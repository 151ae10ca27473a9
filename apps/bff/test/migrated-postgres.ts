import { randomUUID } from "node:crypto";
import { openPostgresDatabase } from "../src/database/open-database.ts";
import type { Postgres } from "./start-postgres.ts";

/**
 * Returns a function that creates databases with the newest schema and returns their URLs. They are copies of one on which the
 * migrations ran, because running them takes longer than most tests.
 */
export function createMigratedDatabases(postgres: Postgres): () => Promise<string> {
  let template: Promise<string> | undefined;
  async function makeTemplate(): Promise<string> {
    const url = await postgres.createDatabase();
    await (await openPostgresDatabase(url)).close();
    return new URL(url).pathname.slice(1);
  }
  return async () => {
    template ??= makeTemplate();
    const url = await postgres.createDatabase(await template);
    await postgres.query(`update database_identity set id = '${randomUUID()}'`, url);
    return url;
  };
}
