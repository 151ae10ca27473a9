import { auditResults } from "@wsc-dashboard/wsc-core";
import * as z from "zod/mini";
import type { AuditArguments } from "../../api/audit-queries.ts";

const word = z.catch(z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(300))), undefined);
const instant = z.catch(z.optional(z.iso.datetime()), undefined);

// An invalid part of a link falls back by itself; the rest still applies.
const searchSchema = z.object({
  actor: word,
  action: word,
  target: word,
  result: z.catch(z.optional(z.enum(auditResults)), undefined),
  from: instant,
  to: instant,
  cursor: z.catch(z.optional(z.string().check(z.regex(/^[0-9]{1,15}-[0-9]{1,15}$/))), undefined),
});

/** The search parameters of the audit log's address. */
export type AuditSearch = AuditArguments & { readonly cursor?: string | undefined };

export function readAuditSearch(raw: Record<string, unknown>): AuditSearch {
  return searchSchema.parse(raw);
}

/** Whether any filter is set; the position in the log is no filter. */
export function isFiltered({ cursor: _, ...filter }: AuditSearch): boolean {
  return Object.values(filter).some((value) => value !== undefined);
}
