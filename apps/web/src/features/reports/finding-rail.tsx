import type { Finding } from "@wsc-dashboard/wsc-core";
import { memo } from "react";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { withVisibleControls } from "../../ui/plain-text.tsx";
import { SeverityShape } from "../../ui/severity-mark.tsx";
import type { FindingGroup } from "./finding-groups.ts";

interface FindingRailProps {
  readonly groups: readonly FindingGroup[];
  readonly isShown: (finding: Finding) => boolean;
  readonly count: number;
}

/** The findings by number, in the order of the page, on screens wide enough to hold it beside the report. */
export const FindingRail = memo(function FindingRail({ groups, isShown, count }: FindingRailProps) {
  const { report } = useMessages();
  const { number } = useFormats();
  return (
    <nav className="rail no-print" aria-labelledby="rail-title">
      <h2 id="rail-title" className="rail-title">
        {report.findings} <span className="counter">{number(count)}</span>
      </h2>
      <ol>
        {groups
          .flatMap(({ findings }) => findings)
          .filter(isShown)
          .map((finding) => (
            <li key={finding.number}>
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
          ))}
      </ol>
    </nav>
  );
});
