import { afterAll, aroundAll, aroundEach, beforeAll } from "vitest";
import { hangLimitMs } from "../../../scripts/hang-limit.ts";
import { withDatabaseTimeLimit } from "../src/database/database-time-limit.ts";
import { type OpenDatabase, openPostgresDatabase } from "../src/database/open-database.ts";
import { describeAuditChain } from "./audit-suite.ts";
import type { DatabaseKind } from "./database-bench.ts";
import { describeDatabase } from "./database-suite.ts";
import { createMigratedDatabases } from "./migrated-postgres.ts";
import { describeNotifications } from "./notification-suite.ts";
import { describeReencryption } from "./reencryption-suite.ts";
import { describeRestartReconciliation } from "./restart-reconciliation-suite.ts";
import { type Postgres, startPostgres } from "./start-postgres.ts";
import { describeSubmissionDatabase } from "./submission-suite.ts";
import { describeJobSummaries } from "./summary-suite.ts";
import { describeTargetDetails } from "./target-detail-suite.ts";
import { describeVerdicts } from "./verdict-suite.ts";
import { describeViews } from "./view-suite.ts";
import { describeWithdrawal } from "./withdrawal-suite.ts";

// A busy machine may need longer for one transaction than a person would wait.
aroundAll((runSuite) => withDatabaseTimeLimit(hangLimitMs, runSuite));
aroundEach((runTest) => withDatabaseTimeLimit(hangLimitMs, runTest));

let postgres: Postgres;
let createMigrated: () => Promise<string>;
beforeAll(async () => {
  postgres = await startPostgres();
  createMigrated = createMigratedDatabases(postgres);
});
afterAll(() => postgres.close());

const urls = new WeakMap<OpenDatabase, string>();
async function openAt(url: string): Promise<OpenDatabase> {
  const database = await openPostgresDatabase(url);
  urls.set(database, url);
  return database;
}

const kind: DatabaseKind = {
  name: "PostgreSQL",
  create: async () => openAt(await createMigrated()),
  createFromNothing: async () => openAt(await postgres.createDatabase()),
  reopen: (database) => openAt(urls.get(database) ?? ""),
};

describeDatabase(kind);
describeSubmissionDatabase(kind);
describeRestartReconciliation(kind);
describeAuditChain(kind);
describeReencryption(kind);
describeWithdrawal(kind);
describeJobSummaries(kind);
describeVerdicts(kind);
describeTargetDetails(kind);
describeViews(kind);
describeNotifications(kind);
