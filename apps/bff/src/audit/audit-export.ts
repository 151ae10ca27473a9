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

const two = (part: number): string => String(part).padStart(2, "0");

/** An instant as local time in a zone, to the second. */
function wallText(instant: string, zone: string): string {
  const { year, month, day, hour, minute, second } = wallTimeAt(new Date(instant), zone);
  return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:${two(second)}`;
}

type Column = readonly [string, (entry: AuditEntry) => string | CsvTime];

/** `at` is the text that the chain hashes; the next column has the same instant in local time. */
const columnsIn = (zone: string): readonly Column[] => [
  ["seq", ({ seq }) => String(seq)],
  ["at", ({ at }) => ({ time: at })],
  [`time (${zone})`, ({ at }) => ({ time: wallText(at, zone) })],
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

interface Format {
  readonly mediaType: string;
  readonly head: string;
  readonly line: (entry: AuditEntry) => string;
}

function formatOf(format: AuditExportFormat, zone: string): Format {
  if (format === "jsonl")
    return {
      mediaType: "application/jsonl; charset=utf-8",
      head: "",
      line: (entry) => `${JSON.stringify(entry)}\n`,
    };
  const columns = columnsIn(zone);
  return {
    mediaType: "text/csv; charset=utf-8",
    head: byteOrderMark + csvRow(columns.map(([name]) => name)),
    line: (entry) => csvRow(columns.map(([, read]) => read(entry))),
  };
}

/**
 * Returns the matching entries as a file: the newest `auditExportLimit` at most, oldest first. The file name has the date in
 * `zone`, and CSV also the local times. Throws STORE_UNAVAILABLE.
 */
export async function exportAudit(
  log: AuditLog,
  filter: AuditFilter,
  format: AuditExportFormat,
  at: Date,
  zone: string,
): Promise<FileAnswer> {
  const { mediaType, head, line } = formatOf(format, zone);
  const pages: Buffer[] = [];
  let cursor: string | undefined;
  for (let count = 0; count < auditExportLimit; count += pageSize) {
    const { entries, next } = await log.list({ ...filter, cursor, limit: pageSize });
    pages.push(Buffer.from(entries.toReversed().map(line).join("")));
    if (next === null) break;
    cursor = next;
    // Lets other requests run between two pages.
    await nextTurn();
  }
  const { year, month, day } = wallTimeAt(at, zone);
  const written = [year, month, day].map(two).join("");
  return {
    fileName: `wsc_audit_${written}.${format}`,
    mediaType,
    content: Buffer.concat([Buffer.from(head), ...pages.toReversed()]),
  };
}
