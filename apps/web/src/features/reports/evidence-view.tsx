import type { Finding, Severity } from "@wsc-dashboard/wsc-core";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { withVisibleControls } from "../../ui/plain-text.tsx";
import { type EvidenceSegment, type MarkedPart, markedEvidence } from "./evidence.ts";
import { evidenceClass, findingLabelClass } from "./report-classes.ts";

/** Request and response as the scanner recorded them, with the payload marked. Untrusted: rendered as text only. */
export function EvidenceView({ finding }: { readonly finding: Finding }) {
  const { report } = useMessages();
  if (finding.evidence === null) return null;
  return (
    // The browser opens `details` when find-in-page matches inside.
    <details className="print:in-data-[print-evidence=none]:hidden" data-evidence="" open>
      <summary className={`${findingLabelClass} w-fit cursor-pointer py-0.5`}>{report.evidence}</summary>
      {markedEvidence(finding).map((part) => (
        <EvidenceText key={part.kind} part={part} tone={finding.severity ?? "neutral"} />
      ))}
    </details>
  );
}

const edgeClasses: Readonly<Record<Severity | "neutral", string>> = {
  high: "border-high",
  medium: "border-medium",
  low: "border-low",
  neutral: "border-neutral",
};

/** Up to this many lines stay on one printed page; longer texts may break. */
const keptTogetherLines = 20;
const mayBreakClass = "print:break-inside-auto";

/** Long evidence goes to paper only when it was asked for. */
const restClass = "print:hidden print:in-data-[print-evidence=full]:-mt-1 print:in-data-[print-evidence=full]:block";

interface EvidenceTextProps {
  readonly part: MarkedPart;
  readonly tone: Severity | "neutral";
}

function EvidenceText({ part: { kind, shown, rest, lines }, tone }: EvidenceTextProps) {
  const { report } = useMessages();
  const { number } = useFormats();
  const look = `${evidenceClass} ${edgeClasses[tone]}`;
  return (
    <>
      {kind === "text" ? null : <p className="mt-1.5 text-text-3 break-after-avoid">{report.evidenceKinds[kind]}</p>}
      <pre className={lines > keptTogetherLines ? `${look} ${mayBreakClass}` : look} translate="no" dir="ltr">
        <Marked segments={shown} />
      </pre>
      {rest.length === 0 ? null : (
        <>
          <details className={restClass} data-evidence="">
            <summary className="mt-1 w-fit cursor-pointer py-0.5 text-accent underline underline-offset-[0.2em] print:hidden">
              {report.allLines(number(lines))}
            </summary>
            <pre className={`${look} ${mayBreakClass}`} translate="no" dir="ltr">
              <Marked segments={rest} />
            </pre>
          </details>
          <p className="hidden print:block print:in-data-[print-evidence=full]:hidden">
            {report.linesLeftOut(number(lines))}
          </p>
        </>
      )}
    </>
  );
}

/** Weight and line, not ground: the mark stays legible in grey and in either theme. */
function Marked({ segments }: { readonly segments: readonly EvidenceSegment[] }) {
  return segments.map((segment, index) =>
    segment.isPayload ? (
      <mark
        key={index}
        className="bg-transparent font-bold text-inherit underline decoration-high decoration-2 underline-offset-[0.2em]"
      >
        {withVisibleControls(segment.text)}
      </mark>
    ) : (
      withVisibleControls(segment.text)
    ),
  );
}
