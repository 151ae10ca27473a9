import type { Severity } from "@wsc-dashboard/wsc-core";
import { useMessages } from "../messages/messages-context.tsx";
import { Badge } from "../ui/badge.tsx";
import { Shape } from "../ui/shape.tsx";

const shapeClasses = { high: "text-high", medium: "text-medium", low: "text-low", none: "text-neutral" } as const;

/** Octagon, half-filled triangle, ring: told apart without colour. */
export function SeverityShape({ severity }: { readonly severity: Severity | null }) {
  const className = shapeClasses[severity ?? "none"];
  if (severity === "high") {
    return (
      <Shape className={className}>
        <path d="M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1z" fill="currentColor" />
      </Shape>
    );
  }
  if (severity === "medium") {
    return (
      <Shape className={className}>
        <path d="M8 2 14.6 14H1.4z" fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinejoin="round" />
        <path d="M8 2v12H1.4z" fill="currentColor" />
      </Shape>
    );
  }
  if (severity === "low") {
    return (
      <Shape className={className}>
        <circle cx="8" cy="8" r="5.6" fill="none" stroke="currentColor" strokeWidth="2.2" />
      </Shape>
    );
  }
  return (
    <Shape className={className}>
      <path d="M3 8h10" stroke="currentColor" strokeWidth="2" strokeDasharray="2.5 1.5" />
    </Shape>
  );
}

/** Shape and word. A one-syllable word is unclear when read aloud, so the accessible name says what it is about. */
export function SeverityMark({ severity }: { readonly severity: Severity | null }) {
  const { report } = useMessages();
  const key = severity ?? "none";
  return (
    <Badge tone={severity ?? "neutral"}>
      <SeverityShape severity={severity} />
      <span aria-hidden="true">{report.severity[key]}</span>
      <span className="sr-only">{report.severityName[key]}</span>
    </Badge>
  );
}
