import type { Finding } from "@wsc-dashboard/wsc-core";
import { memo } from "react";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { withVisibleControls } from "../../ui/plain-text.tsx";
import { SeverityShape } from "../../ui/severity-mark.tsx";

interface FindingRailProps {
  /** In the order of the page. */
  readonly findings: readonly Finding[];
  readonly wanted: ReadonlySet<string>;
}

const partLength = 50;

/** Parts the browser can leave out of layout as a whole: watching thousands of entries one by one costs more than they do. */
function partsOf(findings: readonly Finding[]): readonly (readonly Finding[])[] {
  const count = Math.ceil(findings.length / partLength);
  return Array.from({ length: count }, (_, part) => findings.slice(part * partLength, (part + 1) * partLength));
}

/** The findings by number, in the order of the page, on screens wide enough to hold it beside the report. */
export const FindingRail = memo(function FindingRail({ findings, wanted }: FindingRailProps) {
  const { report } = useMessages();
  const { number } = useFormats();
  return (
    <nav className="rail no-print" aria-labelledby="rail-title">
      <h2 id="rail-title" className="rail-title">
        {report.findings} <span className="counter">{number(wanted.size)}</span>
      </h2>
      {partsOf(findings).map((part) => (
        <ol key={part[0]?.number} className="rail-part" hidden={!part.some(({ number: one }) => wanted.has(one))}>
          {part.map((finding) => (
            <RailEntry key={finding.number} finding={finding} isHidden={!wanted.has(finding.number)} />
          ))}
        </ol>
      ))}
    </nav>
  );
});

interface RailEntryProps {
  readonly finding: Finding;
  readonly isHidden: boolean;
}

const RailEntry = memo(function RailEntry({ finding, isHidden }: RailEntryProps) {
  return (
    <li hidden={isHidden}>
      <a href={`#${finding.number}`}>
        <SeverityShape severity={finding.severity} />
        <span className="figure" translate="no">
          {finding.number}
        </span>
        <bdi className="rail-item" translate="no">
          {withVisibleControls(finding.item)}
        </bdi>
      </a>
    </li>
  );
});
