import { join } from "node:path";
import BetterSqlite from "better-sqlite3";

/**
 * Records in a data directory that no server has open that the account keeps memos whole. Without this fact nothing is resent
 * automatically, and a trial would show little.
 */
export function rememberWholeMemos(dataDirectory: string): void {
  const file = new BetterSqlite(join(dataDirectory, "wsc-dashboard.sqlite"));
  file
    .prepare("insert or replace into gateway_fact (name, state, value, measure, observed_at) values (?, ?, ?, ?, ?)")
    .run("memo-kept", "proven", "whole", 600, 0);
  file.close();
}
