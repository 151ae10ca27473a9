import { setImmediate as nextTurn } from "node:timers/promises";
import {
  type AuditEntry,
  type AuditExportFormat,
  type AuditFilter,
  auditExportLimit,
  byteOrderMark,
  type CsvTime,
  csvRow,
  type FileAnswer,
  wallTimeAt,
} from "@wsc-dashboard/wsc-core";
import type { AuditLog } from "./audit-log.ts";

const pageSize = 1000;

const columns: readonly (readonly [string, (entry: AuditEntry) => string | CsvTime])[] = [
  ["seq", ({ seq }) => String(seq)],
  ["at", ({ at }) => ({ time: at })],
  ["actor", ({ actor }) => actor.id],
  ["actorName", ({ actor }) => actor.name ?? ""],
  ["roles", ({ actor }) => actor.roles.join(" ")],
  ["action", ({ action }) => action],
  ["object", ({ object }) => object],
  ["target", ({ target }) => target ?? ""],
  ["result", ({ result }) => result],
  ["requestId", ({ requestId }) => requestId ?? ""],
  ["detail", ({ detail }) => (Object.keys(detail).length === 0 ? "" : JSON.stringify(detail))],
  ["hash", ({ hash }) => hash],
];

const formats: Readonly<
  Record<AuditExportFormat, { mediaType: string; head: string; line: (entry: AuditEntry) => string }>
> = {
  csv: {
    mediaType: "text/csv; charset=utf-8",
    head: byteOrderMark + csvRow(columns.map(([name]) => name)),
    line: (entry) => csvRow(columns.map(([, read]) => read(entry))),
  },
  jsonl: {
    mediaType: "application/jsonl; charset=utf-8",
    head: "",
    line: (entry) => `${JSON.stringify(entry)}\n`,
  },
};

/**
 * The entries that match as a file: at most `auditExportLimit`, the newest ones, oldest first. Its name carries the day in
 * `zone`. Throws STORE_UNAVAILABLE.
 */
export async function exportAudit(
  log: AuditLog,
  filter: AuditFilter,
  format: AuditExportFormat,
  at: Date,
  zone: string,
): Promise<FileAnswer> {
  const { mediaType, head, line } = formats[format];
  const pages: Buffer[] = [];
  let cursor: string | undefined;
  for (let count = 0; count < auditExportLimit; count += pageSize) {
    const { entries, next } = await log.list({ ...filter, cursor, limit: pageSize });
    pages.push(Buffer.from(entries.toReversed().map(line).join("")));
    if (next === null) break;
    cursor = next;
    // Others get their turn between two pages.
    await nextTurn();
  }
  const { year, month, day } = wallTimeAt(at, zone);
  const written = [year, month, day].map((part) => String(part).padStart(2, "0")).join("");
  return {
    fileName: `wsc_audit_${written}.${format}`,
    mediaType,
    content: Buffer.concat([Buffer.from(head), ...pages.toReversed()]),
  };
}
