import { type Severity, severities } from "@wsc-dashboard/wsc-core";
import * as z from "zod/mini";

export const reportGroups = ["severity", "item", "domain"] as const;
export type ReportGroup = (typeof reportGroups)[number];

/** `sev` is a comma list of risk levels; absent means all. */
export interface ReportSearch {
  readonly sev?: string;
  readonly q?: string;
  readonly group?: ReportGroup;
}

const searchSchema = z.object({
  sev: z.catch(z.optional(z.string()), undefined),
  q: z.catch(z.optional(z.string().check(z.minLength(1), z.maxLength(200))), undefined),
  group: z.catch(z.optional(z.enum(reportGroups)), undefined),
});

/** The risk levels a link asks for; anything unknown in it is left aside, and none at all means every level. */
export function readSeverities(text: string | undefined): readonly Severity[] {
  const wanted = (text ?? "").split(",");
  const known = severities.filter((severity) => wanted.includes(severity));
  return known.length === 0 ? severities : known;
}

export function writeSeverities(chosen: readonly Severity[]): string | undefined {
  const known = severities.filter((severity) => chosen.includes(severity));
  return known.length === 0 || known.length === severities.length ? undefined : known.join(",");
}

export function readReportSearch(raw: Record<string, unknown>): ReportSearch {
  const { sev, q, group } = searchSchema.parse(raw);
  const severity = writeSeverities(readSeverities(sev));
  return {
    ...(severity === undefined ? {} : { sev: severity }),
    ...(q === undefined ? {} : { q }),
    ...(group === undefined ? {} : { group }),
  };
}
