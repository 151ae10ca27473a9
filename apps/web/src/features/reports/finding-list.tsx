import { type Finding, type Report, type Severity, severities } from "@wsc-dashboard/wsc-core";
import { memo, useCallback, useMemo } from "react";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { useCopy } from "../../ui/copy-button.tsx";
import { withVisibleControls } from "../../ui/plain-text.tsx";
import { FindingBlock, type FindingCopy } from "./finding-block.tsx";
import type { FindingGroup } from "./finding-groups.ts";
import { findingMarkdown } from "./finding-markdown.ts";
import type { ReportGroup } from "./report-search.ts";

interface FindingListProps {
  readonly groups: readonly FindingGroup[];
  readonly groupedBy: ReportGroup;
  readonly recommendations: Report["recommendations"];
  readonly wanted: ReadonlySet<string>;
  /** How many to put on the page, from the first on. */
  readonly count: number;
}

/** All findings, in groups. What the filters leave out stays on the page, hidden: bringing it back costs nothing. */
export const FindingList = memo(function FindingList({
  groups,
  groupedBy,
  recommendations,
  wanted,
  count,
}: FindingListProps) {
  const { number } = useFormats();
  const advice = useMemo(() => new Map(recommendations.map(({ item, text }) => [item, text])), [recommendations]);
  const onCopy = useCopyFinding(advice);
  let placed = 0;
  return groups.map((group) => {
    const before = placed;
    placed += group.findings.length;
    const visible = group.findings.filter((finding) => wanted.has(finding.number)).length;
    return (
      <section key={group.key} hidden={visible === 0} className="finding-group">
        <h3 className="h3 group-title">
          <GroupName groupedBy={groupedBy} group={group} /> <span className="counter">{number(visible)}</span>
        </h3>
        {group.findings.slice(0, Math.max(0, count - before)).map((finding) => (
          <FindingBlock
            key={finding.number}
            finding={finding}
            recommendation={advice.get(finding.item) ?? null}
            isHidden={!wanted.has(finding.number)}
            onCopy={onCopy}
          />
        ))}
      </section>
    );
  });
});

/** The address of one finding without filters: whoever opens it sees that finding. */
const linkOf = (number: string): string => `${location.origin}${location.pathname}#${number}`;

function useCopyFinding(advice: ReadonlyMap<string, string>): (finding: Finding, what: FindingCopy) => void {
  const messages = useMessages();
  const copy = useCopy();
  return useCallback(
    (finding, what) => {
      const recommendation = advice.get(finding.item) ?? null;
      const text = () => findingMarkdown(messages, { finding, recommendation, link: linkOf(finding.number) });
      void copy(what === "url" ? (finding.url ?? "") : text());
    },
    [messages, advice, copy],
  );
}

function GroupName({ groupedBy, group }: { readonly groupedBy: ReportGroup; readonly group: FindingGroup }) {
  const { report } = useMessages();
  if (groupedBy === "severity") {
    const severity = severities.find((known): known is Severity => known === group.key);
    return <>{report.severityName[severity ?? "none"]}</>;
  }
  return <bdi translate="no">{group.key === "" ? report.noDomain : withVisibleControls(group.key)}</bdi>;
}
