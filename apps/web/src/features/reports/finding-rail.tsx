import type { Finding } from "@wsc-dashboard/wsc-core";
import { memo, useEffect, useMemo, useRef } from "react";
import { SeverityShape } from "../../domain-ui/severity-mark.tsx";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { withVisibleControls } from "../../ui/plain-text.tsx";
import { isRowHidden, partsOf, wantedIn } from "./finding-parts.ts";

interface FindingRailProps {
  /** In the order of the page. */
  readonly findings: readonly Finding[];
  readonly wanted: ReadonlySet<string>;
  /** The finding the address names, if any. */
  readonly current: string;
}

const partLength = 50;

/** The findings by number, in the order of the page, on screens wide enough to hold it beside the report. */
export const FindingRail = memo(function FindingRail({ findings, wanted, current }: FindingRailProps) {
  const { report } = useMessages();
  const { number } = useFormats();
  const ref = useRef<HTMLElement>(null);
  useEffect(() => bringIntoRail(ref.current, current), [current]);
  const parts = useMemo(() => partsOf(findings, partLength), [findings]);
  return (
    <nav ref={ref} className="rail no-print" aria-labelledby="rail-title">
      <h2 id="rail-title" className="rail-title">
        {report.findings} <span className="counter">{number(wanted.size)}</span>
      </h2>
      {parts.map((part) => (
        <RailPart
          key={part[0]?.number}
          findings={part}
          signs={wantedIn(part, wanted)}
          current={currentIn(part, current)}
        />
      ))}
    </nav>
  );
});

/** The current finding where the part holds it, or nothing: parts without it need not be drawn again. */
function currentIn(part: readonly Finding[], current: string): string {
  return part.some(({ number }) => number === current) ? current : "";
}

/** Scrolls the rail, and never the page. */
function bringIntoRail(rail: HTMLElement | null, current: string): void {
  const entry = rail?.querySelector(`a[href="#${CSS.escape(current)}"]`);
  if (!rail || !entry) return;
  const [frame, box] = [rail.getBoundingClientRect(), entry.getBoundingClientRect()];
  if (box.top < frame.top || box.bottom > frame.bottom) rail.scrollTop += box.top - frame.top - frame.height / 2;
}

interface RailPartProps {
  readonly findings: readonly Finding[];
  readonly signs: string;
  readonly current: string;
}

const RailPart = memo(function RailPart({ findings, signs, current }: RailPartProps) {
  return (
    <ol className="rail-part" hidden={signs === ""}>
      {findings.map((finding, index) => (
        <RailEntry
          key={finding.number}
          finding={finding}
          isHidden={isRowHidden(signs, index)}
          isCurrent={finding.number === current}
        />
      ))}
    </ol>
  );
});

interface RailEntryProps {
  readonly finding: Finding;
  readonly isHidden: boolean;
  readonly isCurrent: boolean;
}

const RailEntry = memo(function RailEntry({ finding, isHidden, isCurrent }: RailEntryProps) {
  return (
    <li hidden={isHidden}>
      <a href={`#${finding.number}`} aria-current={isCurrent ? "location" : undefined}>
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
