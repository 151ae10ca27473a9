import type { Finding, Report } from "@wsc-dashboard/wsc-core";
import { memo, useCallback, useMemo } from "react";
import { FindingGroupName } from "../../domain-ui/finding-group-name.tsx";
import type { FindingGroup, Grouping } from "../../domain-ui/finding-groups.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { useCopy } from "../../ui/copy-button.tsx";
import { FindingBlock, type FindingCopy } from "./finding-block.tsx";
import { findingMarkdown } from "./finding-markdown.ts";
import { isRowHidden, partsOf, wantedIn } from "./finding-parts.ts";

interface FindingListProps {
  readonly groups: readonly FindingGroup[];
  readonly grouping: Grouping;
  readonly recommendations: Report["recommendations"];
  readonly wanted: ReadonlySet<string>;
  /** How many to put on the page, from the first on. */
  readonly count: number;
}

const partLength = 20;

/** All findings, in groups. What the filters leave out stays on the page, hidden: bringing it back costs nothing. */
export const FindingList = memo(function FindingList({
  groups,
  grouping,
  recommendations,
  wanted,
  count,
}: FindingListProps) {
  const { number } = useFormats();
  const advice = useMemo(() => new Map(recommendations.map(({ item, text }) => [item, text])), [recommendations]);
  const onCopy = useCopyFinding(advice);
  const placed = useMemo(() => placedGroups(groups, count), [groups, count]);
  return placed.map(({ group, parts }) => {
    const visible = group.findings.filter((finding) => wanted.has(finding.number)).length;
    return (
      <section key={group.key} hidden={visible === 0} className="finding-group">
        <h3 className="h3 group-title">
          <FindingGroupName grouping={grouping} name={group.key} /> <span className="counter">{number(visible)}</span>
        </h3>
        {parts.map((part) => (
          <FindingPart
            key={part[0]?.number}
            findings={part}
            signs={wantedIn(part, wanted)}
            advice={advice}
            onCopy={onCopy}
          />
        ))}
      </section>
    );
  });
});

/** The first findings of the list in their groups, each group in parts. */
function placedGroups(groups: readonly FindingGroup[], count: number) {
  let left = count;
  return groups.map((group) => {
    const placed = group.findings.slice(0, left);
    left -= placed.length;
    return { group, parts: partsOf(placed, partLength) };
  });
}

interface FindingPartProps {
  readonly findings: readonly Finding[];
  readonly signs: string;
  readonly advice: ReadonlyMap<string, string>;
  readonly onCopy: (finding: Finding, what: FindingCopy) => void;
}

const FindingPart = memo(function FindingPart({ findings, signs, advice, onCopy }: FindingPartProps) {
  return (
    <div
      className={findings.length < partLength ? "finding-part" : "finding-part finding-part-whole"}
      hidden={signs === ""}
    >
      {findings.map((finding, index) => (
        <FindingBlock
          key={finding.number}
          finding={finding}
          recommendation={advice.get(finding.item) ?? null}
          isHidden={isRowHidden(signs, index)}
          onCopy={onCopy}
        />
      ))}
    </div>
  );
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
