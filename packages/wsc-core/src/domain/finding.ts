import * as z from "zod/mini";
import { placeOf } from "./finding-place.ts";
import { type Severity, severities } from "./severity.ts";

/** One weakness at one place as the vendor reported it. Its texts come from a scanned site. */
export const findingSchema = z.object({
  /** Stable inside one report: H-01, M-02, L-03; U- when the vendor gave no risk level we know. */
  number: z.string(),
  item: z.string(),
  severity: z.nullable(z.enum(severities)),
  method: z.nullable(z.string()),
  url: z.nullable(z.string()),
  parameter: z.nullable(z.string()),
  evidence: z.nullable(z.string()),
  fingerprint: z.string(),
  /** What else the vendor said about it, as it came. */
  otherFields: z.array(z.object({ name: z.string(), value: z.string() })),
});
export type Finding = z.output<typeof findingSchema>;

/**
 * The identity of a finding across reports: item, method, place, parameter. Readable on purpose; parts are percent-encoded, so
 * that text cannot move from one part to the next.
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

/** The number of the n-th finding (from 1) of a severity: H-01. Without a known severity: U-01. */
export function findingNumber(severity: Severity | null, ordinal: number): string {
  return `${severity === null ? "U" : letters[severity]}-${String(ordinal).padStart(2, "0")}`;
}

const rank = (severity: Severity | null): number =>
  severity === null ? 3 : severity === "high" ? 0 : severity === "medium" ? 1 : 2;

/** Worst first, the vendor's order within a severity, numbered. */
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
