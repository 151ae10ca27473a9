import { describe, expect, test } from "vitest";
import { readFiles } from "./read-sources.ts";

/** The one file that may write to `submission`, and the one that creates the table. */
const writers = new Set(["apps/bff/src/outbox/apply-transition.ts", "apps/bff/src/database/migrations.ts"]);

const table = String.raw`["'\`]?submission\b["'\`]?`;
const write = new RegExp(
  [
    String.raw`\b(?:insertInto|replaceInto|updateTable|deleteFrom|mergeInto)\(\s*${table}`,
    String.raw`\b(?:insert\s+into|update|delete\s+from|truncate(?:\s+table)?)\s+${table}`,
  ].join("|"),
  "i",
);

const breaches = (sources: ReadonlyMap<string, string>): string[] =>
  [...sources].filter(([file, text]) => !writers.has(file) && write.test(text)).map(([file]) => file);

describe("the table of submissions", () => {
  const sources = readFiles(/^(?:apps|packages)\/[^/]+\/src\/.*\.ts$/);

  test("is written by the transitions of the outbox and by nothing else", () => {
    expect(breaches(sources)).toEqual([]);
  });

  test("is detected where it is written", () => {
    for (const file of writers) expect(breaches(new Map([["elsewhere.ts", sources.get(file) ?? ""]]))).toHaveLength(1);
  });

  test("is protected against every kind of write", () => {
    for (const text of [
      'tx.insertInto("submission").values(row)',
      'db.updateTable("submission").set({})',
      "db.deleteFrom('submission')",
      'tx.updateTable(\n  "submission",\n)',
      'tx.updateTable("submission as row")',
      "sql`update submission set state = 'BOUND'`",
      'sql`INSERT INTO "submission" (id) values (1)`',
      "sql`delete from submission where id = 1`",
    ]) {
      expect(breaches(new Map([["apps/bff/src/schedules/x.ts", text]])), text).toHaveLength(1);
    }
  });

  test("may be read anywhere, and tables with a longer name may be written", () => {
    for (const text of [
      'db.selectFrom("submission")',
      'tx.updateTable("submission_note")',
      "// update the submissions",
    ]) {
      expect(breaches(new Map([["apps/bff/src/schedules/x.ts", text]])), text).toEqual([]);
    }
  });
});
