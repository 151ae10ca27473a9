import type { Finding } from "@wsc-dashboard/wsc-core";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { withVisibleControls } from "../../ui/plain-text.tsx";
import { type EvidenceSegment, type MarkedPart, markedEvidence } from "./evidence.ts";

/** Request and response as the scanner recorded them, with the payload marked. Untrusted: rendered as text only. */
export function EvidenceView({ finding }: { readonly finding: Finding }) {
  const { report } = useMessages();
  if (finding.evidence === null) return null;
  return (
    // The browser opens `details` when find-in-page matches inside.
    <details className="evidence-frame" data-evidence="" open>
      <summary className="finding-label">{report.evidence}</summary>
      {markedEvidence(finding).map((part) => (
        <EvidenceText key={part.kind} part={part} tone={finding.severity ?? "neutral"} />
      ))}
    </details>
  );
}

/** Up to this many lines stay on one printed page; longer texts may break. */
const keptTogetherLines = 20;

interface EvidenceTextProps {
  readonly part: MarkedPart;
  readonly tone: string;
}

function EvidenceText({ part: { kind, shown, rest, lines }, tone }: EvidenceTextProps) {
  const { report } = useMessages();
  const { number } = useFormats();
  const look = `evidence evidence-${tone}`;
  return (
    <>
      {kind === "text" ? null : <p className="evidence-kind">{report.evidenceKinds[kind]}</p>}
      <pre className={lines > keptTogetherLines ? `${look} evidence-long` : look} translate="no" dir="ltr">
        <Marked segments={shown} />
      </pre>
      {rest.length === 0 ? null : (
        <>
          <details className="evidence-rest" data-evidence="">
            <summary>{report.allLines(number(lines))}</summary>
            <pre className={`${look} evidence-long`} translate="no" dir="ltr">
              <Marked segments={rest} />
            </pre>
          </details>
          <p className="print-only lines-left-out">{report.linesLeftOut(number(lines))}</p>
        </>
      )}
    </>
  );
}

function Marked({ segments }: { readonly segments: readonly EvidenceSegment[] }) {
  return segments.map((segment, index) =>
    segment.isPayload ? (
      <mark key={index} className="payload">
        {withVisibleControls(segment.text)}
      </mark>
    ) : (
      withVisibleControls(segment.text)
    ),
  );
}
