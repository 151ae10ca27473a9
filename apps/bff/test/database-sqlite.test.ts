import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { type OpenDatabase, openSqliteDatabase } from "../src/database/open-database.ts";
import { describeAuditChain } from "./audit-suite.ts";
import type { DatabaseKind } from "./database-bench.ts";
import { describeDatabase } from "./database-suite.ts";
import { describeNotifications } from "./notification-suite.ts";
import { describeReencryption } from "./reencryption-suite.ts";
import { describeRestartReconciliation } from "./restart-reconciliation-suite.ts";
import { newDataDirectory } from "./start-bff.ts";
import { describeSubmissionDatabase } from "./submission-suite.ts";
import { describeJobSummaries } from "./summary-suite.ts";
import { describeTargetDetails } from "./target-detail-suite.ts";
import { describeVerdicts } from "./verdict-suite.ts";
import { describeViews } from "./view-suite.ts";
import { describeWithdrawal } from "./withdrawal-suite.ts";

const directories = new Map<OpenDatabase, string>();
afterAll(() => {
  for (const directory of directories.values()) rmSync(directory, { recursive: true, force: true });
});

async function openIn(directory: string): Promise<OpenDatabase> {
  const database = await openSqliteDatabase(directory);
  directories.set(database, directory);
  return database;
}

const sqlite: DatabaseKind = {
  name: "SQLite",
  create: async () => openIn(await newDataDirectory()),
  createFromNothing: () => openIn(mkdtempSync(join(tmpdir(), "wsc-database-"))),
  reopen: (database) => openIn(directories.get(database) ?? ""),
};

describeDatabase(sqlite);
describeSubmissionDatabase(sqlite);
describeRestartReconciliation(sqlite);
describeAuditChain(sqlite);
describeReencryption(sqlite);
describeWithdrawal(sqlite);
describeJobSummaries(sqlite);
describeVerdicts(sqlite);
describeTargetDetails(sqlite);
describeViews(sqlite);
describeNotifications(sqlite);
