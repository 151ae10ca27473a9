import type { Severity } from "@wsc-dashboard/wsc-core";
import { useMessages } from "../messages/messages-context.tsx";

/** Octagon, half-filled triangle, ring: told apart without colour. */
export function SeverityShape({ severity }: { readonly severity: Severity | null }) {
  const className = `shape fill-${severity ?? "neutral"}`;
  if (severity === "high") {
    return (
      <svg className={className} viewBox="0 0 16 16" aria-hidden="true">
        <path d="M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1z" fill="currentColor" />
      </svg>
    );
  }
  if (severity === "medium") {
    return (
      <svg className={className} viewBox="0 0 16 16" aria-hidden="true">
        <path d="M8 2 14.6 14H1.4z" fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinejoin="round" />
        <path d="M8 2v12H1.4z" fill="currentColor" />
      </svg>
    );
  }
  if (severity === "low") {
    return (
      <svg className={className} viewBox="0 0 16 16" aria-hidden="true">
        <circle cx="8" cy="8" r="5.6" fill="none" stroke="currentColor" strokeWidth="2.2" />
      </svg>
    );
  }
  return (
    <svg className={className} viewBox="0 0 16 16" aria-hidden="true">
      <path d="M3 8h10" stroke="currentColor" strokeWidth="2" strokeDasharray="2.5 1.5" />
    </svg>
  );
}

/** Shape and word. A one-syllable word is unclear when read aloud, so the accessible name says what it is about. */
export function SeverityMark({ severity }: { readonly severity: Severity | null }) {
  const { report } = useMessages();
  const key = severity ?? "none";
  return (
    <span className={`badge badge-${severity ?? "neutral"}`}>
      <SeverityShape severity={severity} />
      <span aria-hidden="true">{report.severity[key]}</span>
      <span className="visually-hidden">{report.severityName[key]}</span>
    </span>
  );
}
