import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import BetterSqlite from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createAuditLog } from "../src/audit/audit-log.ts";
import { createChainCheck } from "../src/audit/chain-check.ts";
import { type OpenDatabase, openSqliteDatabase } from "../src/database/open-database.ts";
import { createLogger } from "../src/log/logger.ts";
import { createRedaction } from "../src/log/redaction.ts";
import { createCredentialVault } from "../src/outbox/credential-vault.ts";
import { type Bench, createBench, noon, ringOf } from "./database-bench.ts";

let directory: string;
let database: OpenDatabase;
let bench: Bench;
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "wsc-growth-"));
  database = await openSqliteDatabase(directory);
  bench = await createBench(database);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await database.close();
  rmSync(directory, { recursive: true, force: true });
});

/** The plans of all statements that the work makes SQLite prepare. */
async function plansOf(work: () => Promise<void>): Promise<string[]> {
  const statements = new Set<string>();
  const prepare = BetterSqlite.prototype.prepare;
  vi.spyOn(BetterSqlite.prototype, "prepare").mockImplementation(function (this: BetterSqlite.Database, text: string) {
    statements.add(text);
    return prepare.call(this, text);
  });
  await work();
  vi.restoreAllMocks();
  const file = new BetterSqlite(join(directory, "wsc-dashboard.sqlite"));
  const plans = [...statements]
    .filter((text) => /^(select|update|delete)/i.test(text))
    .map((text) => {
      const parameters = [...text].filter((sign) => sign === "?").map(() => null);
      const rows = file.prepare(`explain query plan ${text}`).all(...parameters) as { detail: string }[];
      return `${text}\n${rows.map(({ detail }) => `  ${detail}`).join("\n")}`;
    });
  file.close();
  return plans;
}

describe("the cost of recurring work does not grow with the database:", () => {
  // The newest audit entries are read from the end of their index.
  const grown = /^ {2}SCAN (submission|attempt|audit|idempotency|booking)\b(?! USING INDEX audit_at)/m;

  it("a dispatcher tick, the list of submissions and a page of the audit log scan no whole table", async () => {
    for (let count = 0; count < 30; count += 1) await bench.add();
    await database.db.updateTable("submission").set({ state: "BOUND", settled_at: noon, next_at: null }).execute();
    await bench.add();
    const vault = createCredentialVault(database, ringOf(1));
    const plans = await plansOf(async () => {
      await vault.eraseSettled();
      await bench.outbox.isAnythingOpen();
      await bench.outbox.recover(noon, false);
      await bench.outbox.takeSearch(noon);
      await bench.outbox.isAnythingDue(noon);
      await bench.outbox.claim(noon);
      await bench.outbox.list(noon + 1, { view: "pending", page: 1, limit: 50 });
      await createAuditLog(database).list({ limit: 50 });
    });
    expect(plans.length).toBeGreaterThan(8);
    expect(plans.filter((plan) => grown.test(plan))).toEqual([]);
  });

  it("a start checks the whole file only after an unclean end", async () => {
    const padding = "x".repeat(1_000_000);
    for (let count = 0; count < 9; count += 1) {
      await database.db
        .insertInto("draft")
        .values({ owner_id: `dev:${count}`, content: padding, saved_at: noon })
        .execute();
    }
    const checks = async (): Promise<number> => {
      const pragma = vi.spyOn(BetterSqlite.prototype, "pragma");
      database = await openSqliteDatabase(directory);
      const count = pragma.mock.calls.filter(([text]) => text === "quick_check").length;
      vi.restoreAllMocks();
      return count;
    };
    await database.close();
    expect(await checks()).toBe(0);
    await database.close();
    // What SIGKILL leaves behind.
    const left = new BetterSqlite(join(directory, "wsc-dashboard.sqlite"));
    left.exec("update database_identity set writes = writes + 1");
    expect(await checks()).toBe(1);
    left.close();
  });

  it("a check of the audit chain reads only entries since the last one, and detects changes there", async () => {
    const logger = createLogger("error", createRedaction([]), () => {});
    let at = noon;
    vi.spyOn(performance, "now").mockImplementation(() => at);
    const check = createChainCheck({ database, ring: ringOf(1), logger, now: () => at, shortChain: 10 });
    const look = () => {
      at += 3_600_000;
      return check.status();
    };
    for (let count = 0; count < 20; count += 1) await bench.add();
    const { entries } = await look();
    expect(await look()).toMatchObject({ state: "intact", verified: entries });
    await bench.add();
    await database.db
      .updateTable("audit")
      .set({ hash: "0".repeat(64) })
      .where("seq", "=", entries)
      .execute();
    await database.db
      .updateTable("audit")
      .set({ hash: "0".repeat(64) })
      .where("seq", ">", entries)
      .execute();
    expect(await look()).toMatchObject({ state: "broken", brokenAt: entries + 1 });
    // After a break, and once a day, it is verified from its first entry.
    expect(await look()).toMatchObject({ state: "broken", brokenAt: entries });
  });
});
