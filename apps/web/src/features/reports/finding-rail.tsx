import type { Finding } from "@wsc-dashboard/wsc-core";
import { memo, useMemo } from "react";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { withVisibleControls } from "../../ui/plain-text.tsx";
import { SeverityShape } from "../../ui/severity-mark.tsx";
import { isRowHidden, partsOf, wantedIn } from "./finding-parts.ts";

interface FindingRailProps {
  /** In the order of the page. */
  readonly findings: readonly Finding[];
  readonly wanted: ReadonlySet<string>;
}

const partLength = 50;

/** The findings by number, in the order of the page, on screens wide enough to hold it beside the report. */
export const FindingRail = memo(function FindingRail({ findings, wanted }: FindingRailProps) {
  const { report } = useMessages();
  const { number } = useFormats();
  const parts = useMemo(() => partsOf(findings, partLength), [findings]);
  return (
    <nav className="rail no-print" aria-labelledby="rail-title">
      <h2 id="rail-title" className="rail-title">
        {report.findings} <span className="counter">{number(wanted.size)}</span>
      </h2>
      {parts.map((part) => (
        <RailPart key={part[0]?.number} findings={part} signs={wantedIn(part, wanted)} />
      ))}
    </nav>
  );
});

interface RailPartProps {
  readonly findings: readonly Finding[];
  readonly signs: string;
}

const RailPart = memo(function RailPart({ findings, signs }: RailPartProps) {
  return (
    <ol className="rail-part" hidden={signs === ""}>
      {findings.map((finding, index) => (
        <RailEntry key={finding.number} finding={finding} isHidden={isRowHidden(signs, index)} />
      ))}
    </ol>
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
