import { Link } from "@tanstack/react-router";
import type { Severity } from "@wsc-dashboard/wsc-core";
import { useFormats, useMessages } from "../messages/messages-context.tsx";

interface RiskCountProps {
  readonly count: number | null;
  /** The findings that are counted: those of one severity in a job's report. */
  readonly of?: { readonly instanceNo: string; readonly severity: Severity };
  /** Whether the count excludes settled findings. */
  readonly isOpenOnly?: boolean;
}

/** A count in a table, linked to what it counts: zero is muted, a count the vendor did not give is a dash. */
export function RiskCount({ count, of, isOpenOnly = false }: RiskCountProps) {
  const { number } = useFormats();
  const { jobs } = useMessages();
  if (count === null) return <span className="text-text-3">–</span>;
  const text = (
    <>
      {number(count)}
      {of === undefined ? null : <span className="sr-only"> {jobs.riskNames[of.severity]}</span>}
    </>
  );
  if (count === 0 || of === undefined)
    return <span className={`inline-block py-0.5 ${count === 0 ? "text-text-3" : "font-bold"}`}>{text}</span>;
  return (
    <Link
      className="inline-block min-w-6 py-0.5 font-bold text-text no-underline hover:underline"
      to="/jobs/$instanceNo/report"
      params={{ instanceNo: of.instanceNo }}
      search={{ sev: of.severity, ...(isOpenOnly ? { decided: "without" } : {}) }}
    >
      {text}
    </Link>
  );
}
