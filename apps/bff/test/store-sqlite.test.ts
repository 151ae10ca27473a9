import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { type OpenStore, openSqliteStore } from "../src/store/open-store.ts";
import { describeAuditChain } from "./audit-suite.ts";
import { describeRestartReconciliation } from "./restart-reconciliation-suite.ts";
import { describeSeals } from "./seal-suite.ts";
import type { StoreKind } from "./store-bench.ts";
import { describeStore } from "./store-suite.ts";
import { describeSubmissionStore } from "./submission-suite.ts";
import { describeWithdrawal } from "./withdrawal-suite.ts";

const directories = new Map<OpenStore, string>();
afterAll(() => {
  for (const directory of directories.values()) rmSync(directory, { recursive: true, force: true });
});

async function openIn(directory: string): Promise<OpenStore> {
  const store = await openSqliteStore(directory);
  directories.set(store, directory);
  return store;
}

const sqlite: StoreKind = {
  name: "SQLite",
  create: () => openIn(mkdtempSync(join(tmpdir(), "wsc-store-"))),
  reopen: (store) => openIn(directories.get(store) ?? ""),
};

describeStore(sqlite);
describeSubmissionStore(sqlite);
describeRestartReconciliation(sqlite);
describeAuditChain(sqlite);
describeSeals(sqlite);
describeWithdrawal(sqlite);
