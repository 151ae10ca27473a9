import { join } from "node:path";
import BetterSqlite from "better-sqlite3";

/**
 * Into a data directory no server has open: earlier jobs have shown that the account keeps memos whole. Without it nothing is sent
 * again by itself, and a trial would show little.
 */
export function rememberWholeMemos(dataDirectory: string): void {
  const file = new BetterSqlite(join(dataDirectory, "wsc-dashboard.sqlite"));
  file
    .prepare("insert or replace into gateway_fact (name, state, value, measure, observed_at) values (?, ?, ?, ?, ?)")
    .run("memo-kept", "proven", "whole", 600, 0);
  file.close();
}
