import { type Finding, findingPlace } from "@wsc-dashboard/wsc-core";
import { memo, useEffect, useRef } from "react";
import { SeverityShape } from "../../domain-ui/severity-mark.tsx";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { Counter } from "../../ui/counter.tsx";
import { withVisibleControls } from "../../ui/plain-text.tsx";

interface FindingRailProps {
  /** In the order of the page. */
  readonly findings: readonly Finding[];
  /** The finding the address names, if any. */
  readonly current: string;
}

/** The findings by number and place, in the order of the page, on screens wide enough to show it beside the report. */
export const FindingRail = memo(function FindingRail({ findings, current }: FindingRailProps) {
  const { report } = useMessages();
  const { number } = useFormats();
  const ref = useRef<HTMLElement>(null);
  useEffect(() => bringIntoRail(ref.current, current), [current]);
  return (
    <nav
      ref={ref}
      className="sticky top-16 mt-9 max-h-[calc(100dvh-5rem)] self-start overflow-y-auto border-t border-control pt-2 print:hidden"
      aria-labelledby="rail-title"
    >
      <h2 id="rail-title" className="pb-1.5 font-bold">
        {report.findings} <Counter>{number(findings.length)}</Counter>
      </h2>
      <ol>
        {findings.map((finding) => (
          <li key={finding.number}>
            <a
              className="flex min-h-7 items-center gap-2 text-text-2 no-underline hover:bg-selected hover:text-text aria-[current]:bg-selected aria-[current]:font-bold aria-[current]:text-text"
              href={`#${finding.number}`}
              aria-current={finding.number === current ? "location" : undefined}
            >
              <SeverityShape severity={finding.severity} />
              <span className="whitespace-nowrap tabular-nums" translate="no">
                {finding.number}
              </span>
              <bdi className="truncate" translate="no">
                {withVisibleControls(railText(finding))}
              </bdi>
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
});

/** The text that distinguishes a finding from its neighbours, which are mostly of the same check. */
function railText(finding: Finding): string {
  const { path } = findingPlace(finding);
  const parts = [path, finding.parameter ?? ""].filter((part) => part !== "");
  return parts.length === 0 ? finding.item : parts.join(" · ");
}

/** Scrolls the rail, never the page. */
function bringIntoRail(rail: HTMLElement | null, current: string): void {
  const entry = rail?.querySelector(`a[href="#${CSS.escape(current)}"]`);
  if (!rail || !entry) return;
  const [frame, box] = [rail.getBoundingClientRect(), entry.getBoundingClientRect()];
  if (box.top < frame.top || box.bottom > frame.bottom) rail.scrollTop += box.top - frame.top - frame.height / 2;
}
