import * as z from "zod/mini";
import { findingChanges } from "../domain/finding-change.ts";
import type { FindingFilter } from "../domain/finding-filter.ts";
import { instanceNoSchema } from "../domain/scalars.ts";
import { type Severity, severities } from "../domain/severity.ts";
import { verdicts } from "../domain/verdict-states.ts";

/** Maximum number of findings selected by number; more do not fit into a URL that every proxy accepts. */
export const maxPickedFindings = 400;

const word = (maxLength: number) => z.optional(z.string().check(z.minLength(1), z.maxLength(maxLength)));

/** Criteria of a finding filter as query parameters. Missing ones accept every finding. */
export const findingQueryFields = {
  /** Risk levels, comma-separated. */
  sev: z.optional(z.string().check(z.regex(/^(?:high|medium|low)(?:,(?:high|medium|low)){0,2}$/))),
  item: word(500),
  domain: word(500),
  path: word(2000),
  change: z.optional(z.enum(findingChanges)),
  /** The earlier job for `change`; default the partner of the report. */
  base: z.optional(instanceNoSchema),
  /** The effective verdict. */
  verdict: z.optional(z.enum(verdicts)),
  /** without: only findings that are open or in work. */
  decided: z.optional(z.enum(["with", "without"])),
  q: word(200),
  /** Finding numbers, comma-separated. */
  numbers: z.optional(
    z.string().check(
      z.maxLength(maxPickedFindings * 9),
      z.regex(/^[HMLU]-[0-9]{2,6}(?:,[HMLU]-[0-9]{2,6})*$/),
      z.refine((text) => text.split(",").length <= maxPickedFindings),
    ),
  ),
};
const findingQuerySchema = z.object(findingQueryFields);
export type FindingQuery = z.output<typeof findingQuerySchema>;

/** Returns the filter of a query. */
export function readFindingQuery({
  sev,
  item,
  domain,
  path,
  change,
  verdict,
  decided,
  q,
  numbers,
}: FindingQuery): FindingFilter {
  const levels = sev?.split(",") ?? [];
  return {
    severities: sev === undefined ? undefined : severities.filter((severity: Severity) => levels.includes(severity)),
    item,
    domain,
    path,
    change,
    verdict,
    decided: decided === "without" ? decided : undefined,
    text: q,
    numbers: numbers === undefined ? undefined : new Set(numbers.split(",")),
  };
}
