import * as z from "zod/mini";
import { placeOf } from "./finding-place.ts";
import { type Severity, severities } from "./severity.ts";

/** One vulnerability at one place, as the vendor reported it. Its texts come from a scanned site. */
export const findingSchema = z.object({
  /** Unique within a report: H-01, M-02, L-03; U- for an unknown risk level. */
  number: z.string(),
  item: z.string(),
  severity: z.nullable(z.enum(severities)),
  method: z.nullable(z.string()),
  url: z.nullable(z.string()),
  parameter: z.nullable(z.string()),
  evidence: z.nullable(z.string()),
  fingerprint: z.string(),
  /** Further fields of the vendor, unchanged. */
  otherFields: z.array(z.object({ name: z.string(), value: z.string() })),
});
export type Finding = z.output<typeof findingSchema>;

/**
 * Returns the identity of a finding across reports: item, method, place, parameter. Readable on purpose; the parts are
 * percent-encoded, so that text cannot cross into another part.
 */
export function findingFingerprint(finding: {
  readonly item: string;
  readonly method: string | null;
  readonly url: string | null;
  readonly parameter: string | null;
}): string {
  return [finding.item, (finding.method ?? "").trim().toUpperCase(), placeOf(finding.url), finding.parameter ?? ""]
    .map((part) => encodeURIComponent(part.replace(/\p{Surrogate}/gu, "\ufffd")))
    .join("|");
}

const letters: Readonly<Record<Severity, string>> = { high: "H", medium: "M", low: "L" };

/** Returns the number of the n-th finding (1-based) of a severity: H-01; U-01 without a known severity. */
export function findingNumber(severity: Severity | null, ordinal: number): string {
  return `${severity === null ? "U" : letters[severity]}-${String(ordinal).padStart(2, "0")}`;
}

const rank = (severity: Severity | null): number =>
  severity === null ? 3 : severity === "high" ? 0 : severity === "medium" ? 1 : 2;

/** Sorts findings worst first, in the vendor's order within a severity, and numbers them. */
export function numberFindings<F extends { readonly severity: Severity | null }>(
  findings: readonly F[],
): (F & { readonly number: string })[] {
  const ordinals = new Map<Severity | null, number>();
  return findings
    .toSorted((a, b) => rank(a.severity) - rank(b.severity))
    .map((finding) => {
      const ordinal = (ordinals.get(finding.severity) ?? 0) + 1;
      ordinals.set(finding.severity, ordinal);
      return { ...finding, number: findingNumber(finding.severity, ordinal) };
    });
}
