import { afterAll, beforeAll } from "vitest";
import { type OpenStore, openPostgresStore } from "../src/store/open-store.ts";
import { describeAuditChain } from "./audit-suite.ts";
import { describeRestartReconciliation } from "./restart-reconciliation-suite.ts";
import { describeSeals } from "./seal-suite.ts";
import { type Postgres, startPostgres } from "./start-postgres.ts";
import type { StoreKind } from "./store-bench.ts";
import { describeStore } from "./store-suite.ts";
import { describeSubmissionStore } from "./submission-suite.ts";
import { describeWithdrawal } from "./withdrawal-suite.ts";

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.close());

const urls = new WeakMap<OpenStore, string>();
async function openAt(url: string): Promise<OpenStore> {
  const store = await openPostgresStore(url);
  urls.set(store, url);
  return store;
}

const kind: StoreKind = {
  name: "PostgreSQL",
  create: async () => openAt(await postgres.createDatabase()),
  reopen: (store) => openAt(urls.get(store) ?? ""),
};

describeStore(kind);
describeSubmissionStore(kind);
describeRestartReconciliation(kind);
describeAuditChain(kind);
describeSeals(kind);
describeWithdrawal(kind);
