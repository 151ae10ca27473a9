import * as z from "zod/mini";
import { instantSchema } from "../domain/scalars.ts";
import { isTimeZone } from "../domain/wall-time.ts";
import { auditResults } from "./audit-results.ts";
import { endpoint, fileSchema } from "./endpoint.ts";

/** One entry of the audit chain. It holds no secrets. */
export const auditEntrySchema = z.object({
  /** Position in the chain, from 1 without gaps. */
  seq: z.int(),
  at: instantSchema,
  /** `system` for what the dashboard does by itself. */
  actor: z.object({ id: z.string(), name: z.nullable(z.string()), roles: z.array(z.string()) }),
  requestId: z.nullable(z.string()),
  action: z.string(),
  /** Object of the action, as "kind/id". */
  object: z.string(),
  /** Host of the scanned target, where the act is about one. */
  target: z.nullable(z.string()),
  /** A value of `auditResults`, or one that a newer version wrote. */
  result: z.string(),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  /** Its link in the chain. */
  hash: z.string(),
});
export type AuditEntry = z.output<typeof auditEntrySchema>;

const word = z.optional(z.string().check(z.minLength(1), z.maxLength(300)));
const filters = {
  actor: word,
  action: word,
  /** A host, a URL, a job number, or "kind/id". */
  target: word,
  result: z.optional(z.enum(auditResults)),
  from: z.optional(instantSchema),
  /** Exclusive. */
  to: z.optional(instantSchema),
};

const pageSize = { usual: 50, largest: 100 } as const;

const filterSchema = z.strictObject(filters);
export type AuditFilter = z.output<typeof filterSchema>;

export const auditQuerySchema = z.strictObject({
  ...filters,
  cursor: z.optional(z.string().check(z.regex(/^[0-9]{1,15}-[0-9]{1,15}$/))),
  limit: z._default(
    z.pipe(
      z.string().check(z.regex(/^[0-9]{1,3}$/)),
      z.pipe(z.transform(Number), z.int().check(z.minimum(1), z.maximum(pageSize.largest))),
    ),
    pageSize.usual as never,
  ),
});
export type AuditQuery = z.output<typeof auditQuerySchema>;

/** Formats of an audit export: for spreadsheets, or one JSON document per line. */
export const auditExportFormats = ["csv", "jsonl"] as const;
export type AuditExportFormat = (typeof auditExportFormats)[number];

/** Maximum number of entries per file, the newest ones; a narrower filter returns the rest. */
export const auditExportLimit = 100_000;

/** State of the chain verification: verified from the first entry to the head, still running, or broken. */
export const auditChainSchema = z.object({
  state: z.enum(["checking", "intact", "broken"]),
  /** Number of entries according to the head of the chain. */
  entries: z.int(),
  /** Number of entries with a valid link. */
  verified: z.int(),
  brokenAt: z.nullable(z.int()),
  /** Hash of the newest entry. */
  head: z.nullable(z.string()),
  /** When the verification ended; `null` while the first one runs. */
  checkedAt: z.nullable(instantSchema),
});
export type AuditChainStatus = z.output<typeof auditChainSchema>;

const readers = ["auditor", "admin"] as const;

export const auditEndpoints = {
  list: endpoint({
    method: "GET",
    path: "/api/audit",
    roles: readers,
    query: auditQuerySchema,
    response: z.object({
      /** Newest first. */
      entries: z.array(auditEntrySchema),
      /** Where the older ones begin; `null` when there are none. */
      next: z.nullable(z.string()),
    }),
    status: 200,
  }),
  /** Oldest first, in chain order. */
  export: endpoint({
    method: "GET",
    path: "/api/audit/export",
    roles: readers,
    query: z.extend(filterSchema, {
      format: z.enum(auditExportFormats),
      /** IANA zone of the times in a table and of the date in the file name; default the server's. */
      zone: z.optional(z.string().check(z.refine(isTimeZone))),
    }),
    response: fileSchema,
    answer: "file",
    audit: "call",
    status: 200,
  }),
  chain: endpoint({
    method: "GET",
    path: "/api/audit/chain",
    roles: readers,
    response: auditChainSchema,
    status: 200,
  }),
  get: endpoint({
    method: "GET",
    path: "/api/audit/:seq",
    roles: readers,
    params: z.strictObject({ seq: z.string().check(z.regex(/^[0-9]{1,15}$/)) }),
    response: z.object({ entry: auditEntrySchema }),
    status: 200,
  }),
} as const;
